import Foundation
import XCTest
import ZeroMQ

final class PeeringTests: GuideTestCase {
  private let names = ["DC1", "DC2", "DC3"]

  func testWithoutANameTheSyntaxIsPrinted() throws {
    for name in ["peering1", "peering2", "peering3"] {
      let program = try start(name)
      XCTAssertEqual(try program.waitForExit(), 0)
      XCTAssertEqual(program.output, "syntax: \(name) me {you}...\n")
    }
  }

  func testThreeBrokersTellEachOtherTheirStates() throws {
    let brokers = try startThree("peering1", "--second=20")
    for (name, broker) in zip(names, brokers) {
      XCTAssertEqual(try broker.nextLine(), "I: preparing broker at \(name)...")
      for peer in names where peer != name {
        XCTAssertEqual(try broker.nextLine(), "I: connecting to state backend at '\(peer)'")
      }
      var heard: [String: Int] = [:]
      while heard.count < 2 || heard.values.contains(where: { $0 < 3 }) {
        let line = try broker.nextLine()
        let peer = try XCTUnwrap(line.wholeMatch(of: /(DC\d) - \d workers free/), line).1
        XCTAssertNotEqual(String(peer), name)
        heard[String(peer), default: 0] += 1
      }
    }
    try stop(brokers[0], with: SIGINT)
    try stop(brokers[1])
    try stop(brokers[2], with: SIGINT)
  }

  func testStateIsTheNameAndTheNumberOfWorkers() throws {
    let folder = try makeFolder()
    let publisher = try context.socket(.xpub)
    try publisher.bind("ipc://\(folder)/X-state.ipc")
    let broker = try start("peering1", "A", "X", "--directory=\(folder)", "--second=20")
    XCTAssertEqual(Subscription(try receive(from: publisher)), .subscribe(to: ""))
    try publisher.send(["X", "7"])
    try broker.waitForOutput("X - 7 workers free\n")

    let subscriber = try context.socket(.sub)
    try subscriber.subscribe(to: "")
    try subscriber.connect("ipc://\(folder)/A-state.ipc")
    for _ in 0..<3 {
      let state = try receive(from: subscriber)
      XCTAssertEqual(state.count, 2)
      XCTAssertEqual(state[0], "A")
      XCTAssertTrue(0..<10 ~= (Int("\(state[1])") ?? -1), "\(state)")
    }
    try stop(broker)
  }

  func testEveryClientOfThreeBrokersIsServed() throws {
    let brokers = try startThree("peering2", "--clients=1", "--workers=1", "--second=1")
    for broker in brokers { try broker.waitForOutput("Press Enter when all brokers are started: ") }
    for broker in brokers { try broker.write("\n") }
    // A request that was lost would be its client's last.
    for broker in brokers { try waitForLines(100, endingWith: "Client: OK", from: broker) }
    for (broker, signal) in zip(brokers, [SIGINT, SIGTERM, SIGINT]) { try stop(broker, with: signal) }
    for broker in brokers {
      let text = broker.output.replacing("Press Enter when all brokers are started: ", with: "")
      let lines = Set(text.split(separator: "\n").drop { $0.hasPrefix("I: ") })
      XCTAssertEqual(lines, ["Client: OK", "Worker: [005] HELLO"])
    }
  }

  func testAllOfTheGuidesClientsAndWorkersTakePart() throws {
    let brokers = try startThree("peering2", "--second=20")
    for broker in brokers { try broker.waitForOutput("Press Enter when all brokers are started: ") }
    for broker in brokers { try broker.closeInput() }
    for broker in brokers { try waitForLines(100, endingWith: "Client: OK", from: broker) }
    for broker in brokers { try stop(broker) }
  }

