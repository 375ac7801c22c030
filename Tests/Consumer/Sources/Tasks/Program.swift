import ZeroMQ

/// Requests and their replies between tasks, on an executor of the library's and on none.
@main
struct Program {
  static func main() async throws {
    let context = try Context()
    try await catchInTasks(context)
    let first = try await ask("Hello", context)
    let second = try await SocketExecutor().run { try await ask("World", context) }
    guard let first, let second else { fatalError("no reply came") }
    try await context.terminate()
    print("\(first) \(second)")
  }
}

func ask(_ text: String, _ context: Context) async throws -> Message? {
  let (server, client) = (try context.socket(.rep), try context.socket(.req))
  try client.connect(try server.bind("tcp://127.0.0.1:*"))
  let service = Task { try await server.send(try await server.receive()) }
  let reply = try await client.request(Message(Frame(copying: text.utf8)), timeout: .seconds(10))
  try await service.value
  return reply
}
