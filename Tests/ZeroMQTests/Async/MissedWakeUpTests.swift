import XCTest
import ZeroMQ

/// A PAIR and its peer, in the hands of several tasks of one executor.
private actor Bench {
  private let executor: SocketExecutor
  let socket: PairSocket
  let peer: PairSocket

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  init(_ executor: SocketExecutor, _ context: Context) throws {
    self.executor = executor
    socket = try context.socket(.pair)
    peer = try context.socket(.pair)
    for end in [socket, peer] {
      try end.set(.sendHighWaterMark, to: 1)
      try end.set(.receiveHighWaterMark, to: 1)
    }
    try socket.connect(try peer.bind(Transport.inproc.newEndpoint()))
  }

  func receive() async throws -> Message { try await socket.receive() }

  /// Sends until the socket is at its high-water mark, and then waits with one message more.
  func sendOneTooMany() async throws {
    while try socket.sendIfReady("one of many") {}
    try await socket.send("one too many")
  }

  /// Finds nothing; the task that has waited longest looks again, and then is the last of those who wait.
  func lookForMessage() throws { XCTAssertNil(try socket.receiveIfReady()) }

  /// Comes back when the jobs that the executor has been given so far have been run.
  func letOthersRun() async {
    for _ in 0..<10 { await Task.yield() }
  }

  func sendFromPeer(_ messages: [Message]) throws {
    for message in messages { XCTAssertTrue(try peer.sendIfReady(message)) }
  }

  /// Cancels a task that waits and makes the socket writable, before anything else runs, and then waits for something else itself.
  func cancelAndMakeWritable(_ task: Task<Message, any Error>) async throws -> PollEvents {
    task.cancel()
    while try peer.receiveIfReady() != nil {}
    return try await socket.wait(for: .readable)
  }
}

/// Several tasks that wait for one socket.
final class MissedWakeUpTests: ZeroMQTestCase {
  func testSocketWhoseOnlyWaitWasCancelledIsNotTakenForClosed() async throws {
    let executor = SocketExecutor()
    let bench = try Bench(executor, context)
    for message: Message in ["1", "2"] {
      let receiver = Task(executorPreference: executor) { try await bench.receive() }
      await bench.letOthersRun()
      receiver.cancel()
      let result = await receiver.result
      XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
      try await bench.sendFromPeer([message])
      let received = try await bench.receive()
      XCTAssertEqual(received, message)
    }
  }

  func testTaskWhoseTurnComesReceivesWhatIsThereAlready() async throws {
    let executor = SocketExecutor()
    let bench = try Bench(executor, context)
    let first = Task(executorPreference: executor) { try await bench.receive() }
    await bench.letOthersRun()
    let second = Task(executorPreference: executor) { try await bench.receive() }
    await bench.letOthersRun()
    // Both are there before either of the tasks goes on, and nothing tells of the second one.
    try await bench.sendFromPeer(["1", "2"])
    let messages = [try await first.value, try await second.value]
    XCTAssertEqual(messages, ["1", "2"])
  }

  func testCancelledTaskDoesNotKeepFromAnotherWhatAThirdHasNoticed() async throws {
    let executor = SocketExecutor()
    let bench = try Bench(executor, context)
    let receiver = Task(executorPreference: executor) { try await bench.receive() }
    await bench.letOthersRun()
    let sender = Task(executorPreference: executor) { try await bench.sendOneTooMany() }
    await bench.letOthersRun()
    // Now the receiver is the first, whom a call of somebody else wakes.
    try await bench.lookForMessage()
    await bench.letOthersRun()
    let waiter = Task(executorPreference: executor) { try await bench.cancelAndMakeWritable(receiver) }
    try await sender.value
    waiter.cancel()
    _ = await waiter.result
  }
}
