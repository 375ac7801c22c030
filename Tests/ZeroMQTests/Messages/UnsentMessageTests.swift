import XCTest
import ZeroMQ

/// A message that could not be sent stays whole with the caller, who sends it later.
final class UnsentMessageTests: ZeroMQTestCase {
  func testMessageRefusedAtTheHighWaterMarkIsSentLater() throws {
    for transport in Transport.allCases {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try pull.set(.raw(Self.receiveHighWaterMark), to: 1)
      try push.set(.raw(Self.sendHighWaterMark), to: 1)
      try push.connect(try pull.bind(transport.newEndpoint()))
      let frames = Payload.frames() + [Payload.bytes(200_000)]
      let message = Message(bytes: frames)
      var sent = 0
      // The system's own buffers take many messages before libzmq's queue fills.
      while sent < 10_000, try push.sendIfReady(message) { sent += 1 }
      XCTAssertLessThan(sent, 10_000)
      XCTAssertEqual(message.arrays, frames)
      if transport == .inproc { XCTAssertFalse(try push.send(message, timeout: .milliseconds(5))) }
      let received = try (0..<sent).map { _ in try next(pull) }
      XCTAssertTrue(try push.send(message, timeout: Self.patience))
      for arrived in received + [try next(pull)] { XCTAssertTrue(arrived == message, "over \(transport)") }
      try push.send("end")
      XCTAssertEqual(try next(pull), "end")
    }
  }

  func testMessageIsSentLaterByASocketThatHadNoPeer() throws {
    for transport in Transport.allCases {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      let frames = Payload.frames()
      let message = Message(bytes: frames)
      XCTAssertFalse(try push.sendIfReady(message))
      XCTAssertFalse(try push.send(message, timeout: .milliseconds(10)))
      XCTAssertFalse(try push.send(message, timeout: .zero))
      XCTAssertFalse(try push.send(message, timeout: .seconds(-1)))
      XCTAssertEqual(message.arrays, frames)
      try push.connect(try pull.bind(transport.newEndpoint()))
      XCTAssertTrue(try push.send(message, timeout: Self.patience))
      XCTAssertEqual(try next(pull).arrays, frames)
      try push.send("end")
      XCTAssertEqual(try next(pull), "end")
    }
  }

  func testMessageSurvivesTheSendTimeoutOption() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try push.set(.raw(Self.sendTimeout), to: 5)
    let message = Message(bytes: Payload.frames())
    assertThrows(.wouldBlock) { try push.send(message) }
    try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
    try push.send(message)
    XCTAssertEqual(try next(pull).arrays, Payload.frames())
  }

  func testMessageToAnUnknownPeerIsSentWhenThePeerIsThere() throws {
    for transport in Transport.allCases {
      let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
      try router.set(.raw(Self.routerMandatory), to: true)
      try dealer.set(.raw(Self.routingID), to: "late" as Frame)
      let message: Message = ["late"] + Message(bytes: Payload.frames())
      assertThrows(.hostUnreachable) { try router.send(message) }
      assertThrows(.hostUnreachable) { _ = try router.sendIfReady(message) }
      assertThrows(.hostUnreachable) { _ = try router.send(message, timeout: .milliseconds(10)) }
      XCTAssertEqual(message.dropFirst().map { array($0.bytes) }, Payload.frames())
      try dealer.connect(try router.bind(transport.newEndpoint()))
      try dealer.send("here I am")
      XCTAssertEqual(try next(router), ["late", "here I am"])
      try router.send(message)
      XCTAssertEqual(try next(dealer).arrays, Payload.frames())
      try router.send(["late", "end"])
      XCTAssertEqual(try next(dealer), "end")
    }
  }

  func testRequestOutOfTurnIsSentAfterTheReply() throws {
    for transport in Transport.allCases {
      let (reply, request) = try pair(.rep, .req, over: transport)
      let frames = Payload.frames()
      let message = Message(bytes: frames)
      try request.send(message)
      assertThrows(.wrongState) { try request.send(message) }
      XCTAssertEqual(message.arrays, frames)
      for _ in 0..<2 {
        XCTAssertEqual(try next(reply).arrays, frames)
        try reply.send(message)
        XCTAssertEqual(try next(request).arrays, frames)
        try request.send(message)
      }
    }
  }

  func testReplyOutOfTurnIsSentAfterTheRequest() throws {
    let (reply, request) = try pair(.rep, .req, over: .inproc)
    let message = Message(bytes: Payload.frames())
    assertThrows(.wrongState) { try reply.send(message) }
    try request.send("?")
    XCTAssertEqual(try next(reply), "?")
    try reply.send(message)
    XCTAssertEqual(try next(request).arrays, Payload.frames())
  }

  func testReceivedMessageThatCannotBeForwardedStaysWhole() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let (lonely, router) = (try context.socket(.push), try context.socket(.router))
      try router.set(.raw(Self.routerMandatory), to: true)
      try push.send(Message(bytes: Payload.frames()))
      let message = try next(pull)
      XCTAssertFalse(try lonely.sendIfReady(message))
      assertThrows(.hostUnreachable) { try router.send(message) }
      try push.send("next")
      XCTAssertEqual(try next(pull), "next")
      XCTAssertEqual(message.arrays, Payload.frames())
    }
  }

  func testMessageSentOnAClosedSocketStaysWhole() throws {
    let socket = try context.socket(.push)
    socket.close()
    let message = Message(bytes: Payload.frames())
    assertThrows(.notSocket) { try socket.send(message) }
    assertThrows(.notSocket) { _ = try socket.sendIfReady(message) }
    assertThrows(.notSocket) { _ = try socket.send(message, timeout: .milliseconds(10)) }
    XCTAssertEqual(message.arrays, Payload.frames())
  }

  func testMessageIsSentToManySocketsAndKept() throws {
    let pairs = try Transport.allCases.map { try pair(.pull, .push, over: $0) }
    let message = Message(bytes: Payload.frames())
    for (_, push) in pairs {
      try push.send(message)
      try push.send(message)
    }
    for (pull, _) in pairs {
      XCTAssertEqual(try next(pull).arrays, Payload.frames())
      XCTAssertEqual(try next(pull).arrays, Payload.frames())
    }
    XCTAssertEqual(message.arrays, Payload.frames())
  }

  // libzmq's numbers of the options.
  private static let routingID: Int32 = 5
  private static let sendHighWaterMark: Int32 = 23
  private static let receiveHighWaterMark: Int32 = 24
  private static let sendTimeout: Int32 = 28
  private static let routerMandatory: Int32 = 33
}
