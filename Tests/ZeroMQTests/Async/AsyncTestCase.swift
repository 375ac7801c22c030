import Foundation
import Synchronization
import XCTest
import ZeroMQ

/// An actor that lives on a socket executor, as do the sockets of the tests that are isolated to it.
@globalActor
actor PinnedActor {
  static let shared = PinnedActor()
  private static let executor = SocketExecutor()

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe Self.executor.asUnownedSerialExecutor() }
}

/// An actor that lives wherever the system lets it, whose sockets are polled for by the shared executor.
@globalActor
actor PlainActor {
  static let shared = PlainActor()
}

/// A test of asynchronous calls.
class AsyncTestCase: ZeroMQTestCase {
  /// So much less than what was waited for that something has ended the wait.
  static let moment = Duration.seconds(5)

  /// Longer than a moment.
  static let ages = Duration.seconds(25)

  /// Checks that something throws an error with this code, and hands out the error.
  @discardableResult
  func assertError(
    _ code: ZeroMQError.Code, _ what: String = "", file: StaticString = #filePath, line: UInt = #line,
    from body: () async throws -> Void
  ) async -> ZeroMQError? {
    do {
      try await body()
      XCTFail("\(what): nothing was thrown instead of \(code)", file: file, line: line)
    } catch let error as ZeroMQError {
      XCTAssertEqual(error.code, code, "\(what): \(error)", file: file, line: line)
      return error
    } catch {
      XCTFail("\(what): \(error) was thrown instead of \(code)", file: file, line: line)
    }
    return nil
  }

  /// Checks that something throws `CancellationError`.
  func assertCancelled(
    _ what: String = "", file: StaticString = #filePath, line: UInt = #line, _ body: () async throws -> Void
  ) async {
    do {
      try await body()
      XCTFail("\(what): nothing was thrown instead of CancellationError", file: file, line: line)
    } catch is CancellationError {
      // As it should be.
    } catch {
      XCTFail("\(what): \(error) was thrown instead of CancellationError", file: file, line: line)
    }
  }

  /// Checks that something ends long before what it waits for could end it.
  @discardableResult
  func assertPrompt<Result>(
    _ what: String = "", file: StaticString = #filePath, line: UInt = #line, _ body: () async throws -> Result
  ) async rethrows -> Result {
    let start = ContinuousClock.now
    let result = try await body()
    XCTAssertLessThan(ContinuousClock.now - start, Self.moment, "\(what) took too long", file: file, line: line)
    return result
  }

  /// The next message, which must come in time.
  func next(
    from socket: Socket<some ReceivingKind>, file: StaticString = #filePath, line: UInt = #line
  ) async throws -> Message {
    let message = try await socket.receive(timeout: Self.patience)
    return try XCTUnwrap(message, "no message came", file: file, line: line)
  }

  /// A PAIR with marks of its own, to be given away.
  static func makePair(in context: Context, mark: Int = 1000) throws -> sending PairSocket {
    let socket = try context.socket(.pair)
    try socket.set(.sendHighWaterMark, to: mark)
    try socket.set(.receiveHighWaterMark, to: mark)
    return socket
  }

  /// A bound socket and one that is connected to it, with marks of their own.
  func narrowPair<Bound: TypedSocketKind, Connected: TypedSocketKind>(
    _ bound: Bound, _ connected: Connected, over transport: Transport, mark: Int = 1
  ) throws -> (Socket<Bound>, Socket<Connected>) {
    let (first, second) = (try context.socket(bound), try context.socket(connected))
    for socket in [AnySocket(first), AnySocket(second)] {
      try socket.set(.sendHighWaterMark, to: mark)
      try socket.set(.receiveHighWaterMark, to: mark)
      // Of a fixed size, so that the system makes no room in them after they have been filled.
      try socket.set(.sendBufferSize, to: 65_536)
      try socket.set(.receiveBufferSize, to: 65_536)
    }
    try second.connect(try first.bind(transport.newEndpoint()))
    return (first, second)
  }
}

/// A number that several tasks count up.
final class Counter: Sendable {
  private let number = Atomic(0)

  var value: Int { number.load(ordering: .acquiring) }

  func increment() { add(1) }

  func add(_ count: Int) { number.add(count, ordering: .acquiringAndReleasing) }

  /// Waits until it has been counted so far.
  func wait(for value: Int) async {
    while self.value < value { await Task.yield() }
  }
}

/// A wait that ended without what it waited for.
struct NothingCame: Error {}

/// Lets other tasks of the same actor come to where they wait; nothing depends on whether they do.
func letOthersWait() async {
  for _ in 0..<5 { await Task.yield() }
}

/// How many threads the process has.
func threadCount() throws -> Int {
  try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
}

/// Cancels the task that calls this.
func cancelCurrentTask() {
  unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
}
