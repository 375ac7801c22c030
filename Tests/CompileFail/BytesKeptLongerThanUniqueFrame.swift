import ZeroMQ

func keep() -> Int {
  // expected-error@+1 {{lifetime-dependent variable 'bytes' escapes its scope}}
  var bytes = RawSpan()
  do {
    let frame = UniqueFrame("text")
    bytes = frame.bytes
  }
  return bytes.byteCount
}
