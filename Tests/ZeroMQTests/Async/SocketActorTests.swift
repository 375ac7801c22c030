import Foundation
import XCTest
import ZeroMQ

/// Actors with sockets.
final class SocketActorTests: AsyncTestCase {
  /// An actor that lives on a socket executor.
  private actor Server {
    private let executor: SocketExecutor
    private let socket: RepSocket
    private(set) var count = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(_ socket: sending RepSocket, on executor: SocketExecutor) {
      self.executor = executor
      self.socket = socket
    }

    func serve() async throws {
      let thread = currentThread()
      for try await request in socket.messages {
        XCTAssertEqual(currentThread(), thread)
        assertIsolated()
        count += 1
        try await socket.send(["re"] + request)
        XCTAssertEqual(currentThread(), thread)
      }
    }

    func close() { socket.close() }

    func thread() -> UInt { currentThread() }

    nonisolated func countIfIsolated() -> Int {
      preconditionIsolated()
      return assumeIsolated { $0.count }
    }

    func countFromWithin() -> Int { countIfIsolated() }
  }

  func testPinnedActorStaysOnItsThread() async throws {
    for transport in Transport.allCases {
      let rep = try context.socket(.rep)
      let endpoint = try rep.bind(transport.newEndpoint())
      let executor = SocketExecutor()
      let thread = await executor.run { currentThread() }
      let server = Server(rep, on: executor)
      let serving = Task { try await server.serve() }
      let req = try context.socket(.req)
      try req.connect(endpoint)
      for number in 0..<50 {
        let reply = try await req.request(Message("\(number)"), timeout: Self.patience)
        XCTAssertEqual(reply, ["re", Frame("\(number)")])
        // Others come in while it waits for its next request.
        let count = await server.count
        XCTAssertEqual(count, number + 1)
        let actorThread = await server.thread()
        XCTAssertEqual(actorThread, thread)
      }
      await server.close()
      try await assertPrompt("closing") { try await serving.value }
    }
  }

  func testIsolationIsKnownOnTheThread() async throws {
    let executor = SocketExecutor()
    let server = Server(try context.socket(.rep), on: executor)
    let fromWithin = await server.countFromWithin()
    XCTAssertEqual(fromWithin, 0)
    XCTAssertEqual(executor.isIsolatingCurrentContext(), false)
    let fromTheExecutor = await executor.run { (executor.isIsolatingCurrentContext(), server.countIfIsolated()) }
    XCTAssertEqual(fromTheExecutor.0, true)
    XCTAssertEqual(fromTheExecutor.1, 0)
    let other = await SocketExecutor().run { executor.isIsolatingCurrentContext() }
    XCTAssertEqual(other, false)
  }

  func testActorsShareAnExecutor() async throws {
    let executor = SocketExecutor()
    let (rep, second) = (try context.socket(.rep), try context.socket(.rep))
    let endpoints = [try rep.bind(Transport.tcp.newEndpoint()), try second.bind(Transport.tcp.newEndpoint())]
    let servers = [Server(rep, on: executor), Server(second, on: executor)]
    let serving = servers.map { server in Task { try await server.serve() } }
    for endpoint in endpoints {
      let req = try context.socket(.req)
      try req.connect(endpoint)
      for number in 0..<20 {
        let reply = try await req.request(Message("\(number)"), timeout: Self.patience)
        XCTAssertEqual(reply, ["re", Frame("\(number)")])
      }
    }
    let threads = [await servers[0].thread(), await servers[1].thread()]
    XCTAssertEqual(threads[0], threads[1])
    for task in serving {
      task.cancel()
      await assertPrompt("cancellation") { await assertCancelled { try await task.value } }
    }
  }

  /// What a pinned actor does is run by its executor, whatever the task prefers.
  func testPinnedActorIsCalledFromAnotherExecutor() async throws {
    let (own, other) = (SocketExecutor(), SocketExecutor())
    let server = Server(try context.socket(.rep), on: own)
    let thread = await own.run { currentThread() }
    let actorThread = await other.run {
      let before = currentThread()
      let actorThread = await server.thread()
      XCTAssertEqual(currentThread(), before)
      return actorThread
    }
    XCTAssertEqual(actorThread, thread)
  }

  @PlainActor
  func testDefaultActorKeepsItsIsolationWhileItWaits() async throws {
    for transport in Transport.allCases {
      let (rep, req) = try pair(.rep, .req, over: transport)
      let server = Task {
        for try await request in rep.messages {
          PlainActor.assertIsolated()
          try await rep.send(request)
        }
      }
      for number in 0..<50 {
        let reply = try await req.request(Message("\(number)"), timeout: Self.patience)
        PlainActor.assertIsolated()
        XCTAssertEqual(reply, Message("\(number)"))
      }
      server.cancel()
      await assertPrompt("cancellation") { await assertCancelled { try await server.value } }
    }
  }

  @MainActor
  func testMainActorKeepsItsIsolationWhileItWaits() async throws {
    for transport in Transport.allCases {
      let (rep, req) = try pair(.rep, .req, over: transport)
      let server = Task {
        for try await request in rep.messages {
          MainActor.assertIsolated()
          try await rep.send(request)
        }
      }
      for number in 0..<50 {
        let reply = try await req.request(Message("\(number)"), timeout: Self.patience)
        XCTAssertTrue(Thread.isMainThread)
        XCTAssertEqual(reply, Message("\(number)"))
      }
      server.cancel()
      await assertPrompt("cancellation") { await assertCancelled { try await server.value } }
    }
  }

  @MainActor
  func testWhatRunsForTheMainActorLeavesItsThread() async throws {
    let main = currentThread()
    let thread = await SocketExecutor().run { currentThread() }
    XCTAssertNotEqual(thread, main)
    XCTAssertEqual(currentThread(), main)
  }
}
