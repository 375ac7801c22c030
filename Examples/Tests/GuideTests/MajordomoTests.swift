import Foundation
import XCTest
import ZeroMQ

final class MajordomoTests: GuideTestCase {
  private let brokers = ["mdbroker", "mdbroker-async"]

  func testTwoServicesOfWhichOneLosesAWorkerWhileItWorks() throws {
    for name in brokers {
      let endpoint = try freeEndpoint()
      let broker = try startBroker(name, endpoint)
      let echo = try start("mdworker", endpoint, "echo", "--heartbeat=100")
      let doomed = try start("mdworker", endpoint, "slow", "--heartbeat=100", "--work=60000", "-v")
      try waitForWorkers(of: "slow", at: endpoint)
      let echoClient = try start("mdclient", endpoint, "300")
      let slowClient = try start("mdclient", endpoint, "5", "slow", "--timeout=300", "--tries=200")
      try doomed.waitForOutput("[\"\", \"MDPW01\", 0x02,")
      doomed.end()
      let successor = try start("mdworker", endpoint, "slow", "--heartbeat=100")
      for (client, count) in [(echoClient, 300), (slowClient, 5)] {
        XCTAssertEqual(try client.waitForExit(), 0)
        XCTAssertEqual(client.output, "\(count) requests/replies processed\n")
      }
      for program in [echo, successor, broker] { try stop(program) }
    }
  }

  func testBrokerRoutesBetweenClientsAndWorkers() throws {
    for name in brokers {
      let endpoint = try freeEndpoint()
      let broker = try startBroker(name, endpoint)
      let (client, worker) = (try context.socket(.req), try context.socket(.dealer))
      for socket in [AnySocket(client), AnySocket(worker)] { try socket.connect(endpoint) }
      try client.send(["MDPC01", "upper", "one", "", "two"])
      try worker.send(["", "MDPW01", [1], "upper"])
      let request = try receive(from: worker)
      XCTAssertEqual(request[..<3].map(\.self), ["", "MDPW01", [2]])
      XCTAssertEqual(request[4...].map(\.self), ["", "one", "", "two"])
      try worker.send(["", "MDPW01", [3], request[3], "", "ONE", "TWO"])
      XCTAssertEqual(try receive(from: client), ["MDPC01", "upper", "ONE", "TWO"])
      // Free, it gets heartbeats; a second READY, and it is disconnected and forgotten.
      XCTAssertEqual(try receive(from: worker), ["", "MDPW01", [4]])
      try worker.send(["", "MDPW01", [1], "upper"])
      XCTAssertEqual(try receive(from: worker, skipping: [4]), ["", "MDPW01", [5]])
      try worker.send(["", "MDPW01", [4]])
      XCTAssertEqual(try receive(from: worker), ["", "MDPW01", [5]])
      try worker.send(["", "MDPW09", [1], "upper"])
      try broker.waitForOutput("E: invalid message: ")
      try stop(broker, with: SIGINT)
    }
  }

  func testBrokerForgetsASilentWorkerWithoutDisconnectingIt() throws {
    for name in brokers {
      let endpoint = try freeEndpoint()
      let broker = try startBroker(name, endpoint)
      let worker = try context.socket(.dealer)
      try worker.connect(endpoint)
      try worker.send(["", "MDPW01", [1], "echo"])
      var heartbeats = 0
      while let message = try worker.receive(timeout: .milliseconds(350)) {
        XCTAssertEqual(message, ["", "MDPW01", [4]])
        heartbeats += 1
      }
      XCTAssertTrue(1...3 ~= heartbeats, "\(heartbeats)")
      let lookup = try start("mmiecho", endpoint)
      XCTAssertEqual(try lookup.waitForExit(), 0)
      XCTAssertEqual(lookup.output, "Lookup echo service: 404\n")
      try stop(broker)
    }
  }

  func testWorkerEchoesAndConnectsAnewWhenItIsToldTo() throws {
    let broker = try context.socket(.router)
    let worker = try start("mdworker", try broker.bind("tcp://127.0.0.1:*"), "--heartbeat=200")
    let hello = try receive(from: broker)
    XCTAssertEqual(hello[1...].map(\.self), ["", "MDPW01", [1], "echo"])
    let id = hello[0]
    try broker.send([id, "", "MDPW01", [2], "client", "", "Hello", "", "world"])
    XCTAssertEqual(try receive(from: broker, skipping: [4]), [id, "", "MDPW01", [3], "client", "", "Hello", "", "world"])
    for _ in 0..<5 {
      XCTAssertEqual(try receive(from: broker), [id, "", "MDPW01", [4]])
      try broker.send([id, "", "MDPW01", [4]])
    }
    try broker.send([id, "", "MDPW01", [5]])
    let again = try receive(from: broker, skipping: [4])
    XCTAssertEqual(again[1...].map(\.self), ["", "MDPW01", [1], "echo"])
    XCTAssertNotEqual(again[0], id)
    try stop(worker, with: SIGINT)
  }

