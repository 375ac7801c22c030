import XCTest
import ZeroMQ

/// What all calls that wait have in common.
final class WaitingFormTests: AsyncTestCase {
  /// A bound PAIR without a peer: neither sending nor receiving is possible.
  @PinnedActor
  private func lonely(_ transport: Transport = .inproc) throws -> (PairSocket, endpoint: String) {
    let socket = try context.socket(.pair)
    return (socket, try socket.bind(transport.newEndpoint()))
  }

  /// Checks that messages go both ways, and that the first ones are these.
  @PinnedActor
  private func assertUsable(_ socket: PairSocket, _ endpoint: String, _ what: String) async throws {
    let peer = try context.socket(.pair)
    try peer.connect(endpoint)
    try await peer.send(["to", "the socket"])
    let received = try await next(from: socket)
    XCTAssertEqual(received, ["to", "the socket"], what)
    try await socket.send(["to", "the peer"])
    let sent = try await next(from: peer)
    XCTAssertEqual(sent, ["to", "the peer"], what)
  }

  @PinnedActor
  func testCancellingAWaitEndsItAndLeavesTheSocketAsItWas() async throws {
    for transport in Transport.allCases {
      for form in WaitingForm.all {
        let (socket, endpoint) = try lonely(transport)
        let task = Task { try await form.run(socket) }
        await letOthersWait()
        task.cancel()
        await assertPrompt(form.name) { await assertCancelled(form.name) { try await task.value } }
        try await assertUsable(socket, endpoint, "\(form.name) over \(transport)")
      }
    }
  }

  @PinnedActor
  func testTaskThatWasCancelledBeforeDoesNotWait() async throws {
    for form in WaitingForm.all {
      let (socket, endpoint) = try lonely()
      let task = Task { try await form.run(socket) }
      task.cancel()
      await assertCancelled(form.name) { try await task.value }
      try await assertUsable(socket, endpoint, form.name)
    }
  }

  @PinnedActor
  func testTaskThatWasCancelledBeforeTakesNoMessage() async throws {
    for form in WaitingForm.receiving {
      let (socket, peer) = try pair(.pair, .pair, over: .inproc)
      try await peer.send(["kept", "whole"])
      let task = Task { try await form.run(socket) }
      task.cancel()
      await assertCancelled(form.name) { try await task.value }
      let message = try await next(from: socket)
      XCTAssertEqual(message, ["kept", "whole"], form.name)
    }
  }

  @PinnedActor
  func testTaskThatWasCancelledBeforeSendsNothing() async throws {
    for form in WaitingForm.sending {
      let (socket, peer) = try pair(.pair, .pair, over: .inproc)
      let task = Task { try await form.run(socket) }
      task.cancel()
      await assertCancelled(form.name) { try await task.value }
      try await socket.send("first")
      let message = try await next(from: peer)
      XCTAssertEqual(message, "first", form.name)
    }
  }

  @PinnedActor
  func testClosingEndsAWait() async throws {
    for transport in Transport.allCases {
      for form in WaitingForm.all {
        let (socket, _) = try lonely(transport)
        let task = Task { try await form.run(socket) }
        await letOthersWait()
        socket.close()
        await assertPrompt(form.name) { await assertError(.notSocket, form.name) { try await task.value } }
        XCTAssertTrue(socket.isClosed)
      }
    }
  }

  @PinnedActor
  func testClosedSocketIsAnError() async throws {
    let (socket, _) = try lonely()
    socket.close()
    for form in WaitingForm.all {
      await assertError(.notSocket, form.name) { try await form.run(socket) }
    }
  }

  @PinnedActor
  func testShutdownEndsAWait() async throws {
    for form in WaitingForm.all {
      let context = try Context()
      let socket = try context.socket(.pair)
      let task = Task { try await form.run(socket) }
      await letOthersWait()
      context.shutdown()
      await assertPrompt(form.name) { await assertError(.contextTerminated, form.name) { try await task.value } }
      await assertError(.contextTerminated, form.name) { try await form.run(socket) }
    }
  }

  @PinnedActor
  func testShutdownFromAnotherThreadEndsAWait() async throws {
    for form in WaitingForm.all {
      let context = try Context()
      let socket = try context.socket(.pair)
      let thread = TestThread { context.shutdown() }
      await assertPrompt(form.name) { await assertError(.contextTerminated, form.name) { try await form.run(socket) } }
      try thread.join()
    }
  }

  @PinnedActor
  func testCancellationFromAnotherThreadEndsAWait() async throws {
    let (socket, endpoint) = try lonely()
    for form in WaitingForm.all {
      for _ in 0..<20 {
        let task = Task { try await form.run(socket) }
        let thread = TestThread { task.cancel() }
        await assertPrompt(form.name) { await assertCancelled(form.name) { try await task.value } }
        try thread.join()
      }
    }
    try await assertUsable(socket, endpoint, "all forms")
  }

  @PinnedActor
  func testWaitEndsWhenThereIsSomething() async throws {
    for transport in Transport.allCases {
      for form in WaitingForm.all {
        let (socket, endpoint) = try lonely(transport)
        let task = Task { try await form.run(socket) }
        await letOthersWait()
        let peer = try context.socket(.pair)
        try peer.connect(endpoint)
        try await peer.send("something")
        try await assertPrompt("\(form.name) over \(transport)") { try await task.value }
      }
    }
  }

  func testWaitEndsWhenThereIsSomethingOffEveryExecutor() async throws {
    let forms: [(String, nonisolated(nonsending) (PairSocket) async throws -> Void)] = [
      ("receive", { _ = try await $0.receive() }),
      ("wait", { _ = try await $0.wait(for: .readable) }),
      ("send", { try await $0.send("hello") }),
    ]
    for transport in Transport.allCases {
      for (name, call) in forms {
        let socket = try context.socket(.pair)
        let endpoint = try socket.bind(transport.newEndpoint())
        let context = context
        let thread = TestThread {
          letOthersBlock()
          let peer = try context.socket(.pair)
          try peer.connect(endpoint)
          try peer.send("something")
          if name == "send" { XCTAssertEqual(try peer.receive(timeout: ZeroMQTestCase.patience), "hello") }
          try peer.set(.linger, to: .seconds(10))
        }
        try await assertPrompt("\(name) over \(transport)") { try await call(socket) }
        try thread.join()
      }
    }
  }
}
