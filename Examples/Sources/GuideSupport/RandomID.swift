import ZeroMQ

/// A random routing ID that can be read, such as `"04C1-9D2E"`.
public func randomID() -> Frame {
  Frame("\(hexadecimal(.random(in: 0...0xFFFF)))-\(hexadecimal(.random(in: 0...0xFFFF)))")
}

/// A number as four hexadecimal digits.
public func hexadecimal(_ number: UInt16) -> String {
  let digits = String(number, radix: 16, uppercase: true)
  return String(repeating: "0", count: 4 - digits.count) + digits
}
