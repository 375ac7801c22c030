//! The forms that cost what C costs.

import ZeroMQ

func forward(_ pull: PullSocket, _ push: PushSocket) throws {
  // snippet.show
  var frame = UniqueFrame()  // owns one zmq_msg_t, never copied
  try pull.receive(into: &frame)
  print(frame.bytes.byteCount)  // a RawSpan, valid while the frame stays
  try push.send(frame, more: false)  // consumes it
  // snippet.hide
}

func pool(_ push: PushSocket) throws {
  // snippet.show
  let pool = FramePool(byteCount: 1024)
  let frame = pool.frame { bytes in bytes.append(42) }
  try push.send(frame, more: false)
  // snippet.hide
}
