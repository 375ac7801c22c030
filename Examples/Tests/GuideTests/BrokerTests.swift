import Foundation
import XCTest
import ZeroMQ

final class BrokerTests: GuideTestCase {
  func testBrokerStandsBetweenClientAndWorkers() throws {
    try checkPrograms(with: "rrbroker")
  }

  func testQueueStandsBetweenClientAndWorkers() throws {
    try checkPrograms(with: "msgqueue")
  }

  func testBrokerForwardsWholeMessages() throws {
    try checkMessages(through: "rrbroker")
  }

  func testQueueForwardsWholeMessages() throws {
    try checkMessages(through: "msgqueue")
  }

  func testClientSendsHelloAndPrintsEachReply() throws {
    let worker = try context.socket(.rep)
    let client = try start("rrclient", try worker.bind("tcp://127.0.0.1:*"))
    for number in 0..<10 {
      XCTAssertEqual(try receive(from: worker), "Hello")
      try worker.send("reply \(number)")
      XCTAssertEqual(try client.nextLine(), "Received reply \(number) [reply \(number)]")
    }
    XCTAssertEqual(try client.waitForExit(), 0)
  }

  func testWorkerPrintsRequestsAndRepliesWorld() throws {
    let client = try context.socket(.req)
    let worker = try start("rrworker", try client.bind("tcp://127.0.0.1:*"), "0")
    for request in ["Hello", "Grüß Gott", ""] {
      try client.send(request)
      XCTAssertEqual(try receive(from: client), "World")
      XCTAssertEqual(try worker.nextLine(), "Received request: [\(request)]")
    }
    try stop(worker, with: SIGINT)
  }

  func testProxyPassesUpdatesOnAndSubscriptionsBack() throws {
    let publisher = try context.socket(.xpub)
    let endpoint = try freeEndpoint()
    let proxy = try start("wuproxy", try publisher.bind("tcp://127.0.0.1:*"), endpoint)
    let subscriber = try context.socket(.sub)
    try subscriber.connect(endpoint)

    try subscriber.subscribe(to: "10001 ")
    XCTAssertEqual(Subscription(try receive(from: publisher)), .subscribe(to: "10001 "))
    try publisher.send("10002 20 40")
    try publisher.send("10001 35 60")
    try publisher.send(["10001 36 61", "", "and more"])
    XCTAssertEqual(try receive(from: subscriber), "10001 35 60")
    XCTAssertEqual(try receive(from: subscriber), ["10001 36 61", "", "and more"])

    try subscriber.unsubscribe(from: "10001 ")
    XCTAssertEqual(Subscription(try receive(from: publisher)), .unsubscribe(from: "10001 "))
    try stop(proxy)
    XCTAssertEqual(proxy.output, "")
  }

  /// Runs the Guide's client and two of its workers with a broker.
  private func checkPrograms(with name: String) throws {
    let (frontend, backend) = (try freeEndpoint(), try freeEndpoint())
    let broker = try start(name, frontend, backend)
    let workers = [try start("rrworker", backend, "10"), try start("rrworker", backend, "10")]
    try ask("Are you there?", at: frontend) {
      for worker in workers { XCTAssertEqual(try worker.nextLine(), "Received request: [Are you there?]") }
    }

    let client = try start("rrclient", frontend)
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertEqual(client.output, (0..<10).map { "Received reply \($0) [World]\n" }.joined())

    try stop(workers[0], with: SIGINT)
    try stop(workers[1])
    try stop(broker)
    let shares = workers.map { worker in worker.output.split(separator: "\n").count { $0 == "Received request: [Hello]" } }
    XCTAssertEqual(shares.reduce(0, +), 10)
    // They take turns, except that the last of the requests before may come in between.
    XCTAssertGreaterThanOrEqual(shares.min() ?? 0, 4)
    XCTAssertEqual(broker.output, "")
  }

  /// Sends one request after the other, on a thread of its own, for as long as the body runs.
  private func ask(_ request: String, at endpoint: String, while body: () throws -> Void) throws {
    let context = try Context(.init(blocky: false))
    Thread.detachNewThread {
      do {
        let socket = try context.socket(.req)
        try socket.connect(endpoint)
        while true {
          try socket.send(request)
          _ = try socket.receive()
        }
      } catch {
        XCTAssertEqual((error as? ZeroMQError)?.code, .contextTerminated, "\(error)")
      }
    }
    defer { XCTAssertNoThrow(try context.terminate()) }
    try body()
  }

  /// Stands on both sides of a broker.
  private func checkMessages(through name: String) throws {
    let (frontend, backend) = (try freeEndpoint(), try freeEndpoint())
    let broker = try start(name, frontend, backend)
    let clients = try (0..<2).map { _ in try context.socket(.dealer) }
    for client in clients { try client.connect(frontend) }
    let worker = try context.socket(.dealer)
    try worker.connect(backend)

    let large = Frame(copying: [UInt8](repeating: 7, count: 1_000_000))
    try clients[0].send(["", "Hello", "", large])
    var first = try receive(from: worker)
    let firstID = first.removeFirst()
    XCTAssertEqual(firstID.count, 5)
    XCTAssertEqual(first, ["", "Hello", "", large])
    try clients[1].send(["", "Hello too"])
    var second = try receive(from: worker)
    let secondID = second.removeFirst()
    XCTAssertNotEqual(secondID, firstID)
    XCTAssertEqual(second, ["", "Hello too"])

    try worker.send([secondID, "", "for the second", ""])
    try worker.send([firstID, "", large, "for the first"])
    XCTAssertEqual(try receive(from: clients[0]), ["", large, "for the first"])
    XCTAssertEqual(try receive(from: clients[1]), ["", "for the second", ""])
    try stop(broker)
  }
}
