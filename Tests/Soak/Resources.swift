import Foundation

/// What the process has of the system's memory and descriptors.
struct Resources: CustomStringConvertible {
  /// Bytes of memory in use; `nil` where the system does not say.
  let resident: Int?
  /// Open descriptors; `nil` where the system does not say.
  let descriptors: Int?

  /// What there is now.
  static var now: Resources {
    // The second number is that of the resident pages.
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").dropFirst().first.flatMap
    { Int($0) }
    return Resources(resident: pages.map { $0 * Int(getpagesize()) }, descriptors: Self.openDescriptors)
  }

  /// How many more descriptors there may be: the runtime opens some when it first needs them, not one for each socket.
  static let descriptorMargin = 8

  static var openDescriptors: Int? {
    // One is that of the listing itself.
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { $0.count - 1 }
  }

  /// Whether a sanitizer keeps memory for itself, so that its size says nothing.
  static let isSanitized: Bool = ["__asan_init", "__tsan_init"].contains { (name: String) in
    // SAFETY: the name is lent for the call.
    unsafe dlsym(dlopen(nil, RTLD_LAZY), name) != nil
  }

  var description: String {
    let size = resident.map { String(format: "%.1f MB", Double($0) / 1e6) } ?? "memory unknown"
    return "\(size), \(descriptors.map { "\($0)" } ?? "unknown") descriptors"
  }

  /// Checks that something has not grown since.
  ///
  /// - Parameter margin: how many bytes more there may be.
  func check(against earlier: Resources, margin: Int) throws(Fault) {
    if let descriptors, let before = earlier.descriptors, descriptors > before + Self.descriptorMargin {
      throw Fault("there are more descriptors than before: \(self) after \(earlier)")
    }
    guard !Self.isSanitized, let resident, let before = earlier.resident else { return }
    if resident > before + margin { throw Fault("memory has grown by more than \(margin) bytes: \(self) after \(earlier)") }
  }
}
