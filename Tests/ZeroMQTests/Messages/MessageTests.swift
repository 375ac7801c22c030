import Dispatch
import XCTest
import ZeroMQ

final class MessageTests: ZeroMQTestCase {
  func testMessageWithoutFramesIsRefused() throws {
    let (push, _) = try pair(.push, .pull, over: .inproc)
    for empty in [Message(), [], Message([Frame]()), Message(["gone"].dropFirst())] {
      XCTAssertEqual(empty.count, 0)
      let error = assertThrows(.invalidArgument) { try push.send(empty) }
      XCTAssertEqual(error?.description, "zmq_msg_send: Invalid argument (EINVAL); a message has at least one frame")
      assertThrows(.invalidArgument) { _ = try push.sendIfReady(empty) }
      assertThrows(.invalidArgument) { _ = try push.send(empty, timeout: .milliseconds(1)) }
    }
    func emptied() -> Message {
      var message: Message = ["gone"]
      message.removeFirst()
      return message
    }
    assertThrows(.invalidArgument) { try push.send(emptied()) }
  }

  func testTextLiteralIsAMessageOfOneFrame() {
    let message: Message = "Hello"
    XCTAssertEqual(message.count, 1)
    XCTAssertEqual(message.arrays, [Array("Hello".utf8)])
  }

  func testEmptyTextLiteralIsAMessageOfOneEmptyFrame() {
    let message: Message = ""
    XCTAssertEqual(message.arrays, [[]])
  }

  func testInterpolatedLiteralIsAMessageOfOneFrame() {
    let number = 42
    let message: Message = "answer-\(number) ☃"
    XCTAssertEqual(message.arrays, [Array("answer-42 ☃".utf8)])
  }

  func testArrayLiteralHasItsFrames() {
    let client: Frame = [0, 1, 2]
    let message: Message = [client, "", "reply-\(1)"]
    XCTAssertEqual(message.arrays, [[0, 1, 2], [], Array("reply-1".utf8)])
  }

  func testMessageIsMadeOfTextAndBytes() {
    let text = String(repeating: "long ", count: 20)
    XCTAssertEqual(Message(text), Message(copying: Array(text.utf8)))
    XCTAssertEqual(Message(text.dropFirst(5)), Message(Frame(text.dropFirst(5))))
    XCTAssertEqual(Message([UInt8](0..<200).span), Message(Frame(0..<200)))
    XCTAssertEqual(Message(UniqueFrame("unique")), "unique")
    XCTAssertEqual(Message(repeating: "again", count: 3), ["again", "again", "again"])
  }

  func testRoutingIDIsConcatenatedBeforeAMessage() {
    let message: Message = ["", "body"]
    let client: Frame = "client"
    let whole: Message = [client] + message
    XCTAssertEqual(whole, ["client", "", "body"])
    XCTAssertEqual(message, ["", "body"])
  }

  func testFramesAreComparedWithLiterals() {
    let message: Message = ["worker", "READY"]
    XCTAssertTrue(message.last == "READY")
    XCTAssertFalse(message.first == "READY")
  }

  func testEqualMessagesHashAlike() {
    for size in [0, 5, 23, 24, 33, 34, 300] {
      let bytes = [Payload.bytes(size), Payload.bytes(size, seed: 1)]
      let (one, other) = (Message(bytes: bytes), Message(bytes: bytes))
      XCTAssertEqual(one, other)
      XCTAssertEqual(one.hashValue, other.hashValue)
      var slice = Message(bytes: [[1]] + bytes + [[2]])
      slice.removeFirst()
      slice.removeLast()
      XCTAssertEqual(slice, one)
      XCTAssertEqual(slice.hashValue, one.hashValue)
    }
  }

  func testMessagesThatDifferInFramingAreNotEqual() {
    XCTAssertNotEqual(["ab"] as Message, ["a", "b"])
    XCTAssertNotEqual(["a", "b"] as Message, ["a", "b", ""])
    XCTAssertNotEqual(["a", "bc"] as Message, ["ab", "c"])
    XCTAssertEqual(Set<Message>([["ab"], ["a", "b"], ["a", "b", ""], ["", "ab"], [], ""]).count, 6)
  }

  func testSingleFrameIsDescribedByItsText() {
    XCTAssertEqual("\("Grüße, 世界" as Message)", "Grüße, 世界")
  }

