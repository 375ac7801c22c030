extension Frame {
  /// The bytes as a string; `nil` if they are not valid UTF-8.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public var text: String? { String(validating: self, as: UTF8.self) }

  /// The number of bytes that a description shows as text, and in hexadecimal.
  private static var shownText: Int { 1024 }
  private static var shownHexadecimal: Int { 32 }

  /// Returns the first bytes as a string that only has printable characters, line ends and tabulators; `nil` if there are other bytes.
  ///
  /// A scalar of UTF-8 is part of the string as a whole or not at all.
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

  /// Returns two digits for each of the first bytes.
  func hexadecimal(upTo maximum: Int, uppercase: Bool = false) -> String {
    prefix(maximum).map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: uppercase) }.joined()
  }

  /// Returns the first bytes in readable form.
  private func described(inQuotes: Bool) -> String {
    func rest(after shown: Int) -> String { count > shown ? "… (\(count) bytes)" : "" }
    guard let (text, hasLines) = printableText(upTo: Self.shownText) else {
      return "0x" + hexadecimal(upTo: Self.shownHexadecimal) + rest(after: Self.shownHexadecimal)
    }
    return (inQuotes || hasLines ? text.debugDescription : text) + rest(after: Self.shownText)
  }
}

extension Frame: CustomStringConvertible, CustomDebugStringConvertible {
  /// A readable form of the bytes: the first 1,024 if they are printable UTF-8, or else the first 32 in hexadecimal.
  ///
  /// A string with line ends or tabulators is in quotation marks, with `\n`, `\r` and `\t` in their place. If bytes are left out, the
  /// number of all bytes follows. To convert all bytes, use ``text``.
  public var description: String { described(inQuotes: false) }

  /// A readable form of the bytes: the first 1,024 in quotation marks if they are printable UTF-8, or else the first 32 in hexadecimal.
  public var debugDescription: String { described(inQuotes: true) }
}

extension Unicode.Scalar {
  /// A Boolean value that indicates whether a terminal shows the scalar, and is not controlled by it.
  fileprivate var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
