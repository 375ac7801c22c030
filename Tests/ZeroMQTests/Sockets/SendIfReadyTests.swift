import XCTest
import ZeroMQ

final class SendIfReadyTests: ZeroMQTestCase {
  func testMessageThatAPeerHasJustSentIsSeen() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try push.connect(try pull.bind("inproc://name"))
    for number in 0..<500 {
      try push.send("\(number)")
      XCTAssertEqual(try pull.receiveIfReady(), Message("\(number)"))
      try push.send("frame")
      var frame = UniqueFrame()
      XCTAssertTrue(try pull.receiveIfReady(into: &frame))
      XCTAssertNil(try pull.receiveIfReady())
    }
  }

  func testRoomThatAPeerHasJustMadeIsSeen() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try push.set(.sendHighWaterMark, to: 1)
    try pull.set(.receiveHighWaterMark, to: 1)
    try push.connect(try pull.bind("inproc://name"))
    while try push.sendIfReady("fill") {}
    for _ in 0..<500 {
      // libzmq tells of the room with the message that makes half of the high-water mark free.
      while try pull.receiveIfReady() != nil {}
      XCTAssertTrue(try push.sendIfReady("whole"))
      while try pull.receiveIfReady() != nil {}
      var frame = UniqueFrame("frame")
      XCTAssertTrue(try push.sendIfReady(&frame, more: false))
      while try push.sendIfReady("fill") {}
    }
  }
}
