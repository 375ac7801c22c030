/// Parses a certificate line by line, in ZPL, ZeroMQ's RFC 4, as czmq and pyzmq write it.
struct CertificateParser {
  let path: String

  /// The name of the current section; empty before the first one.
  private(set) var section = ""
  private(set) var lineNumber = 0
  private(set) var publicKey: CurvePublicKey?
  private(set) var secretKey: CurveSecretKey?
  private(set) var metadata: [String: String] = [:]

  static func isNameCharacter(_ byte: UInt8) -> Bool { byte.isAlphanumeric || "$-_@.&+/".utf8.contains(byte) }

  mutating func parse(_ line: Slice<UnsafeRawBufferPointer>) throws(ZeroMQError) {
    lineNumber += 1
    let content = unsafe line.drop(while: Self.isSpace)
    guard let first = unsafe content.first, first != 0x23 else { return }
    let name = unsafe content.prefix(while: Self.isNameCharacter)
    guard unsafe !name.isEmpty else { throw failure("does not begin with a name") }
    let rest = unsafe content[name.endIndex...].drop(while: Self.isSpace)
    let hasValue = unsafe rest.first == 0x3d
    guard unsafe hasValue || rest.isEmpty || rest.first == 0x23 else {
      throw failure("has neither \"=\" nor an end after its name")
    }
    if unsafe content.startIndex == line.startIndex {
      unsafe section = hasValue ? "" : String(decoding: name, as: UTF8.self)
    } else if hasValue {
      try unsafe parse(name: String(decoding: name, as: UTF8.self), value: value(rest.dropFirst()))
    }
  }

  private mutating func parse(name: String, value: Slice<UnsafeRawBufferPointer>) throws(ZeroMQError) {
    switch (section, name) {
    case ("curve", "public-key"):
      guard let key = try? unsafe CurvePublicKey(decoding: value) else { throw failure("has no public key in Z85") }
      publicKey = key
    case ("curve", "secret-key"):
      guard let key = try? unsafe CurveSecretKey(decoding: value) else { throw failure("has no secret key in Z85") }
      secretKey = key
    case ("metadata", _):
      guard let text = unsafe String(validating: value, as: UTF8.self) else { throw failure("is not in UTF-8") }
      metadata[name] = text
    default:
      break
    }
  }

  /// Returns the text between quotes, or the text up to a comment.
  private func value(_ rest: Slice<UnsafeRawBufferPointer>) throws(ZeroMQError) -> Slice<UnsafeRawBufferPointer> {
    let text = unsafe rest.drop(while: Self.isSpace)
    guard let quote = unsafe text.first, quote == 0x22 || quote == 0x27 else {
      let end = unsafe text.firstIndex(of: 0x23) ?? text.endIndex
      var value = unsafe text[..<end]
      while let last = unsafe value.last, Self.isSpace(last) { unsafe value = value.dropLast() }
      return unsafe value
    }
    let quoted = unsafe text.dropFirst()
    guard let end = unsafe quoted.firstIndex(of: quote) else { throw failure("has no closing quote") }
    return unsafe quoted[..<end]
  }

  func finish() throws(ZeroMQError) -> CurveCertificate {
    guard let publicKey else { throw CertificateFile.invalid(path, "which has no public-key in a section named curve") }
    if let secretKey {
      guard LibZMQ.has(.curve) else {
        throw CertificateFile.invalid(
          path, "whose keys cannot be compared, since this libzmq was built without CURVE", .notSupported)
      }
      // Without this check, the error would only appear as connections that fail.
      guard secretKey.publicKey == publicKey else { throw CertificateFile.invalid(path, "whose keys do not belong together") }
    }
    return CurveCertificate(publicKey: publicKey, secretKey: secretKey, metadata: metadata)
  }

  /// Returns an error that names the line; it contains no part of the file.
  private func failure(_ reason: String) -> ZeroMQError {
    CertificateFile.invalid(path, "whose line \(lineNumber) \(reason)")
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
}
