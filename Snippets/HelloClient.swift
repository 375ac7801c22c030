//! The client of a request and its reply.

import ZeroMQ

let context = try Context()
let client = try context.socket(.req)
try client.connect("tcp://127.0.0.1:5555")
try client.send("Hello")
print(try client.receive())
