// Message queuing broker: what rrbroker does, with the proxy that libzmq has built in, until Ctrl-C.
//
// Run it with rrclient and rrworker.
// Arguments: the endpoints to bind, for clients and for workers.
import GuideSupport
import ZeroMQ

let context = try Context()
let frontend = try context.socket(.router)
try frontend.bind(argument(1, default: "tcp://*:5559"))
let backend = try context.socket(.dealer)
try backend.bind(argument(2, default: "tcp://*:5560"))

// Returns when a signal has shut the context down.
try context.shutdownOnSignals()
try proxy(frontend: frontend, backend: backend)

frontend.close()
backend.close()
try context.terminate()
