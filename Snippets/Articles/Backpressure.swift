//! Marks, timeouts, and linger.

import ZeroMQ

func limit(_ socket: PushSocket) throws {
  // snippet.show
  try socket.set(.sendHighWaterMark, to: 100)
  try socket.set(.sendTimeout, to: .seconds(1))
  try socket.connect("tcp://127.0.0.1:5557")
  guard try socket.sendIfReady("tick") else { return }  // the queue is full; nothing was sent
  // snippet.hide
}

func linger(_ socket: PushSocket) throws {
  // snippet.show
  try socket.set(.linger, to: .seconds(5))
  // snippet.hide
}
