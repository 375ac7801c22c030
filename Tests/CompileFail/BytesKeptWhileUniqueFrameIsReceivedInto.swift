import ZeroMQ

func keep(_ socket: PullSocket) throws {
  var frame = UniqueFrame("text")
  let bytes = frame.bytes
  // expected-error@+1 {{overlapping accesses to 'frame', but modification requires exclusive access}}
  try socket.receive(into: &frame)
  print(bytes.byteCount)
}
