import XCTest
import ZeroMQ

/// A part of several frames that a program defines.
private struct Reading: MessagePart {
  let sensor: String
  let values: [UInt8]

  func append(to message: inout Message) {
    message.append(sensor)
    for value in values { message.append("\(value)") }
  }
}

/// A part that keeps the message that it appends to.
private final class Keeper: MessagePart {
  var kept = Message()

  func append(to message: inout Message) {
    kept = message
    message.append("kept")
  }
}

/// Bytes that are a part by the declaration alone.
private struct Buffer: RandomAccessCollection, MessagePart {
  let bytes: [UInt8]
  var startIndex: Int { bytes.startIndex }
  var endIndex: Int { bytes.endIndex }
  subscript(position: Int) -> UInt8 { bytes[position] }
}

final class MessagePartTests: ZeroMQTestCase {
  private let client: Frame = [0, 1, 2]
  private let text = "Grüße"
  private let bytes: [UInt8] = [7, 0, 255]
  private let large = Frame([UInt8](repeating: 9, count: 1000))
  private let envelope: Message = ["id", ""]

  private func bytes(of message: Message) -> [[UInt8]] { message.map { [UInt8]($0) } }

  func testEveryTypeOfPartIsOneFrame() {
    let expected = [Array("Grüße".utf8)]
    let bytes = Array(text.utf8)
    XCTAssertEqual(self.bytes(of: Message(text)), expected)
    XCTAssertEqual(self.bytes(of: Message(text.dropFirst(0))), expected)
    XCTAssertEqual(self.bytes(of: Message(text.utf8)), expected)
    XCTAssertEqual(self.bytes(of: Message(text.dropFirst(0).utf8)), expected)
    XCTAssertEqual(self.bytes(of: Message(bytes)), expected)
    XCTAssertEqual(self.bytes(of: Message(bytes[...])), expected)
    XCTAssertEqual(self.bytes(of: Message(ContiguousArray(bytes))), expected)
    XCTAssertEqual(self.bytes(of: Message(bytes.span)), expected)
    XCTAssertEqual(self.bytes(of: unsafe Message(bytes.span.bytes)), expected)
    XCTAssertEqual(self.bytes(of: Message(Frame(bytes))), expected)
    XCTAssertEqual(self.bytes(of: Message(Buffer(bytes: bytes))), expected)
  }

  func testPartsOfDifferentTypesMakeOneMessage() {
    XCTAssertEqual(Message(client, "", text, bytes), [client, "", "Grüße", [7, 0, 255]])
    XCTAssertEqual(Message(envelope, text), ["id", "", "Grüße"])
    XCTAssertEqual(Message(text, envelope, envelope), ["Grüße", "id", "", "id", ""])
    XCTAssertEqual(Message(large, large), [large, large])
  }

  func testPartsAreMoreThanAPooledMessageHasRoomFor() {
    let message = Message(text, text, text, text, text, text, text, text, text, text)
    XCTAssertEqual(message, Message(repeating: "Grüße", count: 10))
  }

  func testPartWithoutFramesAddsNone() {
    XCTAssertEqual(Message(Message(), text, Message()), ["Grüße"])
    XCTAssertEqual(Message(Message(), Message()), Message())
  }

  func testPartOfAProgramHasAsManyFramesAsItAppends() {
    XCTAssertEqual(Message(client, Reading(sensor: "t", values: [1, 2])), [client, "t", "1", "2"])
  }

  func testPartMayKeepTheMessage() {
    let keeper = Keeper()
    XCTAssertEqual(Message(text, keeper, text), ["Grüße", "kept", "Grüße"])
    XCTAssertEqual(keeper.kept, ["Grüße"])
  }

  func testPartsAreAppendedToAMessage() {
    var message = Message()
    let bytes = bytes
    message.append(client)
    message.append(text)
    message.append("literal")
    message.append(bytes)
    message.append(envelope)
    message.append(bytes.span)
    XCTAssertEqual(message, [client, "Grüße", "literal", [7, 0, 255], "id", "", [7, 0, 255]])
  }

