import ZeroMQ

func send(to socket: PushSocket, _ frame: consuming UniqueFrame) async throws {
  // expected-error@-1 {{'frame' used after consume}}
  try await socket.send(frame, more: false)
  print(frame.hasMore)
}
