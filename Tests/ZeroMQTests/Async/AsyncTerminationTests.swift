import XCTest
import ZeroMQ

final class AsyncTerminationTests: AsyncTestCase {
  @PinnedActor
  func testTerminationWaitsForTheSocketsOfOtherTasks() async throws {
    let context = try Context()
    let pull = try context.socket(.pull)
    // Ends by the shutdown, and only then lets go of its socket.
    let loop = Task { for try await _ in pull.messages {} }
    await letOthersWait()
    let isOver = Counter()
    let termination = Task {
      try await context.terminate()
      isOver.increment()
    }
    try await assertPrompt("shutdown") { try await loop.value }
    XCTAssertEqual(isOver.value, 0)
    // It waits for an actor that goes on meanwhile.
    await letOthersWait()
    XCTAssertEqual(isOver.value, 0)
    pull.close()
    try await assertPrompt("termination") { try await termination.value }
  }

  func testTerminationDeliversWhatWasSent() async throws {
    for transport in [Transport.ipc, .tcp] {
      let pull = try context.socket(.pull)
      let endpoint = try pull.bind(transport.newEndpoint())
      let own = try Context()
      let push = try own.socket(.push)
      try push.connect(endpoint)
      for number in 0..<100 { try await push.send("\(number)") }
      push.close()
      try await assertPrompt("termination") { try await own.terminate() }
      for number in 0..<100 {
        let message = try await next(from: pull)
        XCTAssertEqual(message, Message("\(number)"))
      }
    }
  }

  func testTerminationIsRepeated() async throws {
    let context = try Context()
    try await context.terminate()
    try await context.terminate()
    XCTAssertEqual(thrownCode { _ = try context.socket(.pull) }, .contextTerminated)
    async let first: Void = context.terminate()
    async let second: Void = context.terminate()
    _ = try await (first, second)
  }

  func testCancellationDoesNotEndTermination() async throws {
    let context = try Context()
    let socket = try Self.makePair(in: context)
    let termination = Task { try await context.terminate() }
    termination.cancel()
    let owner = PlainOwner(socket)
    await assertPrompt("shutdown") { await assertError(.contextTerminated) { _ = try await owner.receive() } }
    await owner.close()
    try await assertPrompt("termination") { try await termination.value }
  }
}
