import Foundation
import Synchronization
import XCTest
import ZeroMQ

/// The three errors that are part of every program: EAGAIN, ETERM and EINTR.
final class ErrorTests: ZeroMQTestCase {
  private static let transports = [Transport.inproc, .tcp]

  // EAGAIN

  func testEAGAINMeansThatNothingHasComeYet() throws {
    for transport in Self.transports {
      let (pull, push) = try pair(.pull, .push, over: transport)
      XCTAssertNil(try pull.receiveIfReady(), "\(transport)")
      XCTAssertNil(try pull.receive(timeout: .milliseconds(5)), "\(transport)")
      try pull.set(.receiveTimeout, to: .milliseconds(5))
      assertThrows(.wouldBlock) { _ = try pull.receive() }
      // It is no fault: the next message comes as if nothing had been.
      try push.send("Hello")
      XCTAssertEqual(try next(pull), "Hello", "\(transport)")
    }
  }

  func testEAGAINMeansThatNobodyCanTakeAMessageYet() throws {
    for transport in Self.transports {
      let (push, pull) = (try context.socket(.push), try context.socket(.pull))
      let endpoint = try push.bind(transport.newEndpoint())
      XCTAssertFalse(try push.sendIfReady("refused"), "\(transport)")
      XCTAssertFalse(try push.send("refused", timeout: .milliseconds(5)), "\(transport)")
      try push.set(.sendTimeout, to: .milliseconds(5))
      assertThrows(.wouldBlock) { try push.send("refused") }
      try pull.connect(endpoint)
      XCTAssertTrue(try push.send("taken", timeout: Self.patience), "\(transport)")
      XCTAssertEqual(try next(pull), "taken", "\(transport)")
    }
  }

  func testEAGAINIsTheCodeOfAWouldBlock() {
    XCTAssertEqual(ZeroMQError.Code.wouldBlock.rawValue, EAGAIN)
    XCTAssertEqual(ZeroMQError.Code.interrupted.rawValue, EINTR)
  }

  // ETERM

  /// The calls that block for ever, each on sockets of its own.
  private static let blockedCalls: [(name: String, call: @Sendable (Context, Transport, _ ready: () -> Void) throws -> Void)] = [
    (
      "receive",
      { context, transport, ready in
        let socket = try context.socket(.pull)
        try socket.bind(transport.newEndpoint())
        ready()
        _ = try socket.receive()
      }
    ),
    (
      "receive of a frame",
      { context, transport, ready in
        let socket = try context.socket(.pull)
        try socket.bind(transport.newEndpoint())
        var frame = UniqueFrame()
        ready()
        try socket.receive(into: &frame)
      }
    ),
    (
      "receive with a timeout",
      { context, transport, ready in
        let socket = try context.socket(.pull)
        try socket.bind(transport.newEndpoint())
        ready()
        _ = try socket.receive(timeout: .seconds(25))
      }
    ),
    (
      "receive of a reply",
      { context, transport, ready in
        let socket = try context.socket(.req)
        try socket.connect(transport == .tcp ? "tcp://127.0.0.1:1" : transport.newEndpoint())
        try socket.send("nobody is there")
        ready()
        _ = try socket.receive()
      }
    ),
    (
      "send",
      { context, transport, ready in
        let socket = try context.socket(.push)
        try socket.bind(transport.newEndpoint())
        ready()
        try socket.send("nobody is there")
      }
    ),
    (
      "send at the mark",
      { context, transport, ready in
        let socket = try context.socket(.push)
        try socket.set(.sendHighWaterMark, to: 1)
        try socket.connect(transport == .tcp ? "tcp://127.0.0.1:1" : transport.newEndpoint())
        while try socket.sendIfReady("nobody is there") {}
        ready()
        try socket.send("nobody is there")
      }
    ),
    (
      "poll",
      { context, transport, ready in
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        try pull.bind(transport.newEndpoint())
        try push.bind(transport.newEndpoint())
        var poller = Poller()
        poller.add(pull, for: .readable)
        poller.add(push, for: .writable)
        ready()
        _ = try poller.wait()
      }
    ),
  ]

  func testETERMEndsEveryBlockedCallOfManyThreadsAtOneShutdown() throws {
    for transport in Transport.allCases {
      let context = try Context(.init(blocky: false))
      let ready = DispatchSemaphore(value: 0)
      let threads = Self.blockedCalls.flatMap { name, call in
        (0..<3).map { _ in
          TestThread {
            let code = thrownCode { try call(context, transport) { ready.signal() } }
            XCTAssertEqual(code, .contextTerminated, "\(name) over \(transport)")
          }
        }
      }
      let proxies = try (0..<3).map { _ in
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        try pull.bind(transport.newEndpoint())
        try push.bind(transport.newEndpoint())
        let (frontend, backend) = (Handover(pull), Handover(push))
        return TestThread {
          ready.signal()
          try proxy(frontend: frontend.take(), backend: backend.take())
        }
      }
      for _ in threads + proxies { XCTAssertEqual(ready.wait(timeout: .now() + Self.patience.seconds), .success) }
      letOthersBlock()
      context.shutdown()
      for thread in threads + proxies { try thread.join() }
      // All sockets are closed, so nothing keeps the context.
      try context.terminate()
    }
  }

  // EINTR

  func testEINTRIsRetriedUnlessTheContextSaysOtherwise() throws {
    for transport in Transport.allCases {
      let (context, ready) = (context, DispatchSemaphore(value: 0))
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      let (entrance, exit) = (try pull.bind(transport.newEndpoint()), try push.bind(transport.newEndpoint()))
      let peer = TestThread {
        let (push, pull) = (try context.socket(.push), try context.socket(.pull))
        try push.connect(entrance)
        for round in 0..<3 {
          ready.wait()
          // Long enough for some signals.
          Thread.sleep(forTimeInterval: 0.02)
          if round < 2 { try push.send("\(round)") } else { try pull.connect(exit) }
        }
        XCTAssertEqual(try pull.receive(timeout: Self.patience), "sent in spite of signals")
      }
      try SignalStorm.around {
        ready.signal()
        XCTAssertEqual(try pull.receive(), "0", "\(transport)")
        ready.signal()
        var poller = Poller()
        poller.add(pull, for: .readable)
        XCTAssertEqual(try poller.wait().count, 1, "\(transport)")
        XCTAssertEqual(try pull.receive(), "1", "\(transport)")
        ready.signal()
        try push.send("sent in spite of signals")
      }
      try peer.join()
    }
  }

  func testEINTRIsThrownByEveryBlockedCallWhereTheContextSaysSo() throws {
    for transport in Transport.allCases {
      let context = try Context(.init(blocky: false, interruption: .throw))
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try pull.bind(transport.newEndpoint())
      let endpoint = try push.bind(transport.newEndpoint())
      try SignalStorm.around {
        assertThrows(.interrupted) { _ = try pull.receive() }
        assertThrows(.interrupted) { _ = try pull.receive(timeout: .seconds(25)) }
        assertThrows(.interrupted) { try push.send("not sent") }
        var poller = Poller()
        poller.add(pull, for: .readable)
        assertThrows(.interrupted) { _ = try poller.wait() }
        assertThrows(.interrupted) { try proxy(frontend: pull, backend: push) }
      }
      // Nothing was sent, and the sockets work on.
      let other = try context.socket(.pull)
      try other.connect(endpoint)
      while thrownCode({ try push.send("sent") }) == .interrupted {}
      var received: Message?
      while thrownCode({ received = try other.receive(timeout: Self.patience) }) == .interrupted {}
      XCTAssertEqual(received, "sent", "\(transport)")
    }
  }
}