  func testSomeRequestsGoToThePeerAndItsRepliesComeBack() throws {
    let (folder, cloud) = try makePeer()
    let broker = try start("peering2", "A", "X", "--directory=\(folder)", "--clients=0", "--workers=1")
    XCTAssertEqual(try broker.nextLine(), "I: preparing broker at A...")
    XCTAssertEqual(try broker.nextLine(), "I: connecting to cloud frontend at 'X'")
    try broker.write("\n")

    let client = try makeClient("client", of: "A", in: folder)
    var poller = Poller()
    poller.add(client, for: .readable)
    poller.add(cloud, for: .readable)
    var isServedByPeer = false
    // A fifth of the requests go to the peer: 300 of them would stay here once in 10 to the 29th.
    for _ in 0..<300 where !isServedByPeer {
      try client.send("HELLO")
      isServedByPeer = try poller.wait(timeout: remainingTime).contains(cloud)
      if isServedByPeer {
        XCTAssertEqual(try receive(from: cloud), ["A", "client", "", "HELLO"])
        try cloud.send(["A", "client", "", "from X"])
      }
      XCTAssertEqual(try receive(from: client), isServedByPeer ? "from X" : "OK")
    }
    XCTAssertTrue(isServedByPeer)

    try checkService(for: "X", by: "A", in: folder, request: "HELLO", reply: "OK")
    try stop(broker)
  }

  func testRequestsStayWhileThePeerIsNotThere() throws {
    let folder = try makeFolder()
    let broker = try start("peering2", "A", "X", "--directory=\(folder)", "--clients=0", "--workers=1")
    try broker.closeInput()
    let client = try makeClient("client", of: "A", in: folder)
    for _ in 0..<50 {
      try client.send("HELLO")
      XCTAssertEqual(try receive(from: client), "OK")
    }
    try stop(broker)
  }

  func testThreeBrokersServeAllTasks() throws {
    let brokers = try startThree("peering3", "--second=10")
    for (name, broker) in zip(names, brokers) {
      XCTAssertEqual(try broker.nextLine(), "I: preparing broker at \(name)...")
      for part in ["cloud frontend", "state backend"] {
        for peer in names where peer != name {
          XCTAssertEqual(try broker.nextLine(), "I: connecting to \(part) at '\(peer)'")
        }
      }
    }
    for broker in brokers {
      for _ in 0..<150 {
        let line = try broker.nextLine()
        XCTAssertNotNil(line.wholeMatch(of: /[0-9A-F]{4}/), line)
      }
    }
    for (broker, signal) in zip(brokers, [SIGINT, SIGTERM, SIGINT]) { try stop(broker, with: signal) }
    for broker in brokers { XCTAssertFalse(broker.output.contains("E:"), broker.output) }
  }

  func testBrokerWithoutWorkersHasItsTasksDoneByPeers() throws {
    let folder = try makeFolder()
    let arguments = ["--directory=\(folder)", "--second=10"]
    let busy = try start("peering3", ["DC1", "DC2", "DC3", "--clients=1", "--workers=0"] + arguments)
    let peers = [
      try start("peering3", ["DC2", "DC1", "DC3", "--clients=0", "--workers=1"] + arguments),
      try start("peering3", ["DC3", "DC1", "DC2", "--clients=0", "--workers=1"] + arguments),
    ]
    for _ in 0..<5 { _ = try busy.nextLine() }
    for _ in 0..<50 {
      let line = try busy.nextLine()
      XCTAssertNotNil(line.wholeMatch(of: /[0-9A-F]{4}/), line)
    }
    for broker in [busy] + peers { try stop(broker) }
  }