  func testAppendingLeavesCopiesAsTheyWere() {
    var message: Message = ["a", "b", "c"]
    let copy = message
    message.append(text)
    XCTAssertEqual(copy, ["a", "b", "c"])
    XCTAssertEqual(message, ["a", "b", "c", "Grüße"])
  }

  func testAppendingTakesThePlaceOfRemovedFrames() {
    var message: Message = ["a", "b", "c"]
    message.removeLast()
    message.removeFirst()
    message.append(text)
    XCTAssertEqual(message, ["b", "Grüße"])
    message.removeFirst(2)
    message.append(text)
    XCTAssertEqual(message, ["Grüße"])
  }

  func testMessageIsAppendedToItself() {
    var message: Message = ["a", Frame([UInt8](repeating: 5, count: 100))]
    let copy = message
    message.append(copy)
    XCTAssertEqual(message, copy + copy)
  }

  func testFrameIsMadeOfAnyCollectionOfBytes() {
    XCTAssertEqual(Frame(bytes), [7, 0, 255])
    XCTAssertEqual(Frame(bytes[1...]), [0, 255])
    XCTAssertEqual(Frame(bytes.lazy.map { $0 &+ 1 }), [8, 1, 0])
    XCTAssertEqual(Frame([1, 2, 3]), [1, 2, 3])
  }

  /// Sends over every transport, and checks which message arrives.
  private func assertArrives(
    _ expected: Message, file: StaticString = #filePath, line: UInt = #line, _ send: (DealerSocket) throws -> Void
  ) throws {
    for transport in Transport.allCases {
      let (receiver, sender) = try pair(.dealer, .dealer, over: transport)
      try send(sender)
      XCTAssertEqual(try next(receiver, file: file, line: line), expected, file: file, line: line)
      try sender.send("after")
      XCTAssertEqual(try next(receiver, file: file, line: line), "after", file: file, line: line)
    }
  }

  func testPartsArriveAsOneMessage() throws {
    try assertArrives([client, "", "Grüße", [7, 0, 255]]) { try $0.send(client, "", text, bytes) }
    try assertArrives([client, "", "Grüße"]) { XCTAssertTrue(try $0.sendIfReady(client, "", text)) }
    try assertArrives([client, "", "Grüße"]) { XCTAssertTrue(try $0.send(client, "", text, timeout: .seconds(5))) }
    try assertArrives([client, "Grüße"]) { try $0.send(client, text) }
  }

  func testLargeFramesArriveAsParts() throws {
    try assertArrives([large, "", large]) { try $0.send(large, "", large) }
    try assertArrives([large]) { try $0.send(large) }
    try assertArrives(["", large, "Grüße"]) { try $0.send("", large, text) }
  }

  func testMessagesArriveAsParts() throws {
    try assertArrives(["id", "", "Grüße"]) { try $0.send(envelope, text) }
    try assertArrives(["Grüße", "id", ""]) { try $0.send(text, envelope) }
    try assertArrives(["Grüße", "t", "1"]) { try $0.send(text, Reading(sensor: "t", values: [1])) }
    try assertArrives(["t", "1"]) { try $0.send(Reading(sensor: "t", values: [1])) }
  }

  func testPartsWithoutFramesDoNotEndAMessageEarly() throws {
    try assertArrives(["Grüße"]) { try $0.send(text, Message()) }
    try assertArrives(["Grüße"]) { try $0.send(Message(), text) }
    try assertArrives(["Grüße", "Grüße"]) { try $0.send(text, Message(), text, Message()) }
  }

