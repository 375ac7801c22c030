import Foundation
import Synchronization
import XCTest
import ZeroMQ

final class ShutdownTests: ZeroMQTestCase {
  /// Blocks several threads, shuts their context down, and checks how the calls end.
  private func assertShutdownEnds(
    file: StaticString = #filePath, line: UInt = #line, _ block: @escaping @Sendable (Context) throws -> Void
  ) throws {
    let (context, started) = (context, DispatchSemaphore(value: 0))
    let threads = (0..<4).map { _ in
      TestThread {
        started.signal()
        XCTAssertEqual(thrownCode { try block(context) }, .contextTerminated, file: file, line: line)
      }
    }
    for _ in threads { started.wait() }
    letOthersBlock()
    context.shutdown()
    for thread in threads { try thread.join(file: file, line: line) }
  }

  func testShutdownWakesReceivers() throws {
    try assertShutdownEnds { context in
      let socket = try context.socket(.pull)
      try socket.bind("tcp://127.0.0.1:*")
      _ = try socket.receive()
    }
  }

  func testShutdownWakesReceiversWithTimeout() throws {
    try assertShutdownEnds { context in
      let socket = try context.socket(.pull)
      _ = try socket.receive(timeout: .seconds(20))
    }
  }

  func testShutdownWakesReceiversWithTimeoutOption() throws {
    try assertShutdownEnds { context in
      let socket = try context.socket(.pull)
      try socket.set(.raw(27), to: 20_000)
      _ = try socket.receive()
    }
  }

  func testShutdownWakesSenders() throws {
    try assertShutdownEnds { context in
      let socket = try context.socket(.push)
      try socket.send("to nobody")
    }
  }

  func testShutdownWakesSendersWithTimeout() throws {
    try assertShutdownEnds { context in
      let socket = try context.socket(.push)
      _ = try socket.send("to nobody", timeout: .seconds(20))
    }
  }

  func testShutdownWakesSendersAtTheHighWaterMark() throws {
    try assertShutdownEnds { context in
      let socket = try context.socket(.push)
      try socket.set(.raw(23), to: 1)
      try socket.connect("tcp://127.0.0.1:1")
      for _ in 0..<1000 { try socket.send("to nobody") }
    }
  }

  func testShutdownWakesPollers() throws {
    try assertShutdownEnds { context in
      let (first, second) = (try context.socket(.pull), try context.socket(.pull))
      var poller = Poller()
      poller.add(first, for: .readable)
      poller.add(second, for: .readable)
      _ = try poller.wait()
    }
  }

  func testShutdownEndsProxies() throws {
    let (context, started) = (context, DispatchSemaphore(value: 0))
    let threads = (0..<3).map { _ in
      TestThread {
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        started.signal()
        try proxy(frontend: pull, backend: push)
      }
    }
    for _ in threads { started.wait() }
    letOthersBlock()
    context.shutdown()
    for thread in threads { try thread.join() }
  }

  func testEveryCallThrowsAfterShutdown() throws {
    let socket = try context.socket(.pair)
    context.shutdown()
    assertThrows(.contextTerminated) { _ = try socket.receive() }
    assertThrows(.contextTerminated) { _ = try socket.receiveIfReady() }
    assertThrows(.contextTerminated) { _ = try socket.receive(timeout: .seconds(20)) }
    assertThrows(.contextTerminated) { try socket.send("x") }
    assertThrows(.contextTerminated) { _ = try socket.sendIfReady("x") }
    assertThrows(.contextTerminated) { _ = try socket.send("x", timeout: .seconds(20)) }
    assertThrows(.contextTerminated) { try socket.bind("tcp://127.0.0.1:*") }
    assertThrows(.contextTerminated) { try socket.connect("tcp://127.0.0.1:1") }
    assertThrows(.contextTerminated) { try socket.set(.linger, to: .zero) }
    assertThrows(.contextTerminated) { _ = try socket.get(.linger) }
    var poller = Poller()
    poller.add(socket, for: .readable)
    assertThrows(.contextTerminated) { _ = try poller.wait() }
  }

  func testShutdownMayBeRepeated() throws {
    let socket = try context.socket(.pull)
    context.shutdown()
    context.shutdown()
    assertThrows(.contextTerminated) { _ = try socket.receive() }
  }

  func testShutdownOfAContextWithoutSocketsIsAllowed() throws {
    let context = try Context()
    context.shutdown()
    try context.terminate()
  }

  func testShutdownFromSeveralThreadsAtOnce() throws {
    for _ in 0..<20 {
      let context = try Context(.init(blocky: false))
      let socket = try context.socket(.pull)
      let threads = (0..<4).map { _ in TestThread { context.shutdown() } }
      for thread in threads { try thread.join() }
      assertThrows(.contextTerminated) { _ = try socket.receive() }
    }
  }

  func testNoSocketAfterShutdown() throws {
    context.shutdown()
    let error = assertThrows(.contextTerminated) { _ = try context.socket(.rep) }
    XCTAssertEqual(error?.subject, "REP")
  }

  func testLimitsCanBeReadAfterShutdown() throws {
    context.shutdown()
    XCTAssertEqual(try context.maximumSockets, 1023)
  }

  func testMessagesSentBeforeShutdownAreDelivered() throws {
    let pull = try context.socket(.pull)
    let endpoint = try pull.bind("tcp://127.0.0.1:*")
    let other = try Context()
    let push = try other.socket(.push)
    try push.connect(endpoint)
    try push.send("sent before")
    other.shutdown()
    push.close()
    XCTAssertEqual(try next(pull), "sent before")
    try other.terminate()
  }

  func testSocketsAreMadeAndClosedWhileAnotherThreadTerminates() throws {
    for _ in 0..<10 {
      let context = try Context(.init(blocky: false))
      let threads = (0..<3).map { _ in
        TestThread {
          let code = thrownCode {
            while true {
              let socket = try context.socket(.pair)
              try socket.bind(Transport.inproc.newEndpoint())
              socket.close()
            }
          }
          // The making of a socket outruns libzmq's closing.
          XCTAssertTrue(code == .contextTerminated || code == .tooManyOpenFiles, "\(String(describing: code))")
        }
      }
      letOthersBlock()
      try context.terminate()
      for thread in threads { try thread.join() }
    }
  }
}