  func testTaskGoesToThePeerOnlyWhileAllWorkersAreBusy() throws {
    let (folder, cloud) = try makePeer()
    let publisher = try context.socket(.xpub)
    try publisher.bind("ipc://\(folder)/X-state.ipc")
    let broker = try start("peering3", "A", "X", "--directory=\(folder)", "--clients=0", "--workers=0", "--second=20")
    let states = try context.socket(.sub)
    try states.subscribe(to: "")
    try states.connect("ipc://\(folder)/A-state.ipc")
    XCTAssertEqual(try receive(from: states), ["A", "0"])

    // The first task goes to our worker, although the peer has one as well.
    XCTAssertEqual(Subscription(try receive(from: publisher)), .subscribe(to: ""))
    try publisher.send(["X", "1"])
    let worker = try context.socket(.dealer)
    try worker.connect("ipc://\(folder)/A-localbe.ipc")
    try worker.send(["", "\u{1}"])
    try waitForState(["A", "1"], from: states)
    let clients = try ["one", "two", "three"].map { try makeClient($0, of: "A", in: folder) }
    try clients[0].send("0001")
    XCTAssertEqual(try receive(from: worker), ["", "one", "", "0001"])
    try waitForState(["A", "0"], from: states)

    // The second one finds our worker busy, and the third one the peer's as well.
    try clients[1].send("0002")
    var poller = Poller()
    poller.add(cloud, for: .readable)
    // Should the broker have heard of the peer before it was connected, then it has to hear of it again.
    while try poller.wait(timeout: .seconds(1)).isEmpty, remainingTime > .zero { try publisher.send(["X", "1"]) }
    XCTAssertEqual(try receive(from: cloud), ["A", "two", "", "0002"])
    try clients[2].send("0003")
    XCTAssertTrue(try poller.wait(timeout: .milliseconds(100)).isEmpty)
    try cloud.send(["A", "two", "", "0002"])
    XCTAssertEqual(try receive(from: clients[1]), "0002")
    try publisher.send(["X", "1"])
    XCTAssertEqual(try receive(from: cloud), ["A", "three", "", "0003"])
    try cloud.send(["A", "three", "", "0003"])
    XCTAssertEqual(try receive(from: clients[2]), "0003")

    try worker.send(["", "one", "", "0001"])
    XCTAssertEqual(try receive(from: clients[0]), "0001")
    try waitForState(["A", "1"], from: states)

    let monitor = try context.socket(.push)
    try monitor.connect("ipc://\(folder)/A-monitor.ipc")
    try monitor.send("0001")
    try broker.waitForOutput("\n0001\n")
    try stop(broker)
  }

  func testWorkersOfTheLastPartServePeers() throws {
    let folder = try makeFolder()
    let broker = try start("peering3", "A", "X", "--directory=\(folder)", "--clients=0", "--workers=1", "--second=20")
    try checkService(for: "X", by: "A", in: folder, request: "C0DE", reply: "C0DE")
    try stop(broker, with: SIGINT)
  }

  /// Starts three brokers that are each other's peers.
  private func startThree(_ program: String, _ options: String...) throws -> [Program] {
    let folder = try makeFolder()
    return try names.map { name in
      try start(program, [name] + names.filter { $0 != name } + ["--directory=\(folder)"] + options)
    }
  }

  /// The cloud frontend of a broker X that a test plays.
  private func makePeer() throws -> (folder: String, cloud: RouterSocket) {
    let folder = try makeFolder()
    let cloud = try context.socket(.router)
    try cloud.set(.routingID, to: "X")
    try cloud.bind("ipc://\(folder)/X-cloud.ipc")
    return (folder, cloud)
  }

  private func makeClient(_ id: Frame, of broker: String, in folder: String) throws -> ReqSocket {
    let client = try context.socket(.req)
    try client.set(.routingID, to: id)
    try client.connect("ipc://\(folder)/\(broker)-localfe.ipc")
    return client
  }

  /// Sends a broker the request of a peer's client.
  private func checkService(for peer: Frame, by broker: String, in folder: String, request: Frame, reply: Frame) throws {
    let cloud = try context.socket(.dealer)
    try cloud.set(.routingID, to: peer)
    try cloud.connect("ipc://\(folder)/\(broker)-cloud.ipc")
    try cloud.send(["somebody", "", request])
    XCTAssertEqual(try receive(from: cloud), ["somebody", "", reply])
  }

  /// Reads states, which come again and again, until one is this.
  private func waitForState(_ state: Message, from states: SubSocket) throws {
    while try receive(from: states) != state {}
  }
}
