import XCTest
import ZeroMQ

/// Where a task goes on after it has been suspended.
final class IsolationTests: ZeroMQTestCase {
  /// An actor that lives wherever the system lets it.
  private actor Owner {
    func receive(_ count: Int, in context: Context, at endpoint: String) async throws -> Int {
      let pull = try context.socket(.pull)
      try pull.bind(endpoint)
      var received = 0
      while received < count {
        // The sender is asked for each message, so that the task is suspended for each.
        let sender = Task.detached {
          let push = try context.socket(.push)
          try push.connect(endpoint)
          _ = try await push.wait(for: .writable, timeout: ZeroMQTestCase.patience)
          try await push.send("message")
        }
        guard try await pull.receive(timeout: ZeroMQTestCase.patience) != nil else { return received }
        assertIsolated()
        received += 1
        try await sender.value
      }
      return received
    }
  }

  func testTaskOfAnActorIsBackInItAfterAWait() async throws {
    let received = try await Owner().receive(20, in: context, at: Transport.inproc.newEndpoint())
    XCTAssertEqual(received, 20)
  }
}
