import Foundation
import XCTest

/// The short form of `make soak`, in a process of its own, whose memory and descriptors nothing else uses.
final class SoakTests: ZeroMQTestCase {
  /// Sanitizers make it many times as slow; when nothing moves it ends by itself, long before, and says who waits for what.
  override var deadline: Duration { .seconds(300) }

  private func soak(_ arguments: String..., file: StaticString = #filePath, line: UInt = #line) throws {
    try soak(arguments, file: file, line: line)
  }

  private func soak(_ arguments: [String], file: StaticString = #filePath, line: UInt = #line) throws {
    let process = Process()
    process.executableURL = PeerProcess.folder.appendingPathComponent("Soak")
    process.arguments = arguments + ["--patience", "20"]
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    let printed = Pipe()
    process.standardOutput = printed
    process.standardError = printed
    try process.run()
    let text = String(decoding: withoutSignals { printed.fileHandleForReading.readDataToEndOfFile() }, as: UTF8.self)
    process.waitUntilExit()
    XCTAssertEqual(process.terminationStatus, 0, text, file: file, line: line)
  }

  func testMessagesArriveOnceAndInOrderThroughCancellationsAndHighWaterMarks() throws {
    try soak("messages", "--messages", "30000", "--quota", "600", "--time", "20")
  }

  func testTenThousandTasksReceiveTheirOwnRepliesThroughOneSocket() throws {
    try soak("requests", "--requests", "10000", "--transports", "inproc,tcp")
  }

  func testNothingIsLostWhileSignalsComeAndChildrenAreForked() throws {
    #if canImport(Glibc)
      let disturbances = ["--signals", "300", "--forks", "50"]
    #else
      let disturbances = ["--forks", "50"]
    #endif
    let counts = ["--messages", "5000", "--quota", "200", "--time", "10", "--requests", "500", "--watched", "500"]
    try soak(["messages", "requests", "watched"] + counts + disturbances)
  }

  func testSocketsThatWereUsedAndClosedLeaveNothingBehind() throws {
    try soak("sockets", "--sockets", "4000")
  }

  func testSocketsThatCloseOrMoveWhileTheyAreWaitedForWakeEveryTask() throws {
    try soak("watched", "--watched", "2000")
  }

  func testContextsEndInTheMiddleOfEveryCallThatWaits() throws {
    try soak("storm", "--storms", "150")
  }

  func testWaitsThatWereCancelledLeaveNothingBehind() throws {
    try soak("cancellations", "--cancellations", "40000")
  }
}
