import Foundation
import XCTest
import ZeroMQ

final class SpinningTests: ZeroMQTestCase {
  func testSpinTimeIsZeroUnlessSetAndNeverNegative() throws {
    let pull = try context.socket(.pull)
    XCTAssertEqual(pull.spinTime, .zero)
    pull.spinTime = .seconds(-1)
    XCTAssertEqual(pull.spinTime, .zero)
  }

  func testMessageThatComesDuringOrAfterTheSpinIsReceived() throws {
    for transport in Transport.allCases {
      for time in [Duration.microseconds(50), .milliseconds(100)] {
        let pull = try context.socket(.pull)
        pull.spinTime = time
        let (context, endpoint) = (context, try pull.bind(transport.newEndpoint()))
        let sender = TestThread {
          let push = try context.socket(.push)
          try push.set(.linger, to: nil)
          try push.connect(endpoint)
          for number in 0..<20 {
            letOthersBlock()
            try push.send("\(number)")
          }
        }
        for number in 0..<20 { XCTAssertEqual(try pull.receive(), "\(number)") }
        try sender.join()
      }
    }
  }

  func testTimeoutsHoldBesideTheSpin() throws {
    let pull = try context.socket(.pull)
    pull.spinTime = .milliseconds(5)
    XCTAssertNil(try pull.receiveIfReady())
    var time = try elapsed { XCTAssertNil(try pull.receive(timeout: .milliseconds(20))) }
    XCTAssertGreaterThanOrEqual(time, .milliseconds(20))
    try pull.set(.receiveTimeout, to: .milliseconds(30))
    time = elapsed { assertThrows(.wouldBlock) { _ = try pull.receive() } }
    XCTAssertGreaterThanOrEqual(time, .milliseconds(30))
    pull.spinTime = .zero
    assertThrows(.wouldBlock) { _ = try pull.receive() }
  }

  func testPollerSpinsWithinItsTimeout() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    var poller = Poller()
    poller.add(pull, for: .readable)
    poller.spinTime = .milliseconds(5)
    for timeout in [Duration.zero, .milliseconds(2), .milliseconds(20)] {
      let time = try elapsed { XCTAssertTrue(try poller.wait(timeout: timeout).isEmpty) }
      XCTAssertGreaterThanOrEqual(time, timeout)
    }
    try push.send("x")
    XCTAssertTrue(try poller.wait().contains(pull))
  }

  func testShutdownEndsASpin() throws {
    let (context, started) = (try Context(), DispatchSemaphore(value: 0))
    let receiver = TestThread {
      let pull = try context.socket(.pull)
      pull.spinTime = .seconds(20)
      started.signal()
      XCTAssertEqual(thrownCode { _ = try pull.receive() }, .contextTerminated)
    }
    started.wait()
    letOthersBlock()
    context.shutdown()
    try receiver.join()
  }
}
