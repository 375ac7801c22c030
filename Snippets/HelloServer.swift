//! The server of a request and its reply.

import ZeroMQ

let context = try Context()
let server = try context.socket(.rep)
try server.bind("tcp://*:5555")
while true {
  let request = try server.receive()
  print("received \(request)")
  try server.send("World")
}
