internal import CZeroMQ

/// Reads and writes the files of certificates.
enum CertificateFile {
  private static let capacity = 65_536

  static func read(_ path: String) throws(ZeroMQError) -> CurveCertificate {
    let descriptor = try opened(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    defer { close(descriptor) }
    var status = stat()
    // SAFETY: the pointer points to a local structure, valid until the call returns.
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure("fstat", path) }
    guard unsafe shim_is_regular_file(&status) else { throw invalid(path, "which is not a file") }
    var count = 0
    // The file can contain a secret key, so its bytes are wiped.
    let text = try unsafe SecretBytes(count: capacity + 1) { (buffer: UnsafeMutableRawBufferPointer) throws(ZeroMQError) in
      while count < buffer.count {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
        // SAFETY: the pointer points to the rest of the buffer, valid until the closure returns; the system writes at most its
        // size.
        let read = unsafe CZeroMQ.read(descriptor, rest.baseAddress, rest.count)
        if read < 0 && errno == EINTR { continue }
        guard read >= 0 else { throw failure("read", path) }
        if read == 0 { break }
        count += read
      }
    }
    guard count <= capacity else { throw invalid(path, "of more than \(capacity) bytes") }
    return try unsafe text.withBytes { (bytes) throws(ZeroMQError) in
      var parser = CertificateParser(path: path)
      let lines = unsafe bytes[..<count].split(separator: 0x0A, omittingEmptySubsequences: false)
      for index in unsafe lines.indices { try unsafe parser.parse(lines[index]) }
      return try parser.finish()
    }
  }

  static func write(_ certificate: CurveCertificate, to path: String) throws {
    let text = try head(of: certificate, path) + "    public-key = \"\(certificate.publicKey)\"\n"
    let secretPath = path + "_secret"
    if let secretKey = certificate.secretKey {
      let intro = "#   ZeroMQ CURVE **Secret** Certificate\n#   Keep this file to yourself, and give the public one to others.\n\n"
      try create(secretPath, mode: 0o600) { descriptor in
        put(intro + text + "    secret-key = \"", descriptor)
          && (unsafe secretKey.withText { unsafe put($0, descriptor) }) && put("\"\n", descriptor)
      }
    }
    let intro = "#   ZeroMQ CURVE Public Certificate\n#   Give this file to others in a way that they can trust.\n\n"
    do {
      try create(path, mode: 0o644) { put(intro + text, $0) }
    } catch {
      if certificate.secretKey != nil { unsafe unlink(secretPath) }
      throw error
    }
  }

  /// Returns the text before the keys.
  private static func head(of certificate: CurveCertificate, _ path: String) throws(ZeroMQError) -> String {
    var text = "metadata\n"
    for (name, value) in certificate.metadata.sorted(by: { $0.key < $1.key }) {
      guard !name.isEmpty, name.utf8.allSatisfy(CertificateParser.isNameCharacter) else {
        throw invalid(path, "with metadata whose name is not of letters, digits and $-_@.&+/")
      }
      guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }), !(value.utf8.contains(0x22) && value.utf8.contains(0x27)) else {
        throw invalid(path, "with metadata \(name) of several lines or with both kinds of quotes")
      }
      let quote = value.utf8.contains(0x22) ? "'" : "\""
      text += "    \(name) = \(quote)\(value)\(quote)\n"
    }
    return text + "curve\n"
  }

  /// Creates a file, and removes it again if writing fails.
  private static func create(_ path: String, mode: mode_t, _ write: (Int32) -> Bool) throws(ZeroMQError) {
    let descriptor = try opened(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    var error: ZeroMQError?
    if !write(descriptor) { error = failure("write", path) }
    if close(descriptor) != 0, error == nil { error = failure("close", path) }
    if let error {
      unsafe unlink(path)
      throw error
    }
  }

  private static func put(_ text: String, _ descriptor: Int32) -> Bool {
    unsafe text.utf8.withBytes { unsafe put($0, descriptor) }
  }

  private static func put(_ bytes: UnsafeRawBufferPointer, _ descriptor: Int32) -> Bool {
    var rest = unsafe bytes[...]
    while unsafe !rest.isEmpty {
      // SAFETY: the pointer points to the caller's bytes, valid until the call returns.
      let count = unsafe CZeroMQ.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return false }
      unsafe rest = rest.dropFirst(count)
    }
    return true
  }

  private static func opened(_ path: String, _ flags: Int32, _ mode: mode_t = 0) throws(ZeroMQError) -> Int32 {
    guard !path.utf8.contains(0) else { throw invalid(path, "whose path has a zero byte") }
    while true {
      // SAFETY: the pointer points to the C string, valid until the call returns.
      let descriptor = unsafe shim_open(path, flags, mode)
      if descriptor >= 0 { return descriptor }
      guard errno == EINTR else { throw failure("open", path) }
    }
  }

  private static func failure(_ operation: String, _ path: String) -> ZeroMQError {
    ZeroMQError(.init(rawValue: errno), operation: operation, subject: path)
  }

  static func invalid(_ path: String, _ reason: String, _ code: ZeroMQError.Code = .invalidArgument) -> ZeroMQError {
    ZeroMQError(code, operation: "CurveCertificate", subject: "\(path), \(reason)")
  }
}
