//! Monitors and heartbeats.

import ZeroMQ

func watch(_ monitor: sending Monitor) async throws {
  // snippet.show
  for try await event in monitor { print(event) }
  // snippet.hide
}

func beat(_ socket: DealerSocket) throws {
  // snippet.show
  try socket.set(.heartbeatInterval, to: .seconds(5))
  try socket.set(.heartbeatTimeout, to: .seconds(15))
  // snippet.hide
}
