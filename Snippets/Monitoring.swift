//! What becomes of a socket's connections.

import ZeroMQ

func watch(_ client: ReqSocket) throws {
  // snippet.show
  let monitor = try client.monitor()
  try client.connect("tcp://127.0.0.1:5555")
  print(try monitor.waitForConnection(timeout: .seconds(1)))  // established, failed with its reason, or timed out
  // snippet.hide
}
