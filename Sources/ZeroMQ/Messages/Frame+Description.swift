extension Frame {
  /// The bytes as a string; `nil` if they are not UTF-8.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public var text: String? { String(validating: self, as: UTF8.self) }

  /// How many bytes of text a description shows, and how many in hexadecimal.
  private static var shownText: Int { 1024 }
  private static var shownHexadecimal: Int { 32 }

  /// The first bytes as a string that a terminal shows and does nothing else with, but for line ends and tabulators; `nil` where other
  /// bytes are among them.
  ///
  /// A scalar of UTF-8 is shown whole or not at all.
  func printableText(upTo maximum: Int) -> (text: String, hasLines: Bool)? {
    var end = Swift.min(count, maximum)
    while end > 0, end < count, maximum - end < 3, self[end] & 0xC0 == 0x80 { end -= 1 }
    // SAFETY: the pointer points to the frame's bytes, owned by the frame, valid until the closure returns.
    let (text, isPlain) = unsafe withUnsafeBytes {
      let shown = unsafe UnsafeRawBufferPointer(rebasing: $0[..<end])
      return unsafe (String(validating: shown, as: UTF8.self), shown.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
    }
    guard let text, !isPlain else { return text.map { ($0, false) } }
    var hasLines = false
    for scalar in text.unicodeScalars where !scalar.isPrintable {
      guard scalar == "\n" || scalar == "\r" || scalar == "\t" else { return nil }
      hasLines = true
    }
    return (text, hasLines)
  }

  /// Two digits for each of the first bytes.
  func hexadecimal(upTo maximum: Int, uppercase: Bool = false) -> String {
    prefix(maximum).map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: uppercase) }.joined()
  }

  /// The first bytes for a person to read.
  private func described(inQuotes: Bool) -> String {
    func rest(after shown: Int) -> String { count > shown ? "… (\(count) bytes)" : "" }
    guard let (text, hasLines) = printableText(upTo: Self.shownText) else {
      return "0x" + hexadecimal(upTo: Self.shownHexadecimal) + rest(after: Self.shownHexadecimal)
    }
    return (inQuotes || hasLines ? text.debugDescription : text) + rest(after: Self.shownText)
  }
}

extension Frame: CustomStringConvertible, CustomDebugStringConvertible {
  /// The first 1,024 bytes, if they are printable UTF-8; otherwise the first 32 bytes in hexadecimal.
  ///
  /// A text with line ends or tabulators is in quotation marks, with `\n`, `\r` and `\t` in their place. Where bytes are left out, their
  /// number follows. It is for people: ``text`` converts all bytes.
  public var description: String { described(inQuotes: false) }

  /// As `description`, with every text in quotation marks.
  public var debugDescription: String { described(inQuotes: true) }
}

extension Unicode.Scalar {
  /// Whether a terminal shows the scalar and does nothing else: a peer's bytes may be printed.
  fileprivate var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
