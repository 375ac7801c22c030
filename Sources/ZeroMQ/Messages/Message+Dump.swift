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
    let rest = count > maximumBytes ? "…" : ""
    if let (text, hasLines) = printableText(upTo: maximumBytes), !hasLines { return "\(number) \(text)\(rest)" }
    return "\(number) \(hexadecimal(upTo: maximumBytes, uppercase: true))\(rest)"
  }
}
