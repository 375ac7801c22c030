//! An asynchronous call at the top level of a file.

import ZeroMQ

let context = try Context()
let socket = try context.socket(.pull)
// snippet.show
let message = try await { try await socket.receive() }()
// snippet.hide
print(message)
