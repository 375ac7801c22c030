//! Requests with deadlines.

import ZeroMQ

func ask(_ context: Context) async throws {
  // snippet.show
  let client = try context.socket(.req)
  try client.connect("tcp://127.0.0.1:5555")
  if let reply = try await client.request("Hello", timeout: .seconds(1)) {
    print(reply)
  } else {
    print("no reply in time")  // the socket is ready for the next request
  }
  // snippet.hide
}

// snippet.show
func ask(_ client: ReqSocket, _ request: Message, attempts: Int = 3) async throws -> Message? {
  for _ in 0..<attempts {
    if let reply = try await client.request(request, timeout: .seconds(2)) { return reply }
  }
  return nil
}
// snippet.hide
