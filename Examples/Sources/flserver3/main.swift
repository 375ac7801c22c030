// Freelance server, model 3: a ROUTER, which its clients' ROUTERs know by its endpoint, until Ctrl-C.
//
// Run it with flclient3, once or several times at other endpoints.
// Arguments: the endpoint to bind, and the one that clients connect to, which is the server's routing ID.
// Option: -v traces.
import GuideSupport
import ZeroMQ

printLineByLine()

let endpoint = argument(1, default: "tcp://*:5555")
let context = try Context(.init(blocky: false))  // A client that is owed a reply may be gone.
try context.shutdownOnSignals()

do {
  let server = try context.socket(.router)
  try server.set(.routingID, to: Frame(argument(2, default: endpoint.replacing("*", with: "localhost"))))
  try server.bind(endpoint)
  print("I: service is ready at \(endpoint)")
  while true {
    let request = try server.receive()  // [client, "PING"] or [client, number, body...]
    if hasFlag("-v") { print(request.dump()) }
    guard request.count >= 2 else { continue }
    let reply: Message = request[1] == "PING" ? [request[0], "PONG"] : [request[0], request[1], "OK"]
    if hasFlag("-v") { print(reply.dump()) }
    try server.send(reply)
  }
} catch .contextTerminated {}

try context.terminate()
