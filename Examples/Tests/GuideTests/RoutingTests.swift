import XCTest
import ZeroMQ

final class RoutingTests: GuideTestCase {
  func testRouterShowsAGeneratedAndAChosenRoutingID() throws {
    let identity = try start("identity")
    XCTAssertEqual(try identity.waitForExit(), 0)
    let dumps = """
      ----------------------------------------
      [005] 00XXXXXXXX
      [000]
      [039] ROUTER uses a generated 5 byte identity
      ----------------------------------------
      [005] PEER2
      [000]
      [040] ROUTER socket uses REQ's socket identity

      """
    XCTAssertEqual(identity.output.replacing(/\[005\] 00[0-9A-F]{8}\n/, with: "[005] 00XXXXXXXX\n"), dumps)
  }

  func testEachReqWorkerIsGivenWorkUntilItIsFired() throws {
    try checkWorkers(of: "rtreq")
  }

  func testEachDealerWorkerIsGivenWorkUntilItIsFired() throws {
    try checkWorkers(of: "rtdealer")
  }

  func testReqWorkerFromElsewhereIsGivenWorkUntilItIsFired() throws {
    for name in ["rtreq", "rtdealer"] {
      let worker = try context.socket(.req)
      try checkWorker(worker, of: name, request: "Hi Boss", work: "Work harder", end: "Fired!")
    }
  }

  func testDealerWorkerFromElsewhereIsGivenWorkUntilItIsFired() throws {
    for name in ["rtreq", "rtdealer"] {
      let worker = try context.socket(.dealer)
      try checkWorker(worker, of: name, request: ["", "Hi Boss"], work: ["", "Work harder"], end: ["", "Fired!"])
    }
  }

  /// Runs a broker with the Guide's ten workers.
  private func checkWorkers(of name: String) throws {
    let program = try start(name, try freeEndpoint(), "1000", "10", "0", "20")
    XCTAssertEqual(try program.waitForExit(), 0)
    let lines = program.output.split(separator: "\n")
    XCTAssertEqual(lines.count, 10)
    for line in lines {
      let total = try XCTUnwrap(line.wholeMatch(of: /Completed: (\d+) tasks/), program.output).1
      XCTAssertGreaterThan(Int(total) ?? 0, 0, program.output)
    }
  }

  /// Takes part as one worker beside two others.
  private func checkWorker(
    _ worker: Socket<some SendingKind & ReceivingKind>, of name: String, request: Message, work: Message, end: Message
  ) throws {
    let endpoint = try freeEndpoint()
    let program = try start(name, endpoint, "1500", "2", "1", "20")
    try worker.connect(endpoint)
    var total = 0
    while true {
      try worker.send(request)
      let order = try receive(from: worker)
      if order == end { break }
      XCTAssertEqual(order, work)
      total += 1
    }
    XCTAssertGreaterThan(total, 0)
    XCTAssertEqual(try program.waitForExit(), 0)
    XCTAssertEqual(program.output.matches(of: /Completed: \d+ tasks\n/).count, 2, program.output)
  }
}
