import ZeroMQ

// The program's own types win over the library's, which are still there under their module's name.

let own = Socket()
own.messages.append(Message(frames: [Frame(bytes: [1, 2, 3])]))
let name = Context(name: "Hello").name

let context = try ZeroMQ.Context()
let (server, client) = (try context.socket(.rep), try context.socket(.req))
try client.connect(try server.bind("tcp://127.0.0.1:*"))
try client.send([ZeroMQ.Frame(copying: name.utf8)])
var poller = ZeroMQ.Poller()
poller.add(server, for: .readable)
guard try poller.wait(timeout: .seconds(10)).contains(server) else { fatalError("no request came") }
let request: ZeroMQ.Message = try server.receive()
try server.send("World")
guard let reply = try client.receive(timeout: .seconds(10)) else { fatalError("no reply came") }
precondition(own.messages[0].frames[0].bytes == [1, 2, 3])
print("\(request) \(reply)")
