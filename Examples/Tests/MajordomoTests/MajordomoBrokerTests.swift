import Majordomo
import XCTest
import ZeroMQ

final class MajordomoBrokerTests: XCTestCase {
  private let start: ContinuousClock.Instant = MajordomoBrokerTests.start
  private var broker = MajordomoBroker(heartbeat: .seconds(1), liveness: 3, at: MajordomoBrokerTests.start)

  private static let start = ContinuousClock.now

  func testRequestsWaitForAWorkerOfTheirService() throws {
    XCTAssertEqual(try request("a", from: "c1", "one"), [])
    XCTAssertEqual(try request("b", from: "c2", "two"), [])
    XCTAssertEqual(try ready("w1", "b"), [["w1", "", "MDPW01", [2], "c2", "", "two"]])
    XCTAssertEqual(try ready("w2", "a"), [["w2", "", "MDPW01", [2], "c1", "", "one"]])
  }

  func testAReplyGoesToItsClientAndTheWorkerGetsTheNextRequest() throws {
    _ = try ready("w", "a")
    _ = try request("a", from: "c1", "one")
    XCTAssertEqual(try request("a", from: "c2", "two"), [])
    XCTAssertEqual(
      try broker.receive(["w", "", "MDPW01", [3], "c1", "", "ONE", ""], at: start),
      [["c1", "", "MDPC01", "a", "ONE", ""], ["w", "", "MDPW01", [2], "c2", "", "two"]])
  }

  func testTheWorkerThatIsFreeForLongestIsNext() throws {
    for worker in ["w1", "w2", "w3"] { _ = try ready(Frame(worker), "a") }
    XCTAssertEqual(try request("a", from: "c", "1").first?.first, "w1")
    _ = try broker.receive(["w1", "", "MDPW01", [3], "c", "", "1"], at: start)
    XCTAssertEqual(try request("a", from: "c", "2").first?.first, "w2")
    XCTAssertEqual(try request("a", from: "c", "3").first?.first, "w3")
    XCTAssertEqual(try request("a", from: "c", "4").first?.first, "w1")
    XCTAssertEqual(try request("a", from: "c", "5"), [])
  }

  func testHeartbeatsGoToFreeWorkersOnly() throws {
    _ = try ready("free", "a")
    _ = try ready("busy", "b")
    _ = try request("b", from: "c", "1")
    XCTAssertEqual(broker.heartbeats(at: start + .milliseconds(999)), [])
    XCTAssertEqual(broker.heartbeats(at: start + .seconds(1)), [["free", "", "MDPW01", [4]]])
    XCTAssertEqual(broker.nextHeartbeat, start + .seconds(2))
  }

  func testASilentFreeWorkerIsForgottenAndABusyOneIsNot() throws {
    _ = try ready("silent", "a")
    _ = try ready("alive", "a")
    _ = try ready("busy", "b")
    _ = try request("b", from: "c", "1")
    XCTAssertEqual(try broker.receive(["alive", "", "MDPW01", [4]], at: start + .seconds(2)), [])
    XCTAssertEqual(broker.heartbeats(at: start + .seconds(3)), [["alive", "", "MDPW01", [4]]])
    let late = start + .seconds(4)
    XCTAssertEqual(try request("a", from: "c", "2", at: late).first?.first, "alive")
    XCTAssertEqual(try broker.receive(["silent", "", "MDPW01", [4]], at: late), [["silent", "", "MDPW01", [5]]])
    XCTAssertEqual(
      try broker.receive(["busy", "", "MDPW01", [3], "c", "", "1"], at: late), [["c", "", "MDPC01", "b", "1"]])
  }

  func testASilentWorkerGetsNoRequestBetweenTwoHeartbeats() throws {
    _ = try ready("silent", "a")
    XCTAssertEqual(try request("a", from: "c", "1", at: start + .seconds(3)), [])
    XCTAssertEqual(try ready("new", "a", at: start + .seconds(3)).first?.first, "new")
  }

  func testWorkersOutOfTurnAreDisconnected() throws {
    XCTAssertEqual(try broker.receive(["w", "", "MDPW01", [4]], at: start), [["w", "", "MDPW01", [5]]])
    XCTAssertEqual(try broker.receive(["w", "", "MDPW01", [3], "c", "", "1"], at: start), [["w", "", "MDPW01", [5]]])
    XCTAssertEqual(try ready("w", "mmi.service"), [["w", "", "MDPW01", [5]]])
    _ = try ready("w", "a")
    XCTAssertEqual(try ready("w", "a"), [["w", "", "MDPW01", [5]]])
    XCTAssertEqual(try request("a", from: "c", "1"), [], "it is forgotten")
  }

  func testADisconnectedWorkerIsForgotten() throws {
    _ = try ready("w", "a")
    XCTAssertEqual(try broker.receive(["w", "", "MDPW01", [5]], at: start), [])
    XCTAssertEqual(try request("a", from: "c", "1"), [])
    XCTAssertEqual(try request("mmi.service", from: "c", "a"), [["c", "", "MDPC01", "mmi.service", "404"]])
  }

  func testLookupTellsWhetherAServiceHasWorkers() throws {
    XCTAssertEqual(try request("mmi.service", from: "c", "a"), [["c", "", "MDPC01", "mmi.service", "404"]])
    _ = try ready("w", "a")
    XCTAssertEqual(try request("mmi.service", from: "c", "a"), [["c", "", "MDPC01", "mmi.service", "200"]])
    _ = try request("a", from: "c", "work")
    XCTAssertEqual(
      try broker.receive(["c", "", "MDPC01", "mmi.service", "kept", "a"], at: start + .seconds(9)),
      [["c", "", "MDPC01", "mmi.service", "kept", "200"]], "it is busy")
    XCTAssertEqual(try request("mmi.other", from: "c", "a"), [["c", "", "MDPC01", "mmi.other", "501"]])
  }

  func testOtherMessagesAreViolations() {
    let messages: [Message] = [
      ["c"], ["c", "", "MDPC01", "a"], ["c", "", "MDPC02", "a", "1"], ["c", "x", "MDPC01", "a", "1"], ["w", "", "MDPW01", [6]],
      ["w", "", "MDPW01", ""], ["w", "", "MDPW01", [1]], ["w", "", "MDPW01", [3], "c"], ["w", "", "MDPW01", [3], "c", "x", "1"],
    ]
    for message in messages {
      XCTAssertThrowsError(try broker.receive(message, at: start), "\(message)") {
        XCTAssertEqual(($0 as? MDP.Violation)?.message, message)
      }
    }
  }

  func testTenThousandRequestsWaitInOrder() throws {
    for number in 0..<10_000 { XCTAssertEqual(try request("a", from: "c", "\(number)"), []) }
    XCTAssertEqual(try ready("w", "a"), [["w", "", "MDPW01", [2], "c", "", "0"]])
    for number in 1..<10_000 {
      let messages = try broker.receive(["w", "", "MDPW01", [3], "c", "", ""], at: start)
      XCTAssertEqual(messages.last, ["w", "", "MDPW01", [2], "c", "", "\(number)"])
    }
  }

  private func request(_ service: Frame, from client: Frame, _ body: Frame, at now: ContinuousClock.Instant? = nil) throws
    -> [Message]
  {
    try broker.receive([client, "", "MDPC01", service, body], at: now ?? start)
  }

  private func ready(_ worker: Frame, _ service: Frame, at now: ContinuousClock.Instant? = nil) throws -> [Message] {
    try broker.receive([worker, "", "MDPW01", [1], service], at: now ?? start)
  }
}
