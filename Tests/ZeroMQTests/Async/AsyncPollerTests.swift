import Foundation
import XCTest
import ZeroMQ

final class AsyncPollerTests: AsyncTestCase {
  @PinnedActor
  func testPollerTellsWhichSocketsAreReady() async throws {
    for transport in Transport.allCases {
      let (first, toFirst) = try pair(.pull, .push, over: transport)
      let (second, toSecond) = try pair(.pull, .push, over: transport)
      var poller = Poller()
      poller.add(first, for: .readable)
      poller.add(second, for: .readable)
      for _ in 0..<20 {
        try await toSecond.send("second")
        let ready = try await poller.wait(timeout: Self.patience)
        XCTAssertTrue(ready.contains(second))
        XCTAssertFalse(ready.contains(first))
        let message = try await second.receive()
        XCTAssertEqual(message, "second")
        try await toFirst.send("first")
        let readyFirst = try await poller.wait()
        XCTAssertTrue(readyFirst.contains(first))
        XCTAssertEqual(try first.receiveIfReady(), "first")
      }
    }
  }

  @PinnedActor
  func testPollerIsWokenByAnyOfItsSockets() async throws {
    for transport in Transport.allCases {
      let pairs = try (0..<5).map { _ in try pair(.pull, .push, over: transport) }
      for number in 0..<20 {
        let index = number % 5
        let task = Task {
          var poller = Poller()
          for (pull, _) in pairs { poller.add(pull, for: .readable) }
          let ready = try await poller.wait(timeout: Self.ages)
          XCTAssertEqual(ready.count, 1)
          return ready.contains(pairs[index].0)
        }
        await letOthersWait()
        try await pairs[index].1.send("\(number)")
        let isReady = try await assertPrompt("\(transport)") { try await task.value }
        XCTAssertTrue(isReady)
        let message = try await next(from: pairs[index].0)
        XCTAssertEqual(message, Message("\(number)"))
      }
    }
  }

  @PinnedActor
  func testTimeoutIsAnEmptyResult() async throws {
    let (pull, _) = try pair(.pull, .push, over: .tcp)
    var poller = Poller()
    poller.add(pull, for: .readable)
    for time in [Duration.zero, .seconds(-1), .milliseconds(20)] {
      let start = ContinuousClock.now
      let ready = try await assertPrompt("timeout") { try await poller.wait(timeout: time) }
      XCTAssertTrue(ready.isEmpty)
      XCTAssertGreaterThanOrEqual(ContinuousClock.now - start, time)
    }
  }

  @PinnedActor
  func testEmptyPollerWaitsForItsTimeout() async throws {
    var poller = Poller()
    let start = ContinuousClock.now
    let ready = try await poller.wait(timeout: .milliseconds(20))
    XCTAssertTrue(ready.isEmpty)
    XCTAssertGreaterThanOrEqual(ContinuousClock.now - start, .milliseconds(20))
    await assertError(.invalidArgument) { _ = try await poller.wait() }
    let task = Task {
      var poller = Poller()
      _ = try await poller.wait(timeout: Self.ages)
    }
    await letOthersWait()
    task.cancel()
    await assertPrompt("cancellation") { await assertCancelled { try await task.value } }
  }

