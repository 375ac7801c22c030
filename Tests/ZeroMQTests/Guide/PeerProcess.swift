import Foundation
import XCTest

/// A process of its own that plays one role with one socket, and says line by line what it receives.
final class PeerProcess {
  /// What went wrong.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Where it is bound.
  private(set) var endpoint: String

  private let process = Process()
  private let exited = DispatchSemaphore(value: 0)
  private let printed = Pipe()
  private var bytes: [UInt8] = []

  /// Starts a process that binds, and waits until it has: `rep`, `silent`, `router`, `pull` or `xpub`.
  convenience init(binding role: String, to endpoint: String) throws {
    try self.init(role, endpoint)
    let line = try nextLine()
    XCTAssertTrue(line.hasPrefix("bound "), line)
    self.endpoint = String(line.dropFirst("bound ".count))
  }

  /// Starts a process that connects a REQ.
  convenience init(connectingTo endpoint: String) throws {
    try self.init("req", endpoint)
  }

  /// What a process says that does what libzmq would end it for, or what needs more descriptors than there are; it must end by itself.
  static func outcome(_ name: String) throws -> String {
    let process = try PeerProcess("provoke", name)
    let line = try process.nextLine()
    XCTAssertEqual(process.waitForExit(), 0, name)
    return line
  }

  private init(_ role: String, _ endpoint: String) throws {
    self.endpoint = endpoint
    process.executableURL = Self.folder.appendingPathComponent("TestPeer")
    process.arguments = [role, endpoint]
    // A crash is reported by the status; walking the stack would only use up the time.
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    process.standardInput = Pipe()
    process.standardOutput = printed
    process.terminationHandler = { [exited] _ in exited.signal() }
    try process.run()
  }

  deinit {
    kill()
  }

  /// Where the package manager puts programs and tests.
  static let folder: URL = {
    let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    return tests?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
  }()

  /// Ends the process by SIGKILL, and waits until it is gone.
  func kill() {
    if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    XCTAssertEqual(exited.wait(timeout: .now() + ZeroMQTestCase.patience.seconds), .success, "the process did not end")
    exited.signal()
  }

  /// Waits until the process has ended by itself.
  ///
  /// - Returns: its status.
  func waitForExit() -> Int32 {
    XCTAssertEqual(exited.wait(timeout: .now() + ZeroMQTestCase.patience.seconds), .success, "the process did not end")
    exited.signal()
    return process.isRunning ? -1 : process.terminationStatus
  }

  /// The next line that the process prints, without its end.
  func nextLine() throws -> String {
    let end = ContinuousClock.now + ZeroMQTestCase.patience
    while true {
      if let newline = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        defer { bytes.removeFirst(newline + 1) }
        return String(decoding: bytes[..<newline], as: UTF8.self)
      }
      let descriptor = printed.fileHandleForReading.fileDescriptor
      var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let remaining = max((end - .now) / .milliseconds(1), 0)
      // SAFETY: one item is polled.
      guard unsafe poll(&item, 1, Int32(remaining)) > 0 else {
        if remaining > 0, errno == EINTR { continue }
        throw Failure(description: "the process printed nothing in time")
      }
      var buffer = [UInt8](repeating: 0, count: 4096)
      // SAFETY: the buffer has room for as much as is read.
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        withoutSignals { unsafe read(descriptor, bytes.baseAddress, bytes.count) }
      }
      guard count > 0 else { throw Failure(description: "the process ended before its next line") }
      bytes += buffer.prefix(count)
    }
  }
}
