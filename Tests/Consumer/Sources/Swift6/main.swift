import ZeroMQ

// A request and its reply, between two threads of control; the catches of the documentation, at the top level of a file.

let context = try Context(Context.Configuration(blocky: false))
let (server, client) = (try context.socket(.rep), try context.socket(.req))
try client.connect(try server.bind("tcp://127.0.0.1:*"))
try client.send("Hello")
guard let request = try server.receive(timeout: .seconds(10)) else { fatalError("no request came") }
try server.send("World")
guard let reply = try client.receive(timeout: .seconds(10)) else { fatalError("no reply came") }

do {
  try client.bind("tcp://127.0.0.1:99999")
} catch .addressInUse {
  fatalError("another code was expected")
} catch let error as ZeroMQError where error.code == .invalidArgument {
  print("refused: \(error.code)")
}

do { try client.connect("nonsense") } catch .contextTerminated {} catch let error as ZeroMQError { print("refused: \(error.code)") }

do {
  try server.send("out of turn")
} catch ZeroMQError.Code.wrongState {
  print("refused: out of turn")
}

try catchInLoops(context)
client.close()
server.close()
try context.terminate()
print("\(request) \(reply)")
