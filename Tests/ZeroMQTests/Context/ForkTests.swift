import Disturbances
import Foundation
import XCTest
import ZeroMQ

/// What a child made by `fork` without `exec` finds of its parent's contexts and sockets.
final class ForkTests: ZeroMQTestCase {
  private func connectedPair() throws -> (PushSocket, PullSocket) {
    let (pull, push) = try pair(.pull, .push, over: .tcp)
    try push.send("first")
    XCTAssertEqual(try next(pull), "first")
    return (push, pull)
  }

  func testEveryCallOnASocketIsRefusedInAChild() throws {
    let (push, pull) = try connectedPair()
    try pull.set(.receiveTimeout, to: .seconds(1))
    let any = AnySocket(pull)
    ChildChecks.inChild { checks in
      checks.isRefused { _ = try pull.receive() }
      checks.isRefused { _ = try pull.receiveIfReady() }
      checks.isRefused { _ = try pull.receive(timeout: .seconds(5)) }
      var frame = UniqueFrame()
      checks.isRefused { try pull.receive(into: &frame) }
      checks.isRefused { _ = try pull.receiveIfReady(into: &frame) }
      checks.isRefused { try push.send("text") }
      checks.isRefused { try push.send(["two", "frames"]) }
      checks.isRefused { _ = try push.sendIfReady("text") }
      checks.isRefused { _ = try push.send("text", timeout: .seconds(5)) }
      checks.isRefused { try push.send(&frame, more: false) }
      checks.isRefused { try push.set(.linger, to: .zero) }
      checks.isRefused { _ = try push.get(.events) }
      checks.isRefused { try push.bind("tcp://127.0.0.1:*") }
      checks.isRefused { try push.connect("tcp://127.0.0.1:9") }
      checks.isRefused { try push.disconnect("tcp://127.0.0.1:9") }
      checks.isRefused { try push.unbind("tcp://127.0.0.1:9") }
      checks.isRefused { _ = try push.monitor() }
      checks.isRefused { _ = try pull.wait(for: .readable, timeout: .seconds(5)) }
      checks.isRefused { try proxy(frontend: pull, backend: push) }
      checks.isRefused { _ = try any.request("question", timeout: .seconds(5)) }
      checks.isTrue(pull.isClosed && push.isClosed)
    }
  }

  func testEveryCallOnAContextIsRefusedInAChild() throws {
    let context = context
    _ = try connectedPair()
    ChildChecks.inChild { checks in
      checks.isRefused { _ = try context.socket(.pull) }
      checks.isRefused { _ = try context.maximumSockets }
      checks.isRefused { try context.terminate() }
      checks.isRefused { _ = try Authenticator(context) }
      context.shutdown()
    }
    // The parent's context is not shut down.
    _ = try context.socket(.pull)
  }

  func testClosingAndDroppingDoNothingInAChild() throws {
    var ownContext: Context? = try Context()
    var sockets: [AnySocket] = []
    let endpoint = Transport.tcp.newEndpoint()
    let pull = try XCTUnwrap(ownContext).socket(.pull)
    let bound = try pull.bind(endpoint)
    let push = try XCTUnwrap(ownContext).socket(.push)
    try push.connect(bound)
    var monitor: Monitor? = try push.monitor()
    var authenticator: Authenticator? = try Authenticator(XCTUnwrap(ownContext))
    sockets = [AnySocket(pull), AnySocket(push)]
    ChildChecks.inChild { checks in
      checks.isTrue(monitor != nil && authenticator != nil)
      monitor?.stop()
      monitor?.close()
      monitor = nil
      authenticator?.stop()
      authenticator = nil
      for socket in sockets { socket.close() }
      sockets = []
      ownContext = nil
    }
    XCTAssertNotNil(monitor)
    try push.send("after the child")
    XCTAssertEqual(try next(pull), "after the child")
    // It still answers.
    assertThrows(.addressInUse) { _ = try Authenticator(XCTUnwrap(ownContext)) }
    authenticator?.stop()
  }

  func testAChildDoesNotReceiveItsParentsMessages() throws {
    let (push, pull) = try pair(.push, .pull, over: .inproc)
    for number in 0..<200 { try push.send("\(number)") }
    XCTAssertEqual(try pull.receiveIfReady(), "0")
    ChildChecks.inChild { checks in
      for _ in 0..<200 { checks.isRefused { _ = try pull.receiveIfReady() } }
    }
    for number in 1..<200 { XCTAssertEqual(try pull.receiveIfReady(), Message("\(number)")) }
  }

  func testAChildHasContextsOfItsOwn() throws {
    let pull = try context.socket(.pull)
    let endpoint = try pull.bind("tcp://127.0.0.1:*")
    ChildChecks.inChild { checks in
      let context = try Context()
      let push = try context.socket(.push)
      try push.connect(endpoint)
      try push.send("from the child")
      let (first, second) = (try context.socket(.pair), try context.socket(.pair))
      try second.connect(try first.bind("inproc://child"))
      try first.send("inside")
      checks.isTrue(try second.receive(timeout: .seconds(5)) == "inside")
      for socket in [AnySocket(push), AnySocket(first), AnySocket(second)] { socket.close() }
      try context.terminate()
    }
    XCTAssertEqual(try next(pull), "from the child")
  }

  func testAThreadThatOpensSocketsDoesNotHinderAFork() throws {
    let context = context
    let isDone = DispatchSemaphore(value: 0)
    let opener = TestThread {
      while isDone.wait(timeout: .now()) != .success { try context.socket(.pair).close() }
    }
    let (push, pull) = try connectedPair()
    for _ in 0..<20 {
      ChildChecks.inChild { checks in
        checks.isRefused { _ = try pull.receiveIfReady() }
        checks.isRefused { _ = try push.sendIfReady("text") }
        try Context().terminate()
      }
    }
    isDone.signal()
    try opener.join()
  }

  func testASignalOfAChildDoesNotShutItsParentDown() throws {
    let context = context
    try context.shutdownOnSignals([SIGUSR2])
    let ends = try Pipe.makeEnds()
    let child = ForkedChild {
      // SAFETY: one byte is written from a text of one byte.
      unsafe write(ends.writing, "x", 1)
      sleep(10)
      return 0
    }
    var byte: UInt8 = 0
    // SAFETY: one byte is read into one byte.
    while unsafe read(ends.reading, &byte, 1) < 0, errno == EINTR {}
    child.send(SIGUSR2)
    XCTAssertEqual(child.join(), -SIGUSR2)
    let pull = try context.socket(.pull)
    XCTAssertNil(try pull.receive(timeout: .milliseconds(50)))
    signal(SIGUSR2, SIG_DFL)
  }

  func testAChildShutsItsOwnContextDownOnSignals() throws {
    try context.shutdownOnSignals([SIGUSR2])
    ChildChecks.inChild { checks in
      let context = try Context()
      try context.shutdownOnSignals([SIGUSR2])
      let pull = try context.socket(.pull)
      raise(SIGUSR2)
      do { _ = try pull.receive() } catch .contextTerminated { checks.isTrue(true) }
    }
    signal(SIGUSR2, SIG_DFL)
  }

  func testDescriptorsAreClosedInProgramsThatAreExecuted() throws {
    XCTAssertEqual(try PeerProcess.outcome("findDescriptorsToInherit"), "[]")
  }
}

private enum Pipe {
  static func makeEnds() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    // SAFETY: two descriptors are written to two numbers.
    guard unsafe pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
    return (ends[0], ends[1])
  }
}
