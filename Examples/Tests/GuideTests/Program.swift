import Foundation

/// Makes writing to a program that has ended an error, which would otherwise end the tests.
private let ignoreBrokenPipes: Void = {
  signal(SIGPIPE, SIG_IGN)
}()

/// One of the Guide's programs, running as a process.
///
/// What it prints, errors included, is kept and shown in every failure. It reads nothing but what `write(_:)` gives it. Nothing
/// waits longer than until its deadline.
final class Program {
  /// What went wrong, and all that the program printed.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// What the program has printed, as far as somebody waited for it.
  var output: String { String(decoding: bytes, as: UTF8.self) }

  var isRunning: Bool { process.isRunning }

  private let name: String
  private let deadline: ContinuousClock.Instant
  private let process = Process()
  private let exited = DispatchSemaphore(value: 0)
  private let input = Pipe()
  private let printed = Pipe()
  private var bytes: [UInt8] = []
  private var nextLineStart = 0

  /// Starts a program of the package by its name.
  init(_ name: String, _ arguments: [String], until deadline: ContinuousClock.Instant) throws {
    self.name = name
    self.deadline = deadline
    process.executableURL = Self.folder.appendingPathComponent(name)
    process.arguments = arguments
    // A crash is reported by the status; walking the stack would only use up the time.
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    process.standardInput = input
    process.standardOutput = printed
    process.standardError = printed
    process.terminationHandler = { [exited] _ in exited.signal() }
    _ = ignoreBrokenPipes
    try process.run()
  }

  /// Where the package manager puts programs and tests.
  private static let folder: URL = {
    let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    return tests?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
  }()

  /// Types something in, such as a line's end.
  func write(_ text: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// Ends the program's input.
  func closeInput() throws {
    try input.fileHandleForWriting.close()
  }

  /// The next whole line, without its end.
  func nextLine() throws -> String {
    while true {
      if let end = bytes[nextLineStart...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { nextLineStart = end + 1 }
        return String(decoding: bytes[nextLineStart..<end], as: UTF8.self)
      }
      guard try readSome() else { throw failure("ended before its next line") }
    }
  }

  /// Waits until the program has printed something, in the middle of a line perhaps.
  func waitForOutput(_ text: some StringProtocol) throws {
    while !output.contains(text) {
      guard try readSome() else { throw failure("ended before it printed \"\(text)\"") }
    }
  }

  /// Waits until the program has ended by itself or a signal that it handles.
  ///
  /// - Returns: its status.
  @discardableResult
  func waitForExit() throws -> Int32 {
    while try readSome() {}
    let remaining = max(deadline - .now, .zero) / .seconds(1)
    guard exited.wait(timeout: .now() + remaining) == .success else { throw failure("closed its output and did not end") }
    exited.signal()
    guard process.terminationReason == .exit else { throw failure("was ended by signal \(process.terminationStatus)") }
    return process.terminationStatus
  }

  /// Sends a signal, such as SIGTERM; a program that has ended gets none.
  func signal(_ number: Int32) {
    if process.isRunning { kill(process.processIdentifier, number) }
  }

  /// Ends the program, whatever it does, waits until it is gone, and reads the rest of its output.
  func end() {
    signal(SIGKILL)
    _ = exited.wait(timeout: .now() + 5)
    exited.signal()
    while (try? readSome()) == true {}
  }

  /// A failure of this program.
  func failure(_ what: String) -> Failure {
    Failure(description: "\(name) \(what); it printed \(output.isEmpty ? "nothing" : "this:\n\(output)")")
  }

  /// Waits for more output.
  ///
  /// - Returns: whether there was any; false at its end.
  private func readSome() throws -> Bool {
    let descriptor = printed.fileHandleForReading.fileDescriptor
    while true {
      let remaining = max(deadline - .now, .zero)
      guard remaining > .zero || !process.isRunning else { throw failure("was too slow") }
      var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&item, 1, Int32((remaining / .milliseconds(1)).rounded(.up))) > 0 else {
        guard remaining > .zero else { throw failure("was too slow") }
        continue
      }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      bytes += buffer.prefix(max(count, 0))
      return count > 0
    }
  }
}
