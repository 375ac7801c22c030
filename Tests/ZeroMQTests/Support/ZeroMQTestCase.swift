import Disturbances
import Foundation
import XCTest
import ZeroMQ

/// A test with a context of its own and a deadline, after which the whole run is ended.
class ZeroMQTestCase: XCTestCase {
  /// The test's own context, whose sockets do not linger.
  private(set) var context = try! Context(Context.Configuration(blocky: false))

  /// How long a test may take.
  var deadline: Duration { .seconds(30) }

  /// How long a test waits for what must come.
  static let patience = Duration.seconds(10)

  private var watchdog: DispatchWorkItem?

  /// Whether all threads get signals, as `make signals` wants: every so many microseconds.
  private static let hasSignals: Bool = {
    let pause = ProcessInfo.processInfo.environment["ZEROMQ_TEST_SIGNALS"].flatMap { UInt32($0) }
    if let pause { SignalShower.start(pausing: pause) }
    return pause != nil
  }()

  override func setUp() {
    _ = Self.hasSignals
    let test = name
    let watchdog = DispatchWorkItem {
      FileHandle.standardError.write(Data("\(test) passed its deadline\n".utf8))
      abort()
    }
    self.watchdog = watchdog
    DispatchQueue.global().asyncAfter(deadline: .now() + deadline.seconds, execute: watchdog)
  }

  override func tearDown() {
    context.shutdown()
    watchdog?.cancel()
  }

  /// A bound socket and one that is connected to it.
  func pair<Bound: TypedSocketKind, Connected: TypedSocketKind>(
    _ bound: Bound, _ connected: Connected, over transport: Transport
  ) throws -> (Socket<Bound>, Socket<Connected>) {
    let (first, second) = (try context.socket(bound), try context.socket(connected))
    try second.connect(try first.bind(transport.newEndpoint()))
    return (first, second)
  }

  /// The next message, which must come in time.
  func next(
    _ socket: Socket<some ReceivingKind>, file: StaticString = #filePath, line: UInt = #line
  ) throws -> Message {
    try XCTUnwrap(try socket.receive(timeout: Self.patience), "no message came", file: file, line: line)
  }

  /// Checks that something throws an error with this code, and hands out the error.
  @discardableResult
  func assertThrows(
    _ code: ZeroMQError.Code, file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> Void
  ) -> ZeroMQError? {
    do {
      try body()
      XCTFail("nothing was thrown instead of \(code)", file: file, line: line)
    } catch let error as ZeroMQError {
      XCTAssertEqual(error.code, code, "\(error)", file: file, line: line)
      return error
    } catch {
      XCTFail("\(error) was thrown instead of \(code)", file: file, line: line)
    }
    return nil
  }

  /// Whether this libzmq has CURVE; where it has not, checks that making keys says so.
  func hasCurve(file: StaticString = #filePath, line: UInt = #line) throws -> Bool {
    guard !LibZMQ.has(.curve) else { return true }
    assertThrows(.notSupported, file: file, line: line) { _ = try CurveKeyPair() }
    return false
  }

  /// Waits until a condition holds, which a socket's own calls may bring about.
  func waitUntil(
    _ what: String, file: StaticString = #filePath, line: UInt = #line, _ condition: () throws -> Bool
  ) rethrows {
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end {
      if try condition() { return }
      sched_yield()
    }
    XCTFail("\(what) did not happen in time", file: file, line: line)
  }
}

extension Duration {
  var seconds: Double { self / .seconds(1) }
}
