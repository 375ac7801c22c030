extension Message {
  /// Returns a readable form of the frames, with one line for each: the number of bytes, and the bytes as text or in hexadecimal.
  ///
  /// ```
  /// [005] 006B8B4567
  /// [000]
  /// [005] Hello
  /// ```
  ///
  /// A frame of printable UTF-8 is shown as text, any other frame in hexadecimal; the number of bytes tells the two apart. The bytes of a
  /// peer can neither make the result long nor control a terminal.
  ///
  /// - Parameters:
  ///   - maximumBytes: The number of bytes of each frame to show. An ellipsis stands for the others.
  ///   - maximumFrames: The number of frames to show. A last line has the number of the others.
  /// - Returns: The lines, without an end of line after the last one.
  /// - Precondition: Neither number is negative.
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
    let rest = count > maximumBytes ? "…" : ""
    if let (text, hasLines) = printableText(upTo: maximumBytes), !hasLines { return "\(number) \(text)\(rest)" }
    return "\(number) \(hexadecimal(upTo: maximumBytes, uppercase: true))\(rest)"
  }
}
