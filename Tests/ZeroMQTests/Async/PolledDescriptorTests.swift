import Foundation
import XCTest
import ZeroMQ

/// Descriptors that executors poll: those of sockets that are closed or moved meanwhile, and others.
final class PolledDescriptorTests: AsyncTestCase {
  func testSocketIsWokenOnEachExecutorThatItMovesTo() async throws {
    let executors = (0..<3).map { _ in SocketExecutor() }
    for transport in Transport.allCases {
      let socket = try Self.makePair(in: context)
      let endpoint = try socket.bind(transport.newEndpoint())
      let peer = try Self.makePair(in: context)
      try peer.connect(endpoint)
      let owner = PlainOwner(socket)
      for number in 0..<60 {
        // The actor has no executor of its own: the task waits on its own, or else on the shared one.
        let receiver = Task(executorPreference: number % 4 == 3 ? nil : executors[number % 4]) {
          try await owner.receive(as: number)
        }
        if number % 2 == 0 { await owner.waitForArrivals(number + 1) }
        try await peer.send(Message("\(number)"))
        let message = try await assertPrompt("\(transport)") { try await receiver.value }
        XCTAssertEqual(message, Message("\(number)"))
      }
    }
  }

  /// Returns when the tasks of an executor wait inside their actor.
  ///
  /// Each enters it by a further job. A second task that came meanwhile could be run, and wait, on the thread of the first.
  private func letTasksWait(on executor: SocketExecutor) async {
    for _ in 0..<10 { await executor.run {} }
  }

  func testTasksOfSeveralExecutorsWaitForOneSocketWhileOneIsShutDown() async throws {
    for transport in Transport.allCases {
      let (first, second) = (SocketExecutor(), SocketExecutor())
      let socket = try Self.makePair(in: context)
      let endpoint = try socket.bind(transport.newEndpoint())
      let peer = try Self.makePair(in: context)
      try peer.connect(endpoint)
      let owner = PlainOwner(socket)
      let poller = Task(executorPreference: first) { try await owner.wait(for: .readable) }
      await letTasksWait(on: first)
      let receiver = Task(executorPreference: second) { try await owner.receive() }
      await letTasksWait(on: second)
      first.shutdown()
      await assertPrompt("shutdown") { await assertCancelled { _ = try await poller.value } }
      try await peer.send("for the other")
      let message = try await assertPrompt("\(transport)") { try await receiver.value }
      XCTAssertEqual(message, "for the other")
    }
  }

  func testSocketWithTheDescriptorOfAClosedOneIsWoken() async throws {
    let executor = SocketExecutor()
    var descriptors: Set<Int32> = []
    for number in 0..<200 {
      let socket = try Self.makePair(in: context)
      descriptors.insert(try socket.get(.fileDescriptor))
      let endpoint = try socket.bind(Transport.inproc.newEndpoint())
      let owner = PinnedOwner(socket, on: executor)
      let receiver = Task { try await owner.receive() }
      await owner.waitForArrivals(1)
      if number % 2 == 0 {
        await owner.close()
        await assertPrompt("closing") { await assertError(.notSocket) { _ = try await receiver.value } }
      } else {
        let peer = try Self.makePair(in: context)
        try peer.connect(endpoint)
        try await peer.send("ready")
        let message = try await assertPrompt("reuse") { try await receiver.value }
        XCTAssertEqual(message, "ready")
      }
    }
    XCTAssertLessThan(descriptors.count, 200, "no descriptor was used again")
  }

  func testWaitsThatBeginDuringAShutdownEnd() async throws {
    let context = context
    for _ in 0..<100 {
      let executor = SocketExecutor()
      let tasks = (0..<4).map { _ in
        Task(executorPreference: executor) {
          let socket = try context.socket(.pull)
          _ = try await socket.receive()
        }
      }
      executor.shutdown()
      for task in tasks { await assertPrompt("shutdown") { await assertCancelled { try await task.value } } }
    }
  }

  @PinnedActor
  func testSeveralPollersWaitForOneDescriptor() async throws {
    let pipe = Pipe()
    let reading = pipe.fileHandleForReading.fileDescriptor
    let tasks = (0..<5).map { _ in
      Task {
        var poller = Poller()
        poller.add(fileDescriptor: reading, for: .readable)
        return try await poller.wait().count
      }
    }
    await letOthersWait()
    try pipe.fileHandleForWriting.write(contentsOf: Data([1]))
    for task in tasks {
      let count = try await assertPrompt("descriptor") { try await task.value }
      XCTAssertEqual(count, 1)
    }
  }

  @PinnedActor
  func testDescriptorOfASocketIsPolledWhileATaskWaitsForTheSocket() async throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    let receiver = Task { try await pull.receive() }
    await letOthersWait()
    var poller = Poller()
    poller.add(fileDescriptor: try pull.get(.fileDescriptor), for: .readable)
    let nothing = try await poller.wait(timeout: .milliseconds(5))
    XCTAssertTrue(nothing.isEmpty)
    try await push.send("one")
    let message = try await assertPrompt("message") { try await receiver.value }
    XCTAssertEqual(message, "one")
  }

  @PinnedActor
  func testRegularFileIsAlwaysReadableAndNeverUrgent() async throws {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: #filePath))
    var poller = Poller()
    poller.add(fileDescriptor: file.fileDescriptor, for: .readable)
    let ready = try await poller.wait(timeout: Self.ages)
    XCTAssertEqual(ready.count, 1)
    poller.change(fileDescriptor: file.fileDescriptor, to: .priority)
    let nothing = try await poller.wait(timeout: .milliseconds(20))
    XCTAssertTrue(nothing.isEmpty)
  }

  @PinnedActor
  func testDescriptorThatIsClosedIsAnError() async throws {
    let pipe = Pipe()
    let reading = pipe.fileHandleForReading.fileDescriptor
    try pipe.fileHandleForReading.close()
    var poller = Poller()
    poller.add(fileDescriptor: reading, for: .readable)
    let ready = try await assertPrompt("closed") { try await poller.wait(timeout: Self.ages) }
    XCTAssertEqual(ready.map(\.events), [.error])
  }
}