  func testSeveralFramesAreDescribedAsAList() {
    let message: Message = [[0, 0x80, 0xff], "", "body"]
    XCTAssertEqual("\(message)", #"[0x0080ff, "", "body"]"#)
    XCTAssertEqual("\(Message())", "[]")
  }

  func testDescriptionTellsQuotesFromTheEndOfAFrame() {
    XCTAssertEqual("\(["a\", \"b", "c"] as Message)", #"["a\", \"b", "c"]"#)
    XCTAssertNotEqual("\(["a\", \"b"] as Message + ["c"])", "\(["a", "b", "c"] as Message)")
  }

  func testDescriptionOfManyFramesEnds() {
    let message = Message((0..<70).map { Frame("\($0)") })
    XCTAssertTrue("\(message)".hasSuffix(#""62", "63", … 6 more]"#), "\(message)")
  }

  func testDescriptionNeverControlsATerminal() {
    for text in ["a\nb", "\r", "tab\there"] {
      for description in ["\(Message(text))", "\([Frame(text), "x"] as Message)", "\(Frame(text))", Frame(text).debugDescription] {
        XCTAssertTrue(description.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 32 && $0.value < 127 }, description)
      }
    }
    let dangerous = ["\u{1b}[2J", "\u{7}", "\u{7f}", "\u{9b}31m", "\u{202e}txt.exe", "\u{2028}", "\0"]
    for text in dangerous {
      for description in ["\(Message(text))", "\([Frame(text), "x"] as Message)", "\(Frame(text))", Frame(text).debugDescription] {
        XCTAssertTrue(description.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 32 && $0.value < 127 }, description)
        XCTAssertTrue(description.contains("0x"), description)
      }
    }
  }

  func testReceivedMessageIsChangedAloneAndForGood() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    func receive() throws -> Message {
      try push.send(["head", Frame(copying: Payload.bytes(100)), Frame(copying: Payload.bytes(200))])
      return try next(pull)
    }
    for size in [0, 5, 50, 5000] {
      var changed = try receive()
      changed[1] = Frame(copying: Payload.bytes(size))
      // The socket goes on with memory of its own.
      XCTAssertEqual(try receive().arrays, [Array("head".utf8), Payload.bytes(100), Payload.bytes(200)])
      XCTAssertEqual(changed.arrays, [Array("head".utf8), Payload.bytes(size), Payload.bytes(200)])
      let copy = try receive()
      changed = copy
      let body = changed[2]
      changed[2] = changed[1]
      changed[1] = "new"
      XCTAssertEqual(changed.arrays, [Array("head".utf8), Array("new".utf8), Payload.bytes(100)])
      XCTAssertEqual(copy.arrays, [Array("head".utf8), Payload.bytes(100), Payload.bytes(200)])
      XCTAssertEqual([UInt8](body), Payload.bytes(200))
      try push.send(changed)
      XCTAssertEqual(try next(pull), changed)
    }
  }

  func testReceivedMessageIsChangedOnAnotherThread() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    let (finished, isRunning) = (DispatchGroup(), DispatchQueue(label: "changes"))
    for round in 0..<200 {
      try push.send([Frame(copying: Payload.bytes(100)), Frame(copying: Payload.bytes(60))])
      let message = try next(pull)
      isRunning.async(group: finished) {
        var changed = message
        changed[round % 2] = Frame(copying: Payload.bytes(70))
        XCTAssertEqual([UInt8](changed[round % 2]), Payload.bytes(70))
        XCTAssertEqual([UInt8](changed[1 - round % 2]), Payload.bytes(round % 2 == 0 ? 60 : 100))
      }
      if round % 3 == 0 { XCTAssertEqual([UInt8](message[0]), Payload.bytes(100)) }
    }
    XCTAssertEqual(finished.wait(timeout: .now() + 10), .success)
  }

  func testChangingACopyLeavesTheOriginal() {
    let original = Message(bytes: Payload.frames())
    let changes: [(inout Message) -> Void] = [
      { $0.append("new") },
      { $0[0] = "new" },
      { $0.removeFirst() },
      { $0.removeLast() },
      { $0.insert("new", at: 2) },
      { $0.removeAll() },
      { message in
        message.removeLast()
        message.append("new")
      },
      { $0.swapAt(0, 7) },
      { $0.reverse() },
      { message in
        message.reserveCapacity(100)
        message.append("new")
      },
      { $0 += $0 },
      { $0.removeSubrange(1..<4) },
    ]
    for change in changes {
      var copy = original
      change(&copy)
      XCTAssertNotEqual(copy, original)
      XCTAssertEqual(original.arrays, Payload.frames())
    }
  }

  func testTwoCopiesGrowApart() {
    var one: Message = ["shared"]
    one.reserveCapacity(10)
    var other = one
    one.append("one")
    other.append("other")
    one.append("one")
    XCTAssertEqual(one, ["shared", "one", "one"])
    XCTAssertEqual(other, ["shared", "other"])
  }

  func testFrameTakenFromAMessageOutlivesIt() {
    for size in [5, 23, 24, 33, 34, 10_000] {
      var message = Message(bytes: [[1], Payload.bytes(size), [2]])
      let frame = message[1]
      message.removeAll()
      message = "another"
      XCTAssertTrue(frame.hasBytes(Payload.bytes(size)))
    }
  }

  func testMessageIsBuiltOfItself() {
    var message = Message(bytes: Payload.frames())
    message.append(contentsOf: message)
    message.insert(contentsOf: message[1..<3], at: 0)
    message[0] = message[message.count - 1]
    let frames = Payload.frames()
    XCTAssertEqual(message.arrays, [frames[7], frames[2]] + frames + frames)
  }

  func testSliceIsAMessageAgain() {
    let message: Message = ["client", "", "request", "body"]
    let separator = message.firstIndex(of: "")!
    XCTAssertEqual(Message(message[..<separator]), ["client"])
    XCTAssertEqual(Message(message[(separator + 1)...]), ["request", "body"])
    XCTAssertEqual(Message(message.split(separator: "").last!), ["request", "body"])
  }

  func testMoreOrFewerFramesAreAssignedToASubrange() {
    var message: Message = ["a", "b", "c", "d"]
    let other: Message = ["x", "y", "z"]
    message[1..<3] = other[0..<3]
    XCTAssertEqual(message, ["a", "x", "y", "z", "d"])
    message[..<4] = other[1..<2]
    XCTAssertEqual(message, ["y", "d"])
  }

  func testFramesOfSubrangeAreAssigned() {
    var message: Message = ["a", "b", "c", "d"]
    let other: Message = ["x", "y", "z"]
    message[1..<3] = other[1..<3]
    XCTAssertEqual(message, ["a", "y", "z", "d"])
  }
}
