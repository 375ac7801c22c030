import ZeroMQ

#if canImport(CxxStdlib)
  import CxxStdlib
#endif

// A request and its reply in a module that imports C++.

let text = std.string("Hello")
let context = try Context()
let (server, client) = (try context.socket(.rep), try context.socket(.req))
try client.connect(try server.bind("tcp://127.0.0.1:*"))
try client.send(Frame(copying: String(text).utf8))
guard let request = try server.receive(timeout: .seconds(10)) else { fatalError("no request came") }
try server.send(UniqueFrame(copying: Array("World".utf8)), more: false)
guard let reply = try client.receive(timeout: .seconds(10)) else { fatalError("no reply came") }
print("\(request) \(reply)")
