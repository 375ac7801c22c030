import ZeroMQ

func send(_ socket: PushSocket) throws {
  // expected-error@+1 {{'frame' used after consume}}
  let frame = UniqueFrame("text")
  try socket.send(frame, more: false)
  print(frame.count)
}
