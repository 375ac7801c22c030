import ZeroMQ

// A request and its reply in Swift 5's language mode, blocking and asynchronous.

func ask(_ context: Context) throws -> Message? {
  let (server, client) = (try context.socket(.rep), try context.socket(.req))
  try client.connect(try server.bind("tcp://127.0.0.1:*"))
  try client.send(["Hello", "there"])
  guard let request = try server.receive(timeout: .seconds(10)) else { return nil }
  for _ in 0..<2 {
    do { try client.send("out of turn") } catch .wrongState {}
  }
  while true {
    do { try client.send("out of turn") } catch let error as ZeroMQError where error.code == .wrongState { break }
  }
  try server.send(request + ["World"])
  return try client.receive(timeout: .seconds(10))
}

func askInATask(_ context: Context) async throws -> Message? {
  try await SocketExecutor().run {
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    try client.connect(try server.bind("tcp://127.0.0.1:*"))
    try await client.send("Hello")
    try await server.send(try await server.receive() + ["World"])
    do {
      while true { try await server.send("out of turn") }
    } catch .wrongState {}
    return try await client.receive(timeout: .seconds(10))
  }
}

let context = try Context()
guard let first = try ask(context), let second = try await askInATask(context) else { fatalError("no reply came") }
precondition(first == ["Hello", "there", "World"] && second == ["Hello", "World"])
print("Hello World")
