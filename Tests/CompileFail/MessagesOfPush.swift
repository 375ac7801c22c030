import ZeroMQ

func read(_ socket: PushSocket) async throws {
  // expected-error@+1 {{property 'messages' requires that 'SocketType.Push' conform to 'ReceivingKind'}}
  for try await message in socket.messages { print(message) }
}
