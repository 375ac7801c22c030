import XCTest
import ZeroMQ

final class ClosingTests: ZeroMQTestCase {
  func testCloseMayBeRepeated() throws {
    let socket = try context.socket(.push)
    XCTAssertFalse(socket.isClosed)
    socket.close()
    socket.close()
    XCTAssertTrue(socket.isClosed)
  }

  func testEveryUseAfterCloseIsRefused() throws {
    let socket = try context.socket(.pair)
    let endpoint = try socket.bind("tcp://127.0.0.1:*")
    socket.close()
    assertThrows(.notSocket) { try socket.send("text") }
    assertThrows(.notSocket) { try socket.send([1, 2] as [UInt8]) }
    assertThrows(.notSocket) { try socket.send(Message(["a", "b"])) }
    assertThrows(.notSocket) { try socket.send(UniqueFrame("x"), more: false) }
    assertThrows(.notSocket) { _ = try socket.sendIfReady("text") }
    assertThrows(.notSocket) { _ = try socket.send("text", timeout: .seconds(20)) }
    assertThrows(.notSocket) { _ = try socket.receive() }
    assertThrows(.notSocket) { _ = try socket.receiveIfReady() }
    assertThrows(.notSocket) { _ = try socket.receive(timeout: .seconds(20)) }
    var frame = UniqueFrame()
    assertThrows(.notSocket) { try socket.receive(into: &frame) }
    assertThrows(.notSocket) { try socket.bind("tcp://127.0.0.1:*") }
    assertThrows(.notSocket) { try socket.connect(endpoint) }
    assertThrows(.notSocket) { try socket.unbind(endpoint) }
    assertThrows(.notSocket) { try socket.disconnect(endpoint) }
    assertThrows(.notSocket) { try socket.set(.linger, to: .zero) }
    assertThrows(.notSocket) { try socket.set(.raw(5), to: Frame("binary")) }
    assertThrows(.notSocket) { try socket.set(.raw(27), to: 5) }
    assertThrows(.notSocket) { _ = try socket.get(.linger) }
  }

  func testSubscribingAfterCloseIsRefused() throws {
    let (sub, xsub) = (try context.socket(.sub), try context.socket(.xsub))
    sub.close()
    xsub.close()
    assertThrows(.notSocket) { try sub.subscribe(to: "") }
    assertThrows(.notSocket) { try sub.unsubscribe(from: "") }
    assertThrows(.notSocket) { try xsub.subscribe(to: "") }
  }

  func testErrorSaysThatTheSocketIsClosed() throws {
    let socket = try context.socket(.pull)
    socket.close()
    let error = assertThrows(.notSocket) { _ = try socket.receive() }
    XCTAssertTrue(error?.description.contains("the socket has been closed") ?? false, "\(String(describing: error))")
  }

  func testMessagesSentBeforeCloseArrive() throws {
    let context = try Context()
    for transport in Transport.allCases {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try push.connect(try pull.bind(transport.newEndpoint()))
      for number in 0..<100 { try push.send("\(number)") }
      push.close()
      for number in 0..<100 { XCTAssertEqual(try next(pull), Message("\(number)")) }
    }
  }

  func testMessageReceivedOutlivesItsSocket() throws {
    let body = String(repeating: "long ", count: 100)
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    try push.send(["short", Frame(body)])
    let message = try next(pull)
    pull.close()
    push.close()
    XCTAssertEqual(message, ["short", Frame(body)])
  }

  func testPeersGoOnWhenASocketIsClosed() throws {
    for transport in Transport.allCases {
      let pull = try context.socket(.pull)
      let endpoint = try pull.bind(transport.newEndpoint())
      for number in 0..<20 {
        let push = try context.socket(.push)
        try push.set(.linger, to: nil)
        try push.connect(endpoint)
        try push.send("\(number)")
        push.close()
        XCTAssertEqual(try next(pull), Message("\(number)"))
      }
    }
  }
}