  @PinnedActor
  func testClosedSocketIsAnError() async throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    let task = Task {
      var poller = Poller()
      poller.add(push, for: .readable)
      poller.add(pull, for: .readable)
      _ = try await poller.wait()
    }
    await letOthersWait()
    pull.close()
    await assertPrompt("closing") { await assertError(.notSocket) { try await task.value } }
    // What remains of the wait does not keep the other socket.
    XCTAssertNoThrow(try push.get(.events))
    XCTAssertFalse(push.isClosed)
  }

  @PinnedActor
  func testSeveralTasksPollOneSocket() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let tasks = (0..<10).map { _ in Task { try await pull.wait(for: .readable) } }
      let receiver = Task { try await pull.receive() }
      await letOthersWait()
      try await push.send("one")
      let message = try await assertPrompt("\(transport)") { try await receiver.value }
      XCTAssertEqual(message, "one")
      // Whoever looked too late waits on.
      try await push.send("two")
      for task in tasks {
        let events = try await assertPrompt("\(transport)") { try await task.value }
        XCTAssertEqual(events, .readable)
      }
    }
  }

  @PinnedActor
  func testSocketIsWrittenWhenItsPollerSaysSo() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try narrowPair(.pull, .push, over: transport)
      let payload = Frame(copying: Array(repeating: UInt8(7), count: 60_000))
      let count = 200
      let sender = Task {
        for number in 0..<count {
          while try !push.sendIfReady([Frame("\(number)"), payload]) {
            let events = try await push.wait(for: [.readable, .writable])
            XCTAssertEqual(events, .writable)
          }
        }
      }
      for number in 0..<count {
        let message = try await next(from: pull)
        XCTAssertEqual(message.first, Frame("\(number)"))
      }
      try await sender.value
    }
  }

  /// The two ends of a pipe.
  private static func makePipe() throws -> (reading: Int32, writing: Int32) {
    var ends: (Int32, Int32) = (-1, -1)
    // SAFETY: two descriptors are written to two numbers.
    let result = unsafe withUnsafeMutableBytes(of: &ends) { unsafe pipe($0.assumingMemoryBound(to: Int32.self).baseAddress!) }
    XCTAssertEqual(result, 0)
    return ends
  }

  private static func write(_ count: Int, to descriptor: Int32) {
    let bytes = [UInt8](repeating: 1, count: count)
    // SAFETY: as many bytes as there are.
    let written = unsafe bytes.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
    XCTAssertEqual(written, count)
  }

  @PinnedActor
  func testPollerIsWokenByADescriptor() async throws {
    let (pull, _) = try pair(.pull, .push, over: .tcp)
    let (reading, writing) = try Self.makePipe()
    defer { Foundation.close(reading) }
    let task = Task {
      var poller = Poller()
      poller.add(pull, for: .readable)
      poller.add(fileDescriptor: reading, for: .readable)
      var ready = try await poller.wait()
      XCTAssertEqual(ready.count, 1)
      return ready.next()?.concerns(fileDescriptor: reading)
    }
    await letOthersWait()
    Self.write(1, to: writing)
    let isReady = try await assertPrompt("descriptor") { try await task.value }
    XCTAssertEqual(isReady, true)
    Foundation.close(writing)
  }

  @PinnedActor
  func testPollerOfADescriptorIsCancelledAndTimesOut() async throws {
    let (reading, writing) = try Self.makePipe()
    defer {
      Foundation.close(reading)
      Foundation.close(writing)
    }
    var poller = Poller()
    poller.add(fileDescriptor: reading, for: .readable)
    let nothing = try await poller.wait(timeout: .milliseconds(10))
    XCTAssertTrue(nothing.isEmpty)
    let task = Task { [poller] in
      var poller = poller
      _ = try await poller.wait()
    }
    await letOthersWait()
    task.cancel()
    await assertPrompt("cancellation") { await assertCancelled { try await task.value } }
    Self.write(1, to: writing)
    let ready = try await poller.wait()
    XCTAssertEqual(ready.count, 1)
  }

  @PinnedActor
  func testPollerWaitsUntilADescriptorIsWritable() async throws {
    let (reading, writing) = try Self.makePipe()
    defer {
      Foundation.close(reading)
      Foundation.close(writing)
    }
    var poller = Poller()
    poller.add(fileDescriptor: writing, for: .writable)
    let first = try await poller.wait()
    XCTAssertEqual(first.count, 1)
    _ = fcntl(writing, F_SETFL, O_NONBLOCK)
    var bytes = [UInt8](repeating: 1, count: 65_536)
    // SAFETY: as many bytes as there are.
    while unsafe Foundation.write(writing, bytes, bytes.count) > 0 {}
    let nothing = try await poller.wait(timeout: .milliseconds(5))
    XCTAssertTrue(nothing.isEmpty)
    let task = Task { [poller] in
      var poller = poller
      return try await poller.wait().count
    }
    await letOthersWait()
    // SAFETY: no more bytes than there is room for.
    _ = unsafe Foundation.read(reading, &bytes, bytes.count)
    let count = try await assertPrompt("room") { try await task.value }
    XCTAssertEqual(count, 1)
  }
}