  func testWorkerConnectsAnewWhenItsBrokerIsSilent() throws {
    let broker = try context.socket(.router)
    let worker = try start("mdworker", try broker.bind("tcp://127.0.0.1:*"), "--heartbeat=50", "--reconnect=50", "-v")
    var ids: [Frame] = []
    while ids.count < 3 {
      let message = try receive(from: broker)
      if message[3] == [1] { ids.append(message[0]) } else { XCTAssertEqual(message[3...].map(\.self), [[4]]) }
    }
    XCTAssertEqual(Set(ids).count, 3)
    try worker.waitForOutput("W: disconnected from broker, retrying...\n")
    try stop(worker)
  }

  func testClientSendsARequestThreeTimesOnNewSockets() throws {
    let broker = try context.socket(.router)
    let client = try start("mdclient", try broker.bind("tcp://127.0.0.1:*"), "--timeout=100")
    let first = try receive(from: broker)
    XCTAssertEqual(first[1...].map(\.self), ["", "MDPC01", "echo", "Hello world"])
    try broker.send(first)
    let tries = try (0..<3).map { _ in try receive(from: broker) }
    XCTAssertEqual(Set(tries.map(\.first)).count, 3)
    for request in tries { XCTAssertEqual(request[1...].map(\.self), ["", "MDPC01", "echo", "Hello world"]) }
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertEqual(client.output, "1 requests/replies processed\n")
  }

  func testClientCountsAtCtrlC() throws {
    let broker = try context.socket(.router)
    let client = try start("mdclient", try broker.bind("tcp://127.0.0.1:*"), "--timeout=60000")
    for _ in 0..<7 { try broker.send(receive(from: broker)) }
    _ = try receive(from: broker)
    try stop(client, with: SIGINT)
    XCTAssertEqual(client.output, "7 requests/replies processed\n")
  }

  func testAsynchronousClientSendsAllRequestsBeforeItReceives() throws {
    for name in brokers {
      let endpoint = try freeEndpoint()
      let broker = try startBroker(name, endpoint)
      let client = try start("mdclient2", endpoint, "5000", "--timeout=10000")
      try waitForWorkers(of: "mmi.none", at: endpoint, code: "404")  // The broker does not wait for the client.
      let worker = try start("mdworker", endpoint)
      XCTAssertEqual(try client.waitForExit(), 0)
      XCTAssertEqual(client.output, "5000 replies received\n")
      for program in [worker, broker] { try stop(program) }
    }
  }

  func testAsynchronousClientGivesUpWithoutFurtherReplies() throws {
    let broker = try context.socket(.router)
    let client = try start("mdclient2", try broker.bind("tcp://127.0.0.1:*"), "5", "--timeout=200")
    let requests = try (0..<5).map { _ in try receive(from: broker) }
    for request in requests { XCTAssertEqual(request[1...].map(\.self), ["", "MDPC01", "echo", "Hello world"]) }
    for request in requests.prefix(3) { try broker.send(request) }
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertEqual(client.output, "3 replies received\n")
  }

  func testLookupPrintsTheCode() throws {
    let broker = try context.socket(.router)
    let endpoint = try broker.bind("tcp://127.0.0.1:*")
    let lookup = try start("mmiecho", endpoint)
    let request = try receive(from: broker)
    XCTAssertEqual(request[1...].map(\.self), ["", "MDPC01", "mmi.service", "echo"])
    try broker.send(request.dropLast() + ["200"])
    XCTAssertEqual(try lookup.waitForExit(), 0)
    XCTAssertEqual(lookup.output, "Lookup echo service: 200\n")

    let unanswered = try start("mmiecho", endpoint, "--timeout=50")
    for _ in 0..<3 { _ = try receive(from: broker) }
    XCTAssertEqual(try unanswered.waitForExit(), 0)
    XCTAssertEqual(unanswered.output, "E: no response from broker, make sure it's running\n")
  }

  /// The next message of the broker or worker, without those of a command.
  private func receive(from socket: Socket<some ReceivingKind>, skipping command: Frame) throws -> Message {
    while true {
      let message = try receive(from: socket)
      if message.last != command { return message }
    }
  }
}

extension GuideTestCase {
  /// Starts a Majordomo broker with short heartbeats, and waits until it is there.
  func startBroker(_ name: String, _ endpoint: String) throws -> Program {
    let broker = try start(name, endpoint, "--heartbeat=100")
    XCTAssertEqual(try broker.nextLine(), "I: MDP broker is active at \(endpoint)")
    return broker
  }

  /// Waits until a Majordomo broker has a worker of a service.
  func waitForWorkers(of service: Frame, at endpoint: String, code: Frame = "200") throws {
    let client = try context.socket(.req)
    try client.connect(endpoint)
    while true {
      try client.send(["MDPC01", "mmi.service", service])
      if try receive(from: client).last == code { return }
      Thread.sleep(forTimeInterval: 0.01)
    }
  }
}
