//! An array of sockets of different types.

import ZeroMQ

func receive(_ receiver: PullSocket, _ subscriber: SubSocket) throws {
  // snippet.show
  let sockets = [AnySocket(receiver), AnySocket(subscriber)]
  for socket in sockets {
    if let message = try socket.receiveIfReady() { print(message) }
  }
  // snippet.hide
}

// snippet.show
func greet(_ socket: Socket<some SendingKind>) throws {
  try socket.send("Hello")
}
// snippet.hide
