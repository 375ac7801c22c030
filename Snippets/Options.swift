//! Options are typed keys.

import ZeroMQ

let context = try Context()
// snippet.show
let router = try context.socket(.router)
try router.set(.routerMandatory, to: true)
try router.set(.linger, to: .milliseconds(500))  // Duration?; nil is for ever
try router.set(.sendHighWaterMark, to: 10)
let endpoint = try router.bind("tcp://127.0.0.1:*")  // the endpoint as it was resolved
let limit = try router.get(.sendHighWaterMark)
// snippet.hide
print(endpoint, limit)
router.close()
try context.terminate()
