import XCTest
import ZeroMQ

final class AnySocketTests: ZeroMQTestCase {
  func testViewIsTheSameSocket() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let (anyPull, anyPush) = (AnySocket(pull), AnySocket(push))
      try anyPush.send("through the view")
      XCTAssertEqual(try next(pull), "through the view")
      try push.send("through the socket")
      XCTAssertEqual(try next(anyPull), "through the socket")
    }
  }

  func testClosingTheViewClosesTheSocket() throws {
    let socket = try context.socket(.push)
    AnySocket(socket).close()
    XCTAssertTrue(socket.isClosed)
    assertThrows(.notSocket) { try socket.send("x") }
  }

  func testViewKeepsTheSocketOpen() throws {
    func view() throws -> AnySocket { AnySocket(try context.socket(.rep)) }
    let socket = try view()
    XCTAssertFalse(socket.isClosed)
    XCTAssertEqual(try socket.get(.raw(16)), 4)
  }

  func testOptionsAreThoseOfTheSocket() throws {
    let socket = try context.socket(.push)
    try AnySocket(socket).set(.raw(23), to: 5)
    XCTAssertEqual(try socket.get(.raw(23)), 5)
  }

  func testSocketsOfSeveralKindsFitIntoOneArray() throws {
    let sockets = [AnySocket(try context.socket(.rep)), AnySocket(try context.socket(.pub)), try context.socket(ofType: .pull)]
    XCTAssertEqual(try sockets.map { try $0.get(.raw(16)) }, [4, 1, 7])
  }

  func testSendingIsNotSupportedOnWhatOnlyReceives() throws {
    for type in [SocketType.pull, .sub] {
      let socket = try context.socket(ofType: type)
      let error = assertThrows(.notSupported) { try socket.send("x") }
      XCTAssertEqual(error?.operation, "zmq_msg_send")
      assertThrows(.notSupported) { _ = try socket.sendIfReady("x") }
      assertThrows(.notSupported) { _ = try socket.send("x", timeout: .seconds(20)) }
    }
  }

  func testReceivingIsNotSupportedOnWhatOnlySends() throws {
    for type in [SocketType.push, .pub] {
      let socket = try context.socket(ofType: type)
      assertThrows(.notSupported) { _ = try socket.receive() }
      assertThrows(.notSupported) { _ = try socket.receiveIfReady() }
      assertThrows(.notSupported) { _ = try socket.receive(timeout: .seconds(20)) }
    }
  }

  func testSubscribingIsRefusedOnWhatHasNoSubscriptions() throws {
    let socket = try context.socket(ofType: .pull)
    assertThrows(.invalidArgument) { try socket.subscribe(to: "x") }
  }

  func testTypesChosenAtRunTimeExchangeMessages() throws {
    for transport in Transport.allCases {
      let (server, client) = (try context.socket(ofType: .rep), try context.socket(ofType: .req))
      try client.connect(try server.bind(transport.newEndpoint()))
      try client.send(["a", "b"])
      XCTAssertEqual(try next(server), ["a", "b"])
      try server.send("c")
      XCTAssertEqual(try next(client), "c")
    }
  }
}
