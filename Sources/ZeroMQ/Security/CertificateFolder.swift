internal import CZeroMQ

/// The public keys of the certificates in a directory, which can change at any time.
final class CertificateFolder: Sendable {
  private let path: String
  private let files: Lock<[String: File]>

  /// A file as it was when it was read.
  private struct File {
    /// The properties that change when the file is modified or replaced: the device, the file's number there, its size, and the
    /// times of its last changes.
    let stamp: String

    /// A Boolean value that indicates whether a later change would have a different time.
    ///
    /// File systems count time in steps, so two changes within one step have the same time.
    let isSettled: Bool

    /// The key; `nil` if the file is invalid.
    var key: CurvePublicKey?
  }

  init(_ path: String) throws {
    self.path = path
    files = Lock(try Self.files(in: path) { try CurveCertificate(readingFrom: $0).publicKey })
  }

  /// Returns a Boolean value that indicates whether one of the certificates in the directory has the key.
  func contains(_ key: CurvePublicKey) -> Bool {
    files.withLock { files in
      let current = try? Self.files(in: path, known: files) { (try? CurveCertificate(readingFrom: $0))?.publicKey }
      guard let current else { return false }
      files = current
      return current.values.contains { $0.key == key }
    }
  }

  /// Returns the files of the directory, and reads those that are not known, or have changed.
  private static func files(
    in path: String, known: [String: File] = [:], read: (String) throws -> CurvePublicKey?
  ) throws -> [String: File] {
    var files: [String: File] = [:]
    for name in try names(in: path) {
      // The stamp is read first, so that a change between the two reads is noticed at the next call.
      guard var file = unreadFile("\(path)/\(name)") else { continue }
      if let known = known[name], known.stamp == file.stamp, known.isSettled {
        file.key = known.key
      } else {
        file.key = try read("\(path)/\(name)")
      }
      files[name] = file
    }
    return files
  }

  private static func names(in path: String) throws(ZeroMQError) -> [String] {
    // SAFETY: the pointers point to the C string, and to the directory stream, which this function owns and closes before it
    // returns.
    guard !path.utf8.contains(0), let folder = unsafe opendir(path) else {
      throw ZeroMQError(.init(rawValue: path.utf8.contains(0) ? EINVAL : errno), operation: "opendir", subject: path)
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while true {
      // NULL means the end as well as an error; only errno distinguishes them.
      errno = 0
      // SAFETY: the pointer points to an entry, owned by the directory stream, valid until the next call; its zero-terminated
      // name is copied before.
      guard let entry = unsafe readdir(folder) else {
        guard errno == 0 else { throw ZeroMQError(.init(rawValue: errno), operation: "readdir", subject: path) }
        return names
      }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
      }
      if name.hasSuffix(".key"), !name.hasPrefix(".") { names.append(name) }
    }
  }

  private static func unreadFile(_ path: String) -> File? {
    var status = stat()
    // SAFETY: the pointers point to the C string and to a local structure, valid until the call returns.
    guard unsafe stat(path, &status) == 0 else { return nil }
    let (modified, changed) = unsafe (shim_modification_time(&status), shim_change_time(&status))
    return File(
      stamp: "\(status.st_dev) \(status.st_ino) \(status.st_size) \(modified) \(changed)",
      isSettled: time(nil) > changed.tv_sec + 2)
  }
}
