// Weather proxy: passes updates from one network on to subscribers in another, and subscriptions back, until Ctrl-C.
//
// Run it with wuserver, and wuclient connected to the proxy.
// Arguments: the endpoint of wuserver to connect to, and the one to bind for subscribers.
import GuideSupport
import ZeroMQ

let context = try Context()
let frontend = try context.socket(.xsub)
try frontend.connect(argument(1, default: "tcp://127.0.0.1:5556"))
let backend = try context.socket(.xpub)
try backend.bind(argument(2, default: "tcp://127.0.0.1:8100"))

// Returns when a signal has shut the context down.
try context.shutdownOnSignals()
try proxy(frontend: frontend, backend: backend)

frontend.close()
backend.close()
try context.terminate()
