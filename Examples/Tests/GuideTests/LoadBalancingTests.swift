import XCTest
import ZeroMQ

final class LoadBalancingTests: GuideTestCase {
  func testAllClientsGetTheirReplies() throws {
    try checkClients(of: "lbbroker", request: "Worker: HELLO")
  }

  func testAllClientsGetTheirRepliesThroughTheBrokerWithEnvelopes() throws {
    try checkClients(of: "lbbroker2", request: "Worker: [005] HELLO")
  }

  func testClientsOfTheReactorAskUntilCtrlC() throws {
    let folder = try makeFolder()
    let broker = try start("lbbroker3", "ipc://\(folder)/frontend.ipc", "ipc://\(folder)/backend.ipc", "10", "3", "1")
    try waitForLines(100, endingWith: "Client: OK", from: broker)
    try stop(broker, with: SIGINT)
    XCTAssertEqual(Set(broker.output.split(separator: "\n")), ["Client: OK", "Worker: [005] HELLO"])
  }

  func testCtrlCDoesNotWaitForClientsThatPause() throws {
    let folder = try makeFolder()
    let broker = try start("lbbroker3", "ipc://\(folder)/frontend.ipc", "ipc://\(folder)/backend.ipc", "10", "3", "60000")
    try waitForLines(10, endingWith: "Client: OK", from: broker)
    try stop(broker)
  }

  func testRequestGoesToTheWorkerThatHasBeenFreeForLongest() throws {
    for name in ["lbbroker", "lbbroker2"] {
      let broker = try checkBalancing(name, ready: "READY", arguments: "0", "0", "4")
      XCTAssertEqual(try broker.waitForExit(), 0)
      XCTAssertEqual(broker.output, "")
    }
  }

  func testRequestGoesToTheWorkerThatHasBeenFreeForLongestInTheReactor() throws {
    let broker = try checkBalancing("lbbroker3", ready: "\u{1}", arguments: "0", "0")
    try stop(broker, with: SIGINT)
    XCTAssertEqual(broker.output, "")
  }

  func testWorkersAnswerClientsFromElsewhere() throws {
    for (name, arguments) in [("lbbroker", ["0", "3", "6"]), ("lbbroker2", ["0", "3", "6"]), ("lbbroker3", ["0", "3"])] {
      let endpoint = try freeEndpoint()
      let broker = try start(name, [endpoint, try freeEndpoint()] + arguments)
      let clients = try (0..<3).map { _ in try context.socket(.req) }
      for client in clients { try client.connect(endpoint) }
      for _ in 0..<2 {
        for client in clients { try client.send("HELLO") }
        for client in clients { XCTAssertEqual(try receive(from: client), "OK") }
      }
      if name == "lbbroker3" { try stop(broker) } else { XCTAssertEqual(try broker.waitForExit(), 0) }
      XCTAssertEqual(broker.output.matches(of: /Worker: (\[005\] )?HELLO\n/).count, 6, broker.output)
    }
  }

  /// Runs a broker with the Guide's ten clients and three workers, over ipc.
  private func checkClients(of name: String, request: String) throws {
    let folder = try makeFolder()
    let broker = try start(name, "ipc://\(folder)/frontend.ipc", "ipc://\(folder)/backend.ipc")
    XCTAssertEqual(try broker.waitForExit(), 0)
    let lines = broker.output.split(separator: "\n").map(String.init)
    XCTAssertEqual(lines.sorted(), Array(repeating: "Client: OK", count: 10) + Array(repeating: request, count: 10))
  }

  /// Plays two clients and two workers of a broker that has none of its own.
  private func checkBalancing(_ name: String, ready: Frame, arguments: String...) throws -> Program {
    let (frontend, backend) = (try freeEndpoint(), try freeEndpoint())
    let broker = try start(name, [frontend, backend] + arguments)
    let clients = try ["one", "two"].map { id in
      let client = try context.socket(.req)
      try client.set(.routingID, to: Frame(id))
      try client.connect(frontend)
      return client
    }
    // DEALER sockets see what REQ sockets keep to themselves.
    let workers = try (0..<2).map { _ in
      let worker = try context.socket(.dealer)
      try worker.connect(backend)
      return worker
    }

    // The request waits for a worker, and the second one for another.
    try clients[0].send("first")
    try workers[0].send(["", ready])
    XCTAssertEqual(try receive(from: workers[0]), ["", "one", "", "first"])
    try clients[1].send("second")
    try workers[1].send(["", ready])
    XCTAssertEqual(try receive(from: workers[1]), ["", "two", "", "second"])

    // The second worker is free first.
    try workers[1].send(["", "two", "", "second reply"])
    XCTAssertEqual(try receive(from: clients[1]), "second reply")
    try workers[0].send(["", "one", "", "first reply"])
    XCTAssertEqual(try receive(from: clients[0]), "first reply")
    for (request, worker) in zip(["third", "fourth"] as [Frame], workers.reversed()) {
      try clients[0].send(Message(request))
      XCTAssertEqual(try receive(from: worker), ["", "one", "", request])
      try worker.send(["", "one", "", "reply"])
      XCTAssertEqual(try receive(from: clients[0]), "reply")
    }
    return broker
  }
}
