import Foundation
import XCTest
import ZeroMQ

final class ConfigurationTests: ZeroMQTestCase {
  func testStandardConfigurationHasTheDefaultsOfLibZMQ() throws {
    let context = try Context()
    XCTAssertEqual(try context.ioThreads, 1)
    XCTAssertEqual(try context.maximumSockets, 1023)
    XCTAssertGreaterThanOrEqual(try context.socketLimit, 1023)
    let socket = try context.socket(.push)
    XCTAssertEqual(try socket.get(.raw(42)), false)
    XCTAssertNil(try socket.get(.linger))
  }

  func testEveryValueIsAccepted() throws {
    let configuration = Context.Configuration(
      ioThreads: 3, maximumSockets: 17, threadSchedulingPolicy: 0, threadAffinity: [0, 1],
      threadNamePrefix: 7, maximumMessageSize: 1 << 20, ipv6: true, blocky: false, interruption: .throw)
    let context = try Context(configuration)
    XCTAssertEqual(context.configuration, configuration)
    XCTAssertEqual(try context.ioThreads, 3)
    XCTAssertEqual(try context.maximumSockets, 17)
  }

  func testValueOutOfRangeIsRefusedByTheNameOfItsOption() throws {
    let limit = try context.socketLimit
    let refused: [(Context.Configuration, String)] = [
      (.init(ioThreads: -1), "ZMQ_IO_THREADS = -1"),
      (.init(ioThreads: 1 << 40), "ZMQ_IO_THREADS = 1099511627776"),
      (.init(maximumSockets: 0), "ZMQ_MAX_SOCKETS = 0"),
      (.init(maximumSockets: -5), "ZMQ_MAX_SOCKETS = -5"),
      (.init(maximumSockets: limit + 1), "ZMQ_MAX_SOCKETS = \(limit + 1)"),
      (.init(maximumSockets: 2_147_483_647), "ZMQ_MAX_SOCKETS = 2147483647"),
      (.init(maximumSockets: 1 << 31), "ZMQ_MAX_SOCKETS = 2147483648"),
      (.init(threadPriority: -2), "ZMQ_THREAD_PRIORITY = -2"),
      (.init(threadSchedulingPolicy: -2), "ZMQ_THREAD_SCHED_POLICY = -2"),
      (.init(threadAffinity: [-1]), "ZMQ_THREAD_AFFINITY_CPU_ADD = -1"),
      (.init(threadNamePrefix: 1 << 31), "ZMQ_THREAD_NAME_PREFIX = 2147483648"),
      (.init(maximumMessageSize: -1), "ZMQ_MAX_MSGSZ = -1"),
      (.init(maximumMessageSize: 1 << 31), "ZMQ_MAX_MSGSZ = 2147483648"),
    ]
    for (configuration, subject) in refused {
      let error = assertThrows(.invalidArgument) { _ = try Context(configuration) }
      XCTAssertEqual(error?.subject, subject)
      XCTAssertEqual(error?.operation, "zmq_ctx_set")
    }
  }

  func testSchedulingThatTheSystemRefusesIsAnError() {
    let error = assertThrows(.invalidArgument) { _ = try Context(.init(threadPriority: 1000, threadSchedulingPolicy: 4711)) }
    XCTAssertEqual(error?.subject, "ZMQ_THREAD_SCHED_POLICY = 4711, ZMQ_THREAD_PRIORITY = 1000")
    XCTAssertEqual(error?.operation, "zmq_ctx_set")
  }

  func testThreadPriorityIsAppliedOrNotPermitted() {
    for policy in [nil, Int(SCHED_FIFO), Int(SCHED_RR)] {
      let code = thrownCode {
        let context = try Context(.init(threadPriority: 1, threadSchedulingPolicy: policy, blocky: false))
        try context.socket(.pull).bind("tcp://127.0.0.1:*")
      }
      XCTAssertTrue(code == nil || code == .notPermitted, "\(policy as Any)")
    }
  }

  func testIPv6IsInheritedBySockets() throws {
    let context = try Context(.init(ipv6: true))
    XCTAssertEqual(try context.socket(.push).get(.raw(42)), true)
  }

  func testSocketsOfAContextThatIsNotBlockyDoNotLinger() throws {
    let context = try Context(.init(blocky: false))
    XCTAssertEqual(try context.socket(.push).get(.linger), .zero)
  }

  func testWithoutIOThreadsInprocWorks() throws {
    let context = try Context(.init(ioThreads: 0, blocky: false))
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
    try push.send("inside")
    XCTAssertEqual(try next(pull), "inside")
  }

  func testWithoutIOThreadsNetworksAreRefused() throws {
    let context = try Context(.init(ioThreads: 0, blocky: false))
    let socket = try context.socket(.pull)
    assertThrows(.noIOThread) { try socket.bind("tcp://127.0.0.1:*") }
    assertThrows(.noIOThread) { try socket.connect("tcp://127.0.0.1:1") }
  }

  #if os(Linux)
    func testIOThreadsHaveTheNamePrefix() throws {
      let context = try Context(.init(threadNamePrefix: 4711, blocky: false))
      let socket = try context.socket(.pull)
      defer { socket.close() }
      try waitUntil("the naming of a thread") {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").contains { thread in
          // A thread may end while it is looked at.
          let name = try? String(contentsOfFile: "/proc/self/task/\(thread)/comm", encoding: .utf8)
          return name?.hasPrefix("4711/") ?? false
        }
      }
    }
  #endif

  func testProcessorsCanBeExcluded() throws {
    _ = try Context(.init(threadAffinityExclusions: [1])).socket(.pub)
    _ = try Context(.init(threadAffinity: [0], threadAffinityExclusions: [1])).socket(.pub)
    let error = assertThrows(.invalidArgument) { _ = try Context(.init(threadAffinity: [0], threadAffinityExclusions: [0])) }
    XCTAssertEqual(error?.subject, "ZMQ_THREAD_AFFINITY_CPU_REMOVE of all processors")
  }

  func testProcessorThatIsNotThereIsRefused() {
    let error = assertThrows(.invalidArgument) { _ = try Context(.init(threadAffinity: [100_000])) }
    XCTAssertEqual(error?.subject, "ZMQ_THREAD_AFFINITY_CPU_ADD = 100000")
  }
}
