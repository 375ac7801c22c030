import Foundation
import XCTest
import ZeroMQ

final class ReactorTests: ZeroMQTestCase {
  func testHandlersAreCalledForTheirSockets() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let (server, client) = try pair(.rep, .req, over: transport)
      var received: [Message] = []
      let reactor = Reactor()
      reactor.add(pull) { reactor in
        received.append(try pull.receive())
        try client.send("request")
      }
      reactor.add(server) { _ in
        received.append(try server.receive())
        try server.send("reply")
      }
      reactor.add(client) { reactor in
        received.append(try client.receive())
        reactor.stop()
      }
      try push.send("task")
      try reactor.run()
      XCTAssertEqual(received, ["task", "request", "reply"], "over \(transport)")
    }
  }

  func testHandlersRunInTheOrderInWhichTheyWereAdded() throws {
    let sockets = try (0..<3).map { _ in try pair(.pull, .push, over: .inproc) }
    var order: [Int] = []
    let reactor = Reactor()
    for index in [2, 0, 1] {
      reactor.add(sockets[index].0) { reactor in
        _ = try sockets[index].0.receive()
        order.append(index)
        reactor.remove(sockets[index].0)
      }
    }
    for (_, push) in sockets { try push.send("now") }
    try reactor.run()
    XCTAssertEqual(order, [2, 0, 1])
  }

  func testReactorWithoutAnythingToWaitForReturns() throws {
    try Reactor().run()
  }

  func testRunReturnsWhenTheLastSocketIsRemoved() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    let reactor = Reactor()
    reactor.add(pull) { reactor in XCTAssertTrue(reactor.remove(pull)) }
    try push.send("stays")
    try reactor.run()
    XCTAssertFalse(reactor.remove(pull))
    XCTAssertEqual(try next(pull), "stays")
  }

  func testMessagesWaitWhileTheSocketIsChangedToNothing() throws {
    let (frontend, client) = try pair(.pull, .push, over: .inproc)
    let (backend, worker) = try pair(.pull, .push, over: .inproc)
    var log: [Message] = []
    let reactor = Reactor()
    reactor.add(frontend, for: []) { reactor in
      log.append(try frontend.receive())
      reactor.change(frontend, to: [])
      if log.count == 4 { reactor.stop() } else { try worker.send("ready") }
    }
    reactor.add(backend) { reactor in
      log.append(try backend.receive())
      XCTAssertTrue(reactor.change(frontend, to: .readable))
    }
    for request in ["first", "second", "third"] as [Message] { try client.send(request) }
    try worker.send("ready")
    try reactor.run()
    XCTAssertEqual(log, ["ready", "first", "ready", "second"])
    XCTAssertEqual(try next(frontend), "third")
  }

  func testHandlerIsNotCalledOnceAnEarlierOneHasChangedOrRemovedItsSocket() throws {
    for isRemoved in [true, false] {
      let (first, _) = try readySocket()
      let (second, _) = try readySocket()
      let reactor = Reactor()
      reactor.add(first) { reactor in
        _ = try first.receive()
        if isRemoved { reactor.remove(second) } else { reactor.change(second, to: []) }
        reactor.schedule(after: .zero) { reactor in reactor.stop() }
      }
      reactor.add(second) { _ in XCTFail("called after it was paused") }
      try reactor.run()
      XCTAssertEqual(try next(second), "ready")
    }
  }

  func testStopLeavesTheRestForTheNextRun() throws {
    let (first, _) = try readySocket()
    let (second, _) = try readySocket()
    var calls: [String] = []
    let reactor = Reactor()
    reactor.add(first) { reactor in
      _ = try first.receive()
      calls.append("first")
      reactor.stop()
    }
    reactor.add(second) { reactor in
      _ = try second.receive()
      calls.append("second")
      reactor.stop()
    }
    reactor.schedule(after: .zero) { _ in calls.append("timer") }
    try reactor.run()
    XCTAssertEqual(calls, ["first"])
    try reactor.run()
    XCTAssertEqual(calls, ["first", "second"])
    reactor.remove(first)
    reactor.remove(second)
    try reactor.run()
    XCTAssertEqual(calls, ["first", "second", "timer"])
  }

  func testSocketThatIsAddedAgainGetsTheNewHandler() throws {
    let (pull, _) = try readySocket()
    let reactor = Reactor()
    reactor.add(pull) { _ in XCTFail("the former handler was called") }
    reactor.add(AnySocket(pull)) { reactor in reactor.stop() }
    try reactor.run()
    XCTAssertTrue(reactor.remove(pull))
    try reactor.run()
  }

  func testHandlerWaitsForSending() throws {
    let push = try context.socket(.push)
    let endpoint = try push.bind("tcp://127.0.0.1:*")
    let pull = try context.socket(.pull)
    let reactor = Reactor()
    reactor.add(push, for: .writable) { reactor in
      try push.send("now")
      reactor.stop()
    }
    reactor.schedule(after: .zero) { _ in try pull.connect(endpoint) }
    try reactor.run()
    XCTAssertEqual(try next(pull), "now")
  }

  func testHandlersAreCalledForFileDescriptors() throws {
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    try pipe.fileHandleForWriting.write(contentsOf: Data("ab".utf8))
    var bytes: [UInt8] = []
    let reactor = Reactor()
    reactor.add(fileDescriptor: descriptor) { reactor in
      bytes += pipe.fileHandleForReading.readData(ofLength: 1)
      if bytes.count == 1 {
        XCTAssertTrue(reactor.change(fileDescriptor: descriptor, to: []))
        reactor.schedule(after: .zero) { $0.change(fileDescriptor: descriptor, to: .readable) }
      } else {
        XCTAssertTrue(reactor.remove(fileDescriptor: descriptor))
      }
    }
    try reactor.run()
    XCTAssertEqual(bytes, Array("ab".utf8))
    XCTAssertFalse(reactor.change(fileDescriptor: descriptor, to: .readable))
  }

  func testHandlerIsCalledForTheEndOfAPipe() throws {
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    try pipe.fileHandleForWriting.close()
    var calls = 0
    let reactor = Reactor()
    reactor.add(fileDescriptor: descriptor) { reactor in
      calls += 1
      reactor.stop()
    }
    try reactor.run()
    XCTAssertEqual(calls, 1)
  }

  func testTimersAreCalledInTheOrderOfTheirTimes() throws {
    var calls: [String] = []
    let reactor = Reactor()
    let start = ContinuousClock.now
    reactor.schedule(after: .milliseconds(40)) { _ in calls.append("40") }
    reactor.schedule(after: .milliseconds(20)) { _ in calls.append("20") }
    reactor.schedule(after: .milliseconds(-1)) { _ in calls.append("at once") }
    try reactor.run()
    XCTAssertEqual(calls, ["at once", "20", "40"])
    XCTAssertGreaterThanOrEqual(.now - start, .milliseconds(40))
  }

  func testRepeatedTimerIsCalledUntilItIsCancelled() throws {
    var calls = 0
    let reactor = Reactor()
    let start = ContinuousClock.now
    var timer: Reactor.Timer?
    timer = reactor.schedule(after: .milliseconds(10), repeating: true) { reactor in
      calls += 1
      if calls == 4, let timer { XCTAssertTrue(reactor.cancel(timer)) }
    }
    try reactor.run()
    XCTAssertEqual(calls, 4)
    XCTAssertGreaterThanOrEqual(.now - start, .milliseconds(40))
    if let timer { XCTAssertFalse(reactor.cancel(timer)) }
  }

  func testMissedCallsOfARepeatedTimerAreLeftOut() throws {
    var calls: [ContinuousClock.Instant] = []
    let reactor = Reactor()
    reactor.schedule(after: .milliseconds(100), repeating: true) { reactor in
      calls.append(.now)
      if calls.count == 3 { return reactor.stop() }
      // The first call takes so long that the second is late, and more should have followed it.
      while calls.count == 1, .now < calls[0] + .milliseconds(350) {}
    }
    try reactor.run()
    XCTAssertGreaterThan(calls[2] - calls[1], .milliseconds(50))
  }

  func testTimerThatAnEarlierOneCancelsIsNotCalled() throws {
    let reactor = Reactor()
    var second: Reactor.Timer?
    reactor.schedule(after: .zero) { reactor in
      if let second { XCTAssertTrue(reactor.cancel(second)) }
    }
    second = reactor.schedule(after: .zero) { _ in XCTFail("called although cancelled") }
    try reactor.run()
  }

  func testBusySocketDoesNotKeepTimersWaiting() throws {
    let (pull, _) = try readySocket()
    let reactor = Reactor()
    reactor.add(pull) { _ in }
    reactor.schedule(after: .milliseconds(10)) { reactor in reactor.stop() }
    try reactor.run()
  }

  func testErrorOfAHandlerEndsTheRunAndTheNextOneGoesOn() throws {
    let (pull, _) = try readySocket()
    var fails = true
    let reactor = Reactor()
    reactor.add(pull) { reactor in
      if fails { throw ZeroMQError(.hostUnreachable, operation: "handler") }
      reactor.stop()
    }
    let error = assertThrows(.hostUnreachable) { try reactor.run() }
    XCTAssertEqual(error?.operation, "handler")
    fails = false
    try reactor.run()
  }

  func testShutdownEndsTheRun() throws {
    for transport in Transport.allCases {
      let context = try Context(.init(blocky: false))
      let started = DispatchSemaphore(value: 0)
      let thread = TestThread {
        let pull = try context.socket(.pull)
        try pull.bind(transport.newEndpoint())
        let reactor = Reactor()
        reactor.add(pull) { _ in XCTFail("nothing was sent") }
        reactor.schedule(after: .zero) { _ in started.signal() }
        do {
          try reactor.run()
          XCTFail("nothing was thrown")
        } catch {
          XCTAssertEqual((error as? ZeroMQError)?.code, .contextTerminated)
        }
      }
      XCTAssertEqual(started.wait(timeout: .now() + Self.patience.seconds), .success)
      context.shutdown()
      try thread.join()
      try context.terminate()
    }
  }

  func testClosedSocketIsAnError() throws {
    let pull = try context.socket(.pull)
    let reactor = Reactor()
    reactor.add(pull) { _ in }
    pull.close()
    assertThrows(.notSocket) { try reactor.run() }
    reactor.remove(pull)
    try reactor.run()
  }

  func testReactorThatIsGoneLetsItsSocketsGo() throws {
    let context = try Context(.init(blocky: false))
    do {
      let pull = try context.socket(.pull)
      let reactor = Reactor()
      reactor.add(pull) { reactor in
        _ = try pull.receive()
        reactor.stop()
      }
      reactor.schedule(after: .zero) { reactor in reactor.stop() }
      try reactor.run()
    }
    // Would wait for ever for a socket that is still open.
    try context.terminate()
  }

  /// A socket with a message to receive.
  private func readySocket() throws -> (PullSocket, PushSocket) {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    try push.send("ready")
    return (pull, push)
  }
}