  func testPartsWithoutAFrameAreRefused() throws {
    let (receiver, sender) = try pair(.pull, .push, over: .inproc)
    assertThrows(.invalidArgument) { try sender.send(Message(), Message()) }
    assertThrows(.invalidArgument) { _ = try sender.sendIfReady(Message(), Message()) }
    assertThrows(.invalidArgument) { _ = try sender.send(timeout: .seconds(5)) }
    try sender.send("after")
    XCTAssertEqual(try next(receiver), "after")
  }

  func testPartsToAPeerThatIsNotThereAreRefused() throws {
    let router = try context.socket(.router)
    try router.set(.routerMandatory, to: true)
    try router.bind("tcp://127.0.0.1:*")
    let nobody = "nobody"
    assertThrows(.hostUnreachable) { try router.send(nobody, "", text) }
    assertThrows(.hostUnreachable) { try router.send(nobody, large, text) }
    assertThrows(.hostUnreachable) { _ = try router.sendIfReady(nobody, "", text) }
    assertThrows(.hostUnreachable) { _ = try router.send(nobody, "", text, timeout: .seconds(5)) }
  }

  func testPartsWaitForAPeerAndArriveWhole() throws {
    let push = try context.socket(.push)
    try push.set(.sendTimeout, to: .milliseconds(1))
    assertThrows(.wouldBlock) { try push.send(client, large, text) }
    XCTAssertFalse(try push.sendIfReady(client, large, text))
    XCTAssertFalse(try push.send(client, large, text, timeout: .milliseconds(1)))
    let endpoint = try push.bind("tcp://127.0.0.1:*")
    let pull = try context.socket(.pull)
    try pull.connect(endpoint)
    try push.set(.sendTimeout, to: nil)
    try push.send(client, large, text)
    XCTAssertEqual(try next(pull), [client, large, "Grüße"])
  }

  func testPartsToAClosedSocketAreRefused() throws {
    let push = try context.socket(.push)
    push.close()
    assertThrows(.notSocket) { try push.send(client, "", text) }
    assertThrows(.notSocket) { try push.send(large, text) }
    assertThrows(.notSocket) { try push.send(text) }
  }

  func testRequestTakesParts() throws {
    let client = try context.socket(.req)
    let endpoint = try client.bind("tcp://127.0.0.1:*")
    let service = TestThread { [context] in
      let server = try context.socket(.rep)
      try server.connect(endpoint)
      for _ in 0..<2 { try server.send("reply", try server.receive()) }
    }
    XCTAssertEqual(try client.request("get", text, bytes), ["reply", "get", "Grüße", [7, 0, 255]])
    XCTAssertEqual(try client.request("get", text, timeout: .seconds(10)), ["reply", "get", "Grüße"])
    try service.join()
  }

  func testBinaryOptionTakesTextAndBytes() throws {
    let dealer = try context.socket(.dealer)
    let (id, bytes) = ("worker-\(1)", bytes)
    try dealer.set(.routingID, to: id)
    XCTAssertEqual(try dealer.get(.routingID), "worker-1")
    try dealer.set(.routingID, to: id.dropLast(2))
    XCTAssertEqual(try dealer.get(.routingID), "worker")
    try dealer.set(.routingID, to: bytes)
    XCTAssertEqual(try dealer.get(.routingID), [7, 0, 255])
    try dealer.set(.routingID, to: bytes.span)
    XCTAssertEqual(try dealer.get(.routingID), [7, 0, 255])
  }

  func testBinaryOptionRefusesAMessageOfSeveralFrames() throws {
    let dealer = try context.socket(.dealer)
    let error = assertThrows(.invalidArgument) { try dealer.set(.routingID, to: envelope) }
    XCTAssertEqual(error?.subject, "ZMQ_ROUTING_ID")
  }

  func testRawOptionWithATextIsStillACString() throws {
    let dealer = try context.socket(.dealer)
    let domain = "zero\0byte"
    assertThrows(.invalidArgument) { try dealer.set(.raw(55), to: domain) }
  }
}
