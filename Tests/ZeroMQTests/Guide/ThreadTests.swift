import Foundation
import Synchronization
import XCTest
import ZeroMQ

/// How threads and processes work together: they share a context, and nothing else.
final class ThreadTests: ZeroMQTestCase {
  func testOneContextServesManyThreadsAtOnce() throws {
    for transport in Transport.allCases {
      let context = context
      let threads = (0..<8).map { number in
        TestThread {
          // Each has a server and a client of its own, and all of them use the context at the same time.
          for round in 0..<10 {
            let (rep, req) = (try context.socket(.rep), try context.socket(.req))
            try req.connect(try rep.bind(transport.newEndpoint()))
            try req.send("\(number)/\(round)")
            XCTAssertEqual(try rep.receive(timeout: Self.patience), Message("\(number)/\(round)"), "\(transport)")
            try rep.send("reply")
            XCTAssertEqual(try req.receive(timeout: Self.patience), "reply", "\(transport)")
          }
        }
      }
      for thread in threads { try thread.join() }
    }
  }

  func testManyThreadsMeetAtOneServer() throws {
    for transport in Transport.allCases {
      let (context, router) = (context, try context.socket(.router))
      let endpoint = try router.bind(transport.newEndpoint())
      let clients = (0..<8).map { number in
        TestThread {
          let req = try context.socket(.req)
          try req.connect(endpoint)
          for round in 0..<20 {
            try req.send([Frame("\(number)"), "\(round)"])
            XCTAssertEqual(try req.receive(timeout: Self.patience), [Frame("\(number)"), "\(round)", "reply"], "\(transport)")
          }
        }
      }
      for _ in 0..<8 * 20 { try router.send(try next(router) + ["reply"]) }
      for client in clients { try client.join() }
    }
  }

  /// Starts a thread that owns a socket from now on, and passes everything on to the one that it is connected to.
  private func startEcho(_ socket: sending PairSocket, count: Int) -> TestThread {
    let handover = Handover(socket)
    return TestThread {
      let socket = try handover.take()
      try socket.set(.linger, to: nil)
      for _ in 0..<count {
        let message = try XCTUnwrap(try socket.receive(timeout: Self.patience))
        try socket.send(message + ["echo"])
      }
    }
  }

  func testSocketIsHandedOverWithWhatHasAlreadyCome() throws {
    for transport in Transport.allCases {
      let (ours, theirs) = (try context.socket(.pair), try context.socket(.pair))
      try ours.connect(try theirs.bind(transport.newEndpoint()))
      for number in 0..<10 { try ours.send("\(number)") }
      let thread = startEcho(theirs, count: 10)
      for number in 0..<10 { XCTAssertEqual(try next(ours), [Frame("\(number)"), "echo"], "\(transport)") }
      try thread.join()
    }
  }

  func testPAIROverInprocIsTheSignalBetweenThreads() throws {
    // Each step waits for the one before it: none may do its work out of turn.
    let (context, log, steps) = (context, OrderLog(), 5)
    let links = (0..<steps).map { _ in Transport.inproc.newEndpoint() }
    let bound = try links.map { endpoint in
      let socket = try context.socket(.pair)
      try socket.bind(endpoint)
      return Handover(socket)
    }
    let threads = (0..<steps).reversed().map { step in
      TestThread {
        if step > 0 {
          let signal = try bound[step - 1].take()
          XCTAssertEqual(try signal.receive(timeout: Self.patience), "ready")
        }
        log.add(step)
        let next = try context.socket(.pair)
        try next.connect(links[step])
        try next.send("ready")
        try next.set(.linger, to: nil)
      }
    }
    XCTAssertEqual(try bound[steps - 1].take().receive(timeout: Self.patience), "ready")
    for thread in threads { try thread.join() }
    XCTAssertEqual(log.steps, Array(0..<steps))
  }

  func testPAIRTakesNoThirdSocket() throws {
    for transport in Transport.allCases {
      let first = try context.socket(.pair)
      let endpoint = try first.bind(transport.newEndpoint())
      let (second, third) = (try context.socket(.pair), try context.socket(.pair))
      try second.connect(endpoint)
      try second.send("Hello")
      XCTAssertEqual(try next(first), "Hello", "\(transport)")
      try third.connect(endpoint)
      _ = try third.sendIfReady("not heard")
      for number in 0..<10 {
        try first.send("\(number)")
        XCTAssertEqual(try next(second), Message("\(number)"), "\(transport)")
        try second.send("reply")
        XCTAssertEqual(try next(first), "reply", "\(transport)")
      }
      try assertNothingComes(to: first, "\(transport)")
      XCTAssertNil(try third.receiveIfReady(), "\(transport)")
    }
  }

  func testREQAndREPAreTheSignalBetweenProcesses() throws {
    for transport in [Transport.tcp, .ipc] {
      let rep = try context.socket(.rep)
      let endpoint = try rep.bind(transport.newEndpoint())
      let processes = try (0..<3).map { _ in try PeerProcess(connectingTo: endpoint) }
      // All have said that they are ready when the last is told to go on.
      for number in processes.indices {
        XCTAssertEqual(try next(rep), "ready", "\(transport)")
        try rep.send(["go", Frame("\(number)")])
      }
      for process in processes {
        XCTAssertTrue(try process.nextLine().hasPrefix("received "), "\(transport)")
        XCTAssertEqual(process.waitForExit(), 0, "\(transport)")
      }
    }
  }

  func testREPInAnotherProcessAnswersWhenItIsReady() throws {
    for transport in [Transport.tcp, .ipc] {
      let process = try PeerProcess(binding: "rep", to: transport.newEndpoint())
      let req = try context.socket(.req)
      try req.connect(process.endpoint)
      try req.send("are you ready?")
      XCTAssertEqual(try next(req), ["echo", "are you ready?"], "\(transport)")
      XCTAssertEqual(try process.nextLine(), "received are you ready?", "\(transport)")
    }
  }
}

/// The order in which threads did something.
private final class OrderLog: Sendable {
  private let log = Mutex<[Int]>([])

  var steps: [Int] { log.withLock(\.self) }

  func add(_ step: Int) {
    log.withLock { $0.append(step) }
  }
}
