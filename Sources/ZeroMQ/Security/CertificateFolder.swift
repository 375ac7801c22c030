internal import CZeroMQ

/// The public keys of the certificates in a folder, which may change at any time.
final class CertificateFolder: Sendable {
  private let path: String
  private let files: Lock<[String: File]>

  /// A file as it was when it was read.
  private struct File {
    let version: Version
    /// The key; `nil` if the file is bad.
    let key: CurvePublicKey?
  }

  /// What differs when a file has been changed or replaced.
  private struct Version {
    /// The device, the file's number there, its size, and the times of its last changes.
    let stamp: [Int64]
    /// Whether the last change is so long ago that another one would have another time, which systems count in steps.
    let isSettled: Bool
  }

  init(_ path: String) throws {
    self.path = path
    var files: [String: File] = [:]
    for name in try Self.names(in: path) {
      let file = "\(path)/\(name)"
      guard let version = Self.version(of: file) else { continue }
      files[name] = File(version: version, key: try CurveCertificate(readingFrom: file).publicKey)
    }
    self.files = Lock(files)
  }

  /// Whether one of the certificates is in the folder now and has the key.
  func contains(_ key: CurvePublicKey) -> Bool {
    files.withLock { files in
      guard let names = try? Self.names(in: path) else { return false }
      var current: [String: File] = [:]
      for name in names {
        let file = "\(path)/\(name)"
        // The version comes first: a change between the two is then seen the next time.
        guard let version = Self.version(of: file) else { continue }
        if let known = files[name], known.version.stamp == version.stamp, version.isSettled {
          current[name] = known
        } else {
          current[name] = File(version: version, key: (try? CurveCertificate(readingFrom: file))?.publicKey)
        }
      }
      files = current
      return current.values.contains { $0.key == key }
    }
  }

  private static func names(in path: String) throws(ZeroMQError) -> [String] {
    // SAFETY: the path is lent for the call; the folder is closed before this returns.
    guard !path.utf8.contains(0), let folder = unsafe opendir(path) else {
      throw ZeroMQError(.init(rawValue: path.utf8.contains(0) ? EINVAL : errno), operation: "opendir", subject: path)
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while true {
      // The only way to tell an error from the end.
      errno = 0
      // SAFETY: an entry is valid until the next call; its name, which a zero ends, is copied at once.
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

  private static func version(of path: String) -> Version? {
    var status = stat()
    // SAFETY: the path is lent for the call, and the status lives as long.
    guard unsafe stat(path, &status) == 0 else { return nil }
    let (modified, changed) = unsafe (shim_modification_time(&status), shim_change_time(&status))
    let times = [modified.tv_sec, modified.tv_nsec, changed.tv_sec, changed.tv_nsec]
    return Version(
      stamp: [Int64(truncatingIfNeeded: status.st_dev), Int64(truncatingIfNeeded: status.st_ino), Int64(status.st_size)]
        + times.map { Int64($0) },
      isSettled: time(nil) > changed.tv_sec + 2)
  }
}
