extension Message {
  /// The frames for a person to read: one line each, with the number of bytes and then the bytes, as text or in hexadecimal.
  ///
  /// ```
  /// [005] 006B8B4567
  /// [000]
  /// [005] Hello
  /// ```
  ///
  /// A frame of printable UTF-8 is shown as text, any other in hexadecimal; the number tells which it is. Nothing that a peer sent
  /// makes the text long or controls a terminal.
  ///
  /// - Parameters:
  ///   - maximumBytes: how much of each frame is shown, 0 or more; an ellipsis stands for the rest.
  ///   - maximumFrames: how many frames are shown, 0 or more; a last line says how many more there are.
  /// - Returns: the lines, without an end of line after the last.
  public func dump(maximumBytes: Int = 64, maximumFrames: Int = 64) -> String {
    precondition(maximumBytes >= 0 && maximumFrames >= 0, "a dump shows 0 or more bytes and frames")
    var lines = prefix(maximumFrames).map { $0.dumpLine(maximumBytes: maximumBytes) }
    if count > maximumFrames { lines.append("… \(count - maximumFrames) more") }
    return lines.joined(separator: "\n")
  }
}

extension Frame {
  fileprivate func dumpLine(maximumBytes: Int) -> String {
    let size = String(count)
    let number = "[" + String(repeating: "0", count: Swift.max(0, 3 - size.count)) + size + "]"
    if isEmpty { return number }
    var end = Swift.min(count, maximumBytes)
    // A scalar of UTF-8, of four bytes at most, is shown whole or not at all.
    while end > 0, end < count, maximumBytes - end < 3, self[end] & 0xC0 == 0x80 { end -= 1 }
    let text = Frame(copying: prefix(end))
    if text.isPrintable { return "\(number) \(text)" + (end < count ? "…" : "") }
    return "\(number) " + prefix(maximumBytes).map(\.hexadecimal).joined() + (count > maximumBytes ? "…" : "")
  }

  /// Whether the description is the text: it is something else where a byte cannot be printed.
  private var isPrintable: Bool { description == String(decoding: self, as: UTF8.self) }
}

extension UInt8 {
  fileprivate var hexadecimal: String {
    (self < 16 ? "0" : "") + String(self, radix: 16, uppercase: true)
  }
}
