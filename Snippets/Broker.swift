//! A broker that ends cleanly on Ctrl-C.

// snippet.show
import ZeroMQ

let context = try Context()
try context.shutdownOnSignals()
let frontend = try context.socket(.router)
let backend = try context.socket(.dealer)
try frontend.bind("tcp://*:5559")
try backend.bind("tcp://*:5560")
try proxy(frontend: frontend, backend: backend)  // returns when the context is shut down
frontend.close()
backend.close()
try context.terminate()  // waits until all is sent
