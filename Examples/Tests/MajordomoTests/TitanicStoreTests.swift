import Foundation
import Majordomo
import XCTest
import ZeroMQ

final class TitanicStoreTests: XCTestCase {
  private var directory = ""

  override func setUp() {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("titanic-\(UUID().uuidString)").path
  }

  override func tearDown() {
    try? FileManager.default.removeItem(atPath: directory)
  }

  func testARequestIsPendingUntilItsReplyIsThere() async throws {
    let store = try TitanicStore(directory: directory)
    let uuid = try await store.add(["echo", "Hello", ""])
    XCTAssertNotNil(uuid.wholeMatch(of: /[0-9A-F]{32}/))
    let pending = try await store.pendingRequests()
    XCTAssertEqual(pending.map(\.uuid), [uuid])
    XCTAssertEqual(pending.map(\.request), [["echo", "Hello", ""]])
    guard case .pending = try await store.state(of: uuid) else { return XCTFail("not pending") }

    try await store.finish(uuid, with: ["World", ""])
    guard case .done(["World", ""]) = try await store.state(of: uuid) else { return XCTFail("not done") }
    let left = try await store.pendingRequests()
    XCTAssertTrue(left.isEmpty)
    XCTAssertEqual(try queue(), "+\(uuid)\n")
  }

  func testAnotherStoreGoesOnWithWhatIsLeft() async throws {
    let first = try TitanicStore(directory: directory)
    var uuids: [String] = []
    for number in 0..<5 { uuids.append(try await first.add(["echo", "\(number)"])) }
    try await first.finish(uuids[1], with: "reply")
    try await first.close(uuids[3])

    let second = try TitanicStore(directory: directory)
    let pending = try await second.pendingRequests()
    XCTAssertEqual(pending.map(\.uuid), [uuids[0], uuids[2], uuids[4]])
    XCTAssertEqual(pending.map(\.request), [["echo", "0"], ["echo", "2"], ["echo", "4"]])
    guard case .done("reply") = try await second.state(of: uuids[1]) else { return XCTFail("the reply is lost") }
    XCTAssertEqual(try queue(), zip("-+-+-", uuids).map { "\($0)\($1)\n" }.joined())
  }

  func testALineThatACrashCutOffIsNoRequest() async throws {
    let first = try TitanicStore(directory: directory)
    let uuid = try await first.add(["echo", "1"])
    for length in [1, 20, 33] {
      try Data((try queue() + "-\(uuid)\n".prefix(length)).utf8).write(to: URL(fileURLWithPath: directory + "/queue"))
      let store = try TitanicStore(directory: directory)
      XCTAssertEqual(try queue(), "-\(uuid)\n")
      let pending = try await store.pendingRequests()
      XCTAssertEqual(pending.map(\.uuid), [uuid])
    }
    let next = try await TitanicStore(directory: directory).add(["echo", "2"])
    XCTAssertEqual(try queue(), "-\(uuid)\n-\(next)\n")
  }

  func testAReplyThatWasStoredBeforeACrashIsNotAskedForAgain() async throws {
    let first = try TitanicStore(directory: directory)
    let uuid = try await first.add(["echo", "1"])
    try await first.finish(uuid, with: "reply")
    try Data("-\(uuid)\n".utf8).write(to: URL(fileURLWithPath: directory + "/queue"))
    let pending = try await TitanicStore(directory: directory).pendingRequests()
    XCTAssertTrue(pending.isEmpty)
    XCTAssertEqual(try queue(), "+\(uuid)\n")
  }

  func testClosingForgetsARequestAndItsReplyHoweverOften() async throws {
    let store = try TitanicStore(directory: directory)
    let uuid = try await store.add(["echo", "1"])
    for _ in 0..<2 { try await store.close(uuid) }
    try await store.finish(uuid, with: "late")
    guard case .unknown = try await store.state(of: uuid) else { return XCTFail("still known") }
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: directory), ["queue"])
  }

  func testOnlyUUIDsNameFiles() async throws {
    let store = try TitanicStore(directory: directory)
    for name in ["../secret", "", String(repeating: "/", count: 32), String(repeating: "g", count: 32)] {
      let file = URL(fileURLWithPath: directory).appendingPathComponent(name + ".rep")
      guard case .unknown = try await store.state(of: name) else { return XCTFail(file.path) }
      try await store.close(name)
    }
  }

  private func queue() throws -> String {
    try String(contentsOfFile: directory + "/queue", encoding: .utf8)
  }
}
