import XCTest
import ZeroMQ

final class OptionErrorTests: ZeroMQTestCase {
  func testValueOutOfRangeIsRefusedWithTheValue() throws {
    let socket = try context.socket(.push)
    let error = assertThrows(.invalidArgument) { try socket.set(.raw(23), to: -1) }
    XCTAssertEqual(error?.operation, "zmq_setsockopt")
    XCTAssertEqual(error?.subject, "option 23 = -1")
  }

  func testValueThatDoesNotFitIsRefusedWithTheValue() throws {
    let socket = try context.socket(.push)
    let error = assertThrows(.invalidArgument) { try socket.set(.raw(23), to: 1 << 40) }
    XCTAssertEqual(error?.subject, "option 23 = 1099511627776")
  }

  func testRefusedValueChangesNothing() throws {
    let socket = try context.socket(.push)
    try socket.set(.raw(23), to: 17)
    assertThrows(.invalidArgument) { try socket.set(.raw(23), to: -1) }
    XCTAssertEqual(try socket.get(.raw(23)), 17)
  }

  func testRefusedTimeoutChangesNothing() throws {
    let socket = try context.socket(.pull)
    try socket.set(.raw(27), to: 5)
    assertThrows(.invalidArgument) { try socket.set(.raw(27), to: -2) }
    assertThrows(.wouldBlock) { _ = try socket.receive() }
  }

  func testUnknownOptionIsRefused() throws {
    let socket = try context.socket(.push)
    let error = assertThrows(.invalidArgument) { try socket.set(.raw(9999), to: 1) }
    XCTAssertEqual(error?.subject, "option 9999 = 1")
    let second = assertThrows(.invalidArgument) { _ = try socket.get(.raw(9999)) as Int }
    XCTAssertEqual(second?.subject, "option 9999")
  }

  func testTextWithAZeroByteIsRefused() throws {
    let socket = try context.socket(.push)
    assertThrows(.invalidArgument) { try socket.set(.raw(45), to: "user\0name") }
  }

  func testNegativeLingerIsRefused() throws {
    let socket = try context.socket(.push)
    let error = assertThrows(.invalidArgument) { try socket.set(.linger, to: .seconds(-1)) }
    XCTAssertEqual(error?.code, .invalidArgument)
    XCTAssertEqual(try socket.get(.linger), .zero)
  }

  func testRoutingIDThatIsTooLongIsRefused() throws {
    let socket = try context.socket(.dealer)
    assertThrows(.invalidArgument) { try socket.set(.raw(5), to: Frame(copying: Array(repeating: 1, count: 256))) }
    assertThrows(.invalidArgument) { try socket.set(.raw(5), to: Frame()) }
  }

  func testEndingASubscriptionThatIsNotThereDoesNothing() throws {
    let (xpub, sub) = try pair(.xpub, .sub, over: .tcp)
    try sub.subscribe(to: "A")
    try sub.unsubscribe(from: "B")
    XCTAssertEqual(Subscription(try next(xpub)), .subscribe(to: "A"))
    try xpub.send("A1")
    XCTAssertEqual(try next(sub), "A1")
  }
}
