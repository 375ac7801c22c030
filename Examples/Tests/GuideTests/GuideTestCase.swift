import Foundation
import XCTest
import ZeroMQ

/// A test that runs the Guide's programs as processes, and ends those that are left.
///
/// A test has 40 seconds, after which every wait fails; also that of a socket which nobody takes a message from.
class GuideTestCase: XCTestCase {
  /// The context of the sockets with which a test takes part.
  private(set) var context: Context!

  private var deadline = ContinuousClock.now
  private var programs: [Program] = []

  /// What is left of the test's time.
  var remainingTime: Duration { max(deadline - .now, .zero) }

  override func setUpWithError() throws {
    deadline = .now + .seconds(40)
    context = try Context(.init(blocky: false))
    DispatchQueue.global().asyncAfter(deadline: .now() + 40) { [weak context] in context?.shutdown() }
  }

  override func tearDown() {
    for program in programs {
      program.end()
      if let testRun, testRun.totalFailureCount > 0 { print(program.failure("ended with the failed test")) }
    }
    programs = []
    context = nil
  }

  /// Starts one of the Guide's programs.
  func start(_ name: String, _ arguments: String...) throws -> Program {
    try start(name, arguments)
  }

  /// Starts one of the Guide's programs.
  func start(_ name: String, _ arguments: [String]) throws -> Program {
    let program = try Program(name, arguments, until: deadline)
    programs.append(program)
    return program
  }

  /// Asks a program to end, as Ctrl-C and the system do, and checks that it does so in good order.
  func stop(_ program: Program, with signal: Int32 = SIGTERM, file: StaticString = #filePath, line: UInt = #line) throws {
    XCTAssertTrue(program.isRunning, program.failure("ended early").description, file: file, line: line)
    program.signal(signal)
    XCTAssertEqual(try program.waitForExit(), 0, program.output, file: file, line: line)
  }

  /// A message, or a failure when the test's time is over.
  func receive(from socket: Socket<some ReceivingKind>, file: StaticString = #filePath, line: UInt = #line) throws -> Message {
    try XCTUnwrap(try socket.receive(timeout: remainingTime), "no message in time", file: file, line: line)
  }

  /// A tcp endpoint that nobody is bound to, for a program to bind.
  func freeEndpoint() throws -> String { "tcp://127.0.0.1:\(try freePorts(1))" }

  /// The first of several ports in a row that nobody is bound to and that no other call gets.
  ///
  /// They lie below those that systems choose for outgoing connections, one of which could otherwise take one of them.
  func freePorts(_ count: Int) throws -> Int {
    while remainingTime > .zero {
      let first = Self.nextPort + count > 32_000 ? 10_000 : Self.nextPort
      Self.nextPort = first + count
      // A context of its own, because only its end says that the ports are free again.
      let context = try Context()
      do {
        let sockets = try (first..<first + count).map { port in
          let socket = try context.socket(.rep)
          try socket.bind("tcp://127.0.0.1:\(port)")
          return socket
        }
        for socket in sockets { socket.close() }
        try context.terminate()
        return first
      } catch .addressInUse {}
    }
    throw ZeroMQError(.addressInUse, operation: "zmq_bind", subject: "every port that was tried")
  }

  /// Other runs of the tests at the same time begin elsewhere.
  nonisolated(unsafe) private static var nextPort = Int.random(in: 10_000..<31_000)
}
