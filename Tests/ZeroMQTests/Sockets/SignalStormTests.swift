import Foundation
import XCTest
import ZeroMQ

/// What signals must not do, however fast they come.
final class SignalStormTests: ZeroMQTestCase {
  private let throwing = try! Context(.init(blocky: false, interruption: .throw))

  /// The two kinds of contexts.
  private var contexts: [Context] { [context, throwing] }

  override func tearDown() {
    throwing.shutdown()
    super.tearDown()
  }

  func testOptionsAreReadAndSet() throws {
    for context in contexts {
      let pull = try context.socket(.pull)
      try SignalStorm.around(repeating: 20_000) {
        _ = try pull.get(.events)
        try pull.set(.receiveHighWaterMark, to: 10)
      }
    }
  }

  func testEndpointsAreBoundAndConnected() throws {
    for context in contexts {
      try SignalStorm.around(repeating: 200) {
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        let endpoint = try pull.bind(Transport.inproc.newEndpoint())
        try push.connect(endpoint)
        try push.disconnect(endpoint)
        try pull.unbind(endpoint)
        pull.close()
        push.close()
      }
    }
  }

  func testCallsThatDoNotWaitAreNotInterrupted() throws {
    let (pull, push) = (try throwing.socket(.pull), try throwing.socket(.push))
    try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
    var poller = Poller()
    poller.add(pull, for: .readable)
    var (sent, received) = (0, 0)
    try SignalStorm.around(repeating: 20_000) {
      XCTAssertTrue(try push.sendIfReady(["\(sent)", "second"]))
      sent += 1
      _ = try poller.wait(timeout: .zero)
      while try pull.receiveIfReady() != nil { received += 1 }
    }
    while received < sent { if try pull.receiveIfReady() != nil { received += 1 } }
  }

  func testMonitorsStartAndStop() throws {
    for context in contexts {
      try SignalStorm.around(repeating: 300) {
        let pull = try context.socket(.pull)
        let monitor = try pull.monitor()
        try pull.bind("tcp://127.0.0.1:*")
        pull.close()
        var kinds: [MonitorEvent.Kind] = []
        while kinds.last != .monitorStopped {
          var event: MonitorEvent?
          while thrownCode({ event = try monitor.receive(timeout: .seconds(5)) }) == .interrupted {}
          guard let event else { return XCTFail("no event came after \(kinds)") }
          kinds.append(event.kind)
        }
        XCTAssertTrue(kinds.contains { if case .listening = $0 { true } else { false } }, "\(kinds)")
      }
    }
  }

  func testRoutingIDOfAPeerIsRefused() throws {
    let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
    try dealer.set(.routingID, to: "peer")
    try dealer.connect(try router.bind(Transport.inproc.newEndpoint()))
    try dealer.send("hello")
    XCTAssertEqual(try next(router), ["peer", "hello"])
    let other = try context.socket(.dealer)
    let endpoint = try other.bind(Transport.inproc.newEndpoint())
    try SignalStorm.around(repeating: 5000) {
      try router.set(.connectRoutingID, to: "peer")
      assertThrows(.addressExists) { try router.connect(endpoint) }
    }
  }

  /// Sends and receives long messages, on a thread each and both in a storm, and checks that each is whole.
  private func assertMessagesStayWhole(
    _ context: Context, count: Int = 40,
    send: @escaping @Sendable (PushSocket, Message) throws -> Void, receive: (PullSocket) throws -> Message
  ) throws {
    let pull = try context.socket(.pull)
    try pull.set(.receiveHighWaterMark, to: 2)
    let endpoint = try pull.bind("tcp://127.0.0.1:*")
    let sender = TestThread {
      let push = try context.socket(.push)
      try push.set(.linger, to: nil)
      try push.set(.sendHighWaterMark, to: 2)
      try push.connect(endpoint)
      try SignalStorm.around(pause: 50) {
        for number in 0..<count { try send(push, Message((0..<2000).map { Frame("\(number) \($0)") })) }
      }
    }
    try SignalStorm.around(pause: 50) {
      for number in 0..<count {
        let message = try receive(pull)
        XCTAssertEqual(message.count, 2000)
        XCTAssertEqual(message.first, Frame("\(number) 0"))
        XCTAssertEqual(message.last, Frame("\(number) 1999"))
      }
    }
    try sender.join()
  }

  func testMessagesStayWhole() throws {
    for context in contexts {
      try assertMessagesStayWhole(context) { push, message in
        while true {
          guard thrownCode({ try push.send(message) }) == .interrupted else { return }
        }
      } receive: { pull in
        var message: Message = []
        while thrownCode({ message = try pull.receive() }) == .interrupted {}
        return message
      }
    }
  }

  func testMessagesStayWholeThatAreSentFrameByFrame() throws {
    for context in contexts {
      try assertMessagesStayWhole(context) { push, message in
        for (index, frame) in message.enumerated() {
          var frame = UniqueFrame(frame)
          let code = thrownCode { try push.send(&frame, more: index < message.count - 1) }
          // Only the first frame may be interrupted; it was not sent then.
          if code == .interrupted, index == 0 {
            while thrownCode({ try push.send(&frame, more: true) }) == .interrupted {}
          } else {
            XCTAssertNil(code, "at frame \(index)")
          }
        }
      } receive: { pull in
        var message: Message = []
        var frame = UniqueFrame()
        while thrownCode({ try pull.receive(into: &frame) }) == .interrupted {}
        while frame.hasMore {
          message.append(Frame(frame.copy()))
          try pull.receive(into: &frame)
        }
        message.append(Frame(frame.copy()))
        return message
      }
    }
  }

  func testDeadlinesHold() throws {
    let (pull, push, req) = (try context.socket(.pull), try context.socket(.push), try context.socket(.req))
    try req.connect("tcp://127.0.0.1:9")
    var poller = Poller()
    poller.add(pull, for: .readable)
    for pause: UInt32 in [200, 0] {
      try SignalStorm.around(pause: pause) {
        for timeout in [Duration.zero, .microseconds(100), .milliseconds(50)] {
          XCTAssertNil(try pull.receive(timeout: timeout))
          XCTAssertFalse(try push.send("text", timeout: timeout))
          XCTAssertNil(try req.request("question", timeout: timeout))
          XCTAssertTrue(try poller.wait(timeout: timeout).isEmpty)
        }
      }
    }
  }

  func testDeadlinesOfOptionsHold() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try pull.set(.receiveTimeout, to: .milliseconds(50))
    try push.set(.sendTimeout, to: .milliseconds(50))
    for pause: UInt32 in [200, 0] {
      try SignalStorm.around(pause: pause) {
        assertThrows(.wouldBlock) { _ = try pull.receive() }
        assertThrows(.wouldBlock) { try push.send("text") }
        assertThrows(.wouldBlock) { try push.send(["two", "frames"]) }
      }
    }
  }

  func testSocketsAndContextsCloseAndTerminate() throws {
    try SignalStorm.around(repeating: 100) {
      let context = try Context()
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
      try push.send("text")
      push.close()
      pull.close()
      try context.terminate()
    }
  }
}
