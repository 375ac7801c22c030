import ZeroMQ

actor Owner {
  let socket: PushSocket
  init(_ context: Context) throws { socket = try context.socket(.push) }
}

func use(_ owner: Owner) async throws {
  // expected-error@+1 {{non-Sendable type 'PushSocket' (aka 'Socket<SocketType.Push>') of property 'socket' cannot exit actor-isolated context}}
  try await owner.socket.send("from elsewhere")
}
