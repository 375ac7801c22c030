// Routing IDs: what a ROUTER receives from a REQ whose ID it makes up, and from one that chose its own.
//
// Run it alone.
// Argument: the endpoint.
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()
let endpoint = argument(1, default: "inproc://example")
let sink = try context.socket(.router)
try sink.bind(endpoint)

func show(_ message: Message) {
  print("----------------------------------------")
  print(message.dump())
}

// First let ZeroMQ choose the routing ID …
let anonymous = try context.socket(.req)
try anonymous.connect(endpoint)
try anonymous.send("ROUTER uses a generated 5 byte identity")
show(try sink.receive())

// … then choose it ourselves.
let identified = try context.socket(.req)
try identified.set(.routingID, to: "PEER2")
try identified.connect(endpoint)
try identified.send("ROUTER socket uses REQ's socket identity")
show(try sink.receive())

for socket in [AnySocket(anonymous), AnySocket(identified), AnySocket(sink)] { socket.close() }
try context.terminate()
