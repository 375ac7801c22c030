import Foundation
import XCTest
import ZeroMQ

final class SendFormTests: ZeroMQTestCase {
  /// Sends over every transport, and checks which frames arrive.
  private func assertArrives(
    _ frames: [[UInt8]], file: StaticString = #filePath, line: UInt = #line, _ send: (DealerSocket) throws -> Void
  ) throws {
    for transport in Transport.allCases {
      let (receiver, sender) = try pair(.dealer, .dealer, over: transport)
      try send(sender)
      XCTAssertEqual(try next(receiver, file: file, line: line).map { [UInt8]($0) }, frames, file: file, line: line)
    }
  }

  private let text = "Grüße, 世界"
  private let bytes: [UInt8] = [0, 255, 1, 128, 0]

  func testTextArrivesAsUTF8() throws {
    try assertArrives([Array(text.utf8)]) { try $0.send(text) }
    try assertArrives([Array(text.utf8)]) { XCTAssertTrue(try $0.sendIfReady(text)) }
    try assertArrives([Array(text.utf8)]) { XCTAssertTrue(try $0.send(text, timeout: .seconds(5))) }
  }

  func testSubstringArrivesAsUTF8() throws {
    try assertArrives([Array("世界".utf8)]) { try $0.send(text.suffix(2)) }
    try assertArrives([Array("世界".utf8)]) { XCTAssertTrue(try $0.sendIfReady(text.suffix(2))) }
  }

  func testEmptyTextArrivesAsAnEmptyFrame() throws {
    try assertArrives([[]]) { try $0.send("") }
    try assertArrives([[]]) { try $0.send("".dropFirst()) }
  }

  func testArrayArrives() throws {
    try assertArrives([bytes]) { try $0.send(bytes) }
    try assertArrives([bytes]) { XCTAssertTrue(try $0.sendIfReady(bytes)) }
    try assertArrives([bytes]) { XCTAssertTrue(try $0.send(bytes, timeout: .seconds(5))) }
  }

  func testEmptyArrayArrivesAsAnEmptyFrame() throws {
    try assertArrives([[]]) { try $0.send([] as [UInt8]) }
    try assertArrives([[]]) { XCTAssertTrue(try $0.sendIfReady([] as [UInt8])) }
  }

  func testArraySliceArrives() throws {
    try assertArrives([[255, 1]]) { try $0.send(bytes[1..<3]) }
  }

  func testLazyCollectionArrives() throws {
    try assertArrives([[0, 128, 1, 255, 0]]) { try $0.send(bytes.reversed()) }
    try assertArrives([[255, 128]]) { try $0.send(bytes.lazy.filter { $0 > 1 }) }
  }

  func testDataArrives() throws {
    try assertArrives([bytes]) { try $0.send(Data(bytes)) }
    try assertArrives([[1, 128, 0]]) { try $0.send(Data(bytes).dropFirst(2)) }
    try assertArrives([[]]) { try $0.send(Data()) }
  }

  func testFrameArrives() throws {
    try assertArrives([bytes]) { try $0.send(Frame(copying: bytes)) }
    let large = Array(repeating: 9 as UInt8, count: 1000)
    try assertArrives([large]) { try $0.send(Frame(copying: large)) }
    try assertArrives([[]]) { try $0.send(Frame()) }
  }

  func testSpansArrive() throws {
    try assertArrives([bytes]) { sender in
      let bytes = bytes
      let span = bytes.span
      try sender.send(span)
    }
    try assertArrives([bytes]) { sender in
      let bytes = bytes
      // SAFETY: reading bytes as bytes.
      let span = unsafe bytes.span.bytes
      try sender.send(span)
    }
    try assertArrives([[255, 1]]) { sender in
      let bytes = bytes
      let span = bytes.span.extracting(1..<3)
      try sender.send(span)
    }
    try assertArrives([[]]) { sender in
      let bytes: [UInt8] = []
      let span = bytes.span
      try sender.send(span)
    }
  }

  func testMessageArrives() throws {
    try assertArrives([[1], [], bytes]) { try $0.send(Message([[1], "", Frame(copying: bytes)])) }
    try assertArrives([bytes]) { try $0.send(Message(copying: bytes)) }
  }

  func testLiteralsArrive() throws {
    try assertArrives([Array("literal".utf8)]) { try $0.send("literal") }
    try assertArrives([Array("n 5".utf8)]) { try $0.send("n \(5)") }
    try assertArrives([[1, 2, 3]]) { try $0.send([1, 2, 3]) }
    try assertArrives([Array("a".utf8), [], Array("b".utf8)]) { try $0.send(["a", "", "b"]) }
  }

  func testUniqueFramesArrive() throws {
    try assertArrives([[1], bytes]) { sender in
      try sender.send(UniqueFrame(copying: [1]), more: true)
      try sender.send(UniqueFrame(copying: bytes), more: false)
    }
    try assertArrives([bytes]) { sender in
      var frame = UniqueFrame(copying: bytes)
      XCTAssertTrue(try sender.sendIfReady(&frame, more: false))
      XCTAssertTrue(frame.isEmpty)
    }
  }

  func testMessageWithoutFramesIsRefused() throws {
    let (receiver, sender) = try pair(.pull, .push, over: .inproc)
    let error = assertThrows(.invalidArgument) { try sender.send(Message()) }
    XCTAssertEqual(error?.description, "zmq_msg_send: Invalid argument (EINVAL); a message has at least one frame")
    assertThrows(.invalidArgument) { _ = try sender.sendIfReady(Message()) }
    assertThrows(.invalidArgument) { _ = try sender.send(Message(), timeout: .seconds(5)) }
    try sender.send("after")
    XCTAssertEqual(try next(receiver), "after")
  }

  func testMessageMayBeSentAgain() throws {
    for transport in Transport.allCases {
      let (receiver, sender) = try pair(.pull, .push, over: transport)
      let message: Message = ["short", Frame(copying: Array(repeating: 5, count: 500))]
      for _ in 0..<3 { try sender.send(message) }
      for _ in 0..<3 { XCTAssertEqual(try next(receiver), message) }
      XCTAssertEqual(message.map(\.count), [5, 500])
    }
  }

  func testReceivedMessageMayBeSentOn() throws {
    for transport in Transport.allCases {
      let (receiver, sender) = try pair(.pair, .pair, over: transport)
      let message: Message = ["short", Frame(copying: Array(repeating: 5, count: 500))]
      try sender.send(message)
      for _ in 0..<10 {
        try receiver.send(try next(receiver))
        try sender.send(try next(sender))
      }
      XCTAssertEqual(try next(receiver), message)
    }
  }

  func testMessageThatCouldNotBeSentIsKept() throws {
    let push = try context.socket(.push)
    let message: Message = ["a", Frame(copying: Array(repeating: 5, count: 500))]
    let copy = message
    XCTAssertFalse(try push.sendIfReady(message))
    XCTAssertEqual(copy.map(\.count), [1, 500])
    XCTAssertEqual(message, copy)
  }
}
