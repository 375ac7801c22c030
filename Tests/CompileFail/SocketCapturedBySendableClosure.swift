import ZeroMQ

func share(_ context: Context) throws -> @Sendable () throws -> Void {
  let socket = try context.socket(.push)
  // expected-error@+1 {{capture of 'socket' with non-Sendable type 'Socket<SocketType.Push>' in a '@Sendable' closure}}
  return { try socket.send("one") }
}
