//! Messages, frames and envelopes.

import ZeroMQ

func answer(_ router: RouterSocket) throws {
  // snippet.show
  var message = try router.receive()  // [routing ID, "", body]
  let client = message.removeFirst()
  let text = message[1].text ?? "no text"
  try router.send([client, "", "you said \(text)"])
  // snippet.hide
}

func send(_ socket: PushSocket, _ text: String, _ bytes: [UInt8]) throws {
  // snippet.show
  try socket.send(text)
  try socket.send([1, 2, 3])
  try socket.send(bytes.span)
  guard try socket.sendIfReady("tick") else { return }  // at the high-water mark; nothing was sent
  // snippet.hide
}

func receive(_ socket: PullSocket) throws {
  // snippet.show
  guard let message = try socket.receive(timeout: .seconds(1)) else { return }
  // snippet.hide
  print(message)
}

func fast(_ pull: PullSocket, _ push: PushSocket) throws {
  // snippet.show
  var frame = UniqueFrame()  // owns one zmq_msg_t, never copied
  try pull.receive(into: &frame)
  print(frame.bytes.byteCount)  // a RawSpan, lent while the frame stays
  try push.send(frame, more: false)  // uses it up
  // snippet.hide
}
