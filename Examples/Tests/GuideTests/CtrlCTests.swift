import Foundation
import XCTest
import ZeroMQ

/// Ctrl-C, and the system's request to end, for the servers and brokers: all that was on its way still arrives.
final class CtrlCTests: GuideTestCase {
  /// Both signals that ask a program to end.
  private static let signals = [SIGINT, SIGTERM]

  /// Larger than what the system takes for a client that does not read.
  private static let large = Frame(copying: [UInt8](repeating: 7, count: 200_000))

  /// More such messages than the system's buffers hold.
  private static let many = 60

  /// Starts each of the programs that have two sides, and ends it without anything to do.
  func testIdleBrokersEndOnEitherSignal() throws {
    for name in ["rrbroker", "msgqueue"] {
      for signal in Self.signals {
        let (frontend, backend) = (try freeEndpoint(), try freeEndpoint())
        let broker = try start(name, frontend, backend)
        // It is there, and waits, once something has passed it.
        try pass("Hello", from: frontend, to: backend)
        try stop(broker, with: signal)
        XCTAssertEqual(broker.output, "", "\(name) at signal \(signal)")
      }
    }
  }

  func testIdleServersEndOnEitherSignal() throws {
    for arguments in [["interrupt"], ["mtserver", "0"], ["mtserver-async", "0"], ["hwservice", "0"]] {
      for signal in Self.signals {
        let endpoint = try freeEndpoint()
        let server = try start(arguments[0], endpoint, arguments.last ?? "")
        let client = try context.socket(.req)
        try client.connect(endpoint)
        try client.send("Hello")
        _ = try receive(from: client)
        try stop(server, with: signal)
      }
    }
  }

  func testBrokersSendQueuedRepliesBeforeTheyEnd() throws {
    for name in ["rrbroker", "msgqueue"] {
      for signal in Self.signals {
        let (frontend, backend) = (try freeEndpoint(), try freeEndpoint())
        let broker = try start(name, frontend, backend)
        let (client, worker) = (try slowClient(of: frontend), try context.socket(.dealer))
        try worker.connect(backend)
        try client.send(["", "all of it"])
        let envelope = try receive(from: worker)[...1]
        for number in 0..<Self.many { try worker.send(envelope + [Frame("\(number)"), Self.large]) }
        // The broker has taken them all once it has passed on what came after them.
        let other = try context.socket(.req)
        try other.connect(frontend)
        try other.send("Hello")
        try worker.send(try receive(from: worker))
        XCTAssertEqual(try receive(from: other), "Hello")

        broker.signal(signal)
        for number in 0..<Self.many {
          XCTAssertEqual(try receive(from: client), ["", Frame("\(number)"), Self.large], "\(name) at signal \(signal)")
        }
        XCTAssertEqual(try broker.waitForExit(), 0, "\(name) at signal \(signal)")
      }
    }
  }

  func testInterruptSendsQueuedRepliesBeforeItEnds() throws {
    for signal in Self.signals {
      let endpoint = try freeEndpoint()
      let server = try start("interrupt", endpoint)
      let client = try slowClient(of: endpoint)
      for number in 0..<Self.many { try client.send(["", Frame("\(number)"), Self.large]) }
      // A line is printed when a request has come, so one more shows that the last of these was answered.
      try client.send(["", "one more"])
      for _ in 0...Self.many { XCTAssertEqual(try server.nextLine(), "W: recv") }
      server.signal(signal)
      for number in 0..<Self.many {
        XCTAssertEqual(try receive(from: client), ["", Frame("\(number)"), Self.large], "signal \(signal)")
      }
      XCTAssertEqual(try server.waitForExit(), 0, "signal \(signal)")
    }
  }

  func testThreadsOfTheServerSendTheirRepliesBeforeTheyEnd() throws {
    try checkWorkers("mtserver")
  }

  func testTasksOfTheServerSendTheirRepliesBeforeTheyEnd() throws {
    try checkWorkers("mtserver-async")
  }

  private func checkWorkers(_ name: String) throws {
    for signal in Self.signals {
      let endpoint = try freeEndpoint()
      let server = try start(name, endpoint, "0")
      let (client, other) = (try context.socket(.dealer), try context.socket(.req))
      for socket in [AnySocket(client), AnySocket(other)] { try socket.connect(endpoint) }
      for number in 0..<100 { try client.send(["", "\(number)"]) }
      for _ in 0..<100 { XCTAssertTrue(try server.nextLine().hasPrefix("Received request: ")) }
      // The requests are shared out in turn, so each of the five workers has replied to all of the client's before it replies to
      // one of these.
      for _ in 0..<5 {
        try other.send("Hello")
        XCTAssertEqual(try receive(from: other), "World")
      }
      try stop(server, with: signal)
      for _ in 0..<100 { XCTAssertEqual(try receive(from: client), ["", "World"], "signal \(signal)") }
    }
  }

  func testServerEndsInTheMiddleOfItsWork() throws {
    try checkEndInTheMiddleOfWork("mtserver")
  }

  func testServerOfTasksEndsInTheMiddleOfItsWork() throws {
    try checkEndInTheMiddleOfWork("mtserver-async")
  }

  private func checkEndInTheMiddleOfWork(_ name: String) throws {
    for signal in Self.signals {
      let endpoint = try freeEndpoint()
      let server = try start(name, endpoint, "200")
      let clients = try (0..<5).map { _ in try context.socket(.req) }
      for client in clients {
        try client.connect(endpoint)
        try client.send("Hello")
      }
      XCTAssertEqual(try server.nextLine(), "Received request: [Hello]")
      try stop(server, with: signal)
    }
  }

  func testBrokersEndWhileTheirClientsStillAsk() throws {
    for name in ["rrbroker", "msgqueue"] {
      for signal in Self.signals {
        let (frontend, backend) = (try freeEndpoint(), try freeEndpoint())
        let broker = try start(name, frontend, backend)
        let (client, worker) = (try context.socket(.dealer), try context.socket(.rep))
        try client.connect(frontend)
        try worker.connect(backend)
        for number in 0..<500 { try client.send(["", "\(number)"]) }
        XCTAssertEqual(try receive(from: worker), "0")
        try stop(broker, with: signal)
      }
    }
  }

  /// A client that takes one message at a time, so that its replies queue at the server.
  private func slowClient(of endpoint: String) throws -> DealerSocket {
    let client = try context.socket(.dealer)
    try client.set(.receiveHighWaterMark, to: 1)
    try client.set(.receiveBufferSize, to: 65_536)
    try client.connect(endpoint)
    return client
  }

  /// Passes a request through a broker, and its reply back.
  private func pass(_ request: Frame, from frontend: String, to backend: String) throws {
    let (client, worker) = (try context.socket(.req), try context.socket(.rep))
    try client.connect(frontend)
    try worker.connect(backend)
    try client.send([request])
    XCTAssertEqual(try receive(from: worker), [request])
    try worker.send("World")
    XCTAssertEqual(try receive(from: client), "World")
  }
}
