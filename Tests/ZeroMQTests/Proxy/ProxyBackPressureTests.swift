import Foundation
import XCTest
import ZeroMQ

final class ProxyBackPressureTests: ControlledProxyTestCase {
  override var deadline: Duration { .seconds(60) }

  func testSenderIsHeldUpWhileNobodyReads() throws {
    try overEachTransport { transport in
      let running = try startProxy(.pull, .push, over: transport, mark: 10)
      let (push, pull) = try connect(to: running, mark: 10)
      // Large enough to fill what the operating system buffers.
      let payload = Array(repeating: UInt8(7), count: 50_000)
      var sent = 0
      while sent < 10_000, try push.send([Frame("\(sent)"), Frame(copying: payload)], timeout: .milliseconds(200)) { sent += 1 }
      XCTAssertLessThan(sent, 10_000)
      XCTAssertFalse(try push.sendIfReady("too much"))
      // Two inproc pipes hold the marks of both their ends; one more message may be at hand.
      if transport == .inproc { XCTAssertLessThanOrEqual(sent, 20 + 20 + 1) }
      XCTAssertLessThan(running.control.statistics.frontend.messagesReceived, UInt64(sent))
      for number in 0..<sent { XCTAssertEqual(try next(pull).first, Frame("\(number)")) }
      running.control.pause()
      XCTAssertEqual(running.control.statistics.backend.messagesSent, UInt64(sent))
      try running.end()
      XCTAssertEqual(running.control.unsentToBackend, [])
    }
  }

  func testProxyReceivesNothingWhileTheOtherSideHasNobody() throws {
    let running = try startProxy(.pull, .push, over: .inproc, mark: 10)
    let push = try current.socket(.push)
    try push.set(.sendHighWaterMark, to: 10)
    try push.connect(running.frontend)
    XCTAssertEqual(try fill(push), 20)
    XCTAssertEqual(running.control.statistics, ProxyStatistics())
    let pull = try current.socket(.pull)
    try pull.connect(running.backend)
    try assertNumbers(0..<20, from: pull)
    try running.end()
  }

  func testOneWayGoesOnWhileTheOtherIsHeldUp() throws {
    try overEachTransport { transport in
      // libzmq: a ROUTER drops messages at its mark, and may not learn for a millisecond that the peer has read others. So the mark is
      // larger than what is sent.
      let running = try startProxy(.dealer, .router, over: transport, mark: 200)
      let (front, back) = (try current.socket(.dealer), try current.socket(.dealer))
      try back.set(.routingID, to: "back")
      try front.set(.receiveHighWaterMark, to: 10)
      try front.connect(running.frontend)
      try back.connect(running.backend)
      // A ROUTER drops messages for a peer that it has not heard of yet.
      try back.send("known")
      XCTAssertEqual(try next(front).last, "known")
      // Fills the way to the frontend, which does not read.
      var sent = 0
      let payload = Array(repeating: UInt8(7), count: 50_000)
      while sent < 10_000, try back.send([Frame("\(sent)"), Frame(copying: payload)], timeout: .milliseconds(200)) { sent += 1 }
      XCTAssertLessThan(sent, 10_000)
      for number in 0..<100 {
        try front.send(["back", "\(number)"])
        XCTAssertEqual(try next(back), [Frame("\(number)")])
      }
      for number in 0..<sent { XCTAssertEqual(try next(front)[1], Frame("\(number)")) }
      try running.end()
    }
  }

  /// The messages may be sent, at hand, or in the frontend.
  func testNothingIsLostWhenAProxyIsEndedThatIsHeldUp() throws {
    let left = Handed<[Message]>()
    let running = try startProxy(.pull, .push, over: .inproc, mark: 10) { _, frontend, backend, control in
      try proxy(frontend: frontend, backend: backend, control: control)
      var messages: [Message] = []
      while let message = try frontend.receiveIfReady() { messages.append(message) }
      left.give(messages)
      try backend.send("the end")
    }
    let (push, pull) = try connect(to: running, mark: 10)
    let count = try fill(push)
    running.control.terminate()
    var messages: [Message] = []
    while true {
      let message = try next(pull)
      if message == "the end" { break }
      messages.append(message)
    }
    try running.thread.join()
    let statistics = running.control.statistics
    XCTAssertEqual(statistics.backend.messagesSent, UInt64(messages.count))
    messages += running.control.unsentToBackend
    messages += try left.take()
    XCTAssertEqual(messages, (0..<count).map { Message("\($0)") })
  }

  func testWhatAMandatoryRouterRefusesIsHandedOutWhole() throws {
    let left = Handed<Message?>()
    let running = try startProxy(.dealer, .router, over: .tcp) { _, frontend, backend, control in
      try backend.set(.routerMandatory, to: true)
      defer { left.give(try? frontend.receive(timeout: ZeroMQTestCase.patience)) }
      try proxy(frontend: frontend, backend: backend, control: control)
    }
    let peer = try current.socket(.dealer)
    running.control.pause()
    try peer.connect(running.frontend)
    try peer.send(["nobody", "one", "two"])
    try peer.send(["nobody", "three"])
    running.control.resume()
    // The backend has no peer at all until now, and so takes nothing.
    let other = try current.socket(.dealer)
    try other.connect(running.backend)
    let error = assertThrows(.hostUnreachable) { try running.thread.join() }
    XCTAssertEqual(error?.operation, "zmq_msg_send")
    XCTAssertEqual(running.control.unsentToBackend, [["nobody", "one", "two"]])
    XCTAssertEqual(try left.take(), ["nobody", "three"])
    XCTAssertEqual(running.control.statistics, ProxyStatistics())
  }

  /// A ROUTER counts as writable as long as any of its peers has room.
  func testProxyWaitsForTheFullPeerOfAMandatoryRouter() throws {
    for isEnded in [false, true] {
      let running = try startProxy(.dealer, .router, over: .inproc, mark: 10) { _, frontend, backend, control in
        try backend.set(.routerMandatory, to: true)
        try proxy(frontend: frontend, backend: backend, control: control)
      }
      let (full, idle, peer) = (try current.socket(.dealer), try current.socket(.dealer), try current.socket(.dealer))
      try full.set(.routingID, to: "full")
      for socket in [full, idle, peer] {
        try socket.set(.receiveHighWaterMark, to: 10)
        try socket.set(.sendHighWaterMark, to: 10)
      }
      try full.connect(running.backend)
      try idle.connect(running.backend)
      try peer.connect(running.frontend)
      var count = 0
      while count < 1000, try peer.send(["full", "\(count)"], timeout: .milliseconds(100)) { count += 1 }
      XCTAssertLessThanOrEqual(count, 41)
      if isEnded {
        try running.end()
        let sent = running.control.statistics.backend.messagesSent
        XCTAssertEqual(running.control.unsentToBackend, [["full", Frame("\(sent)")]])
      } else {
        for number in 0..<count { XCTAssertEqual(try next(full), [Frame("\(number)")]) }
        try running.end()
      }
    }
  }
}
