import Foundation
import XCTest
import ZeroMQ

/// Messages of every shape arrive as they were sent.
final class MessageDeliveryTests: ZeroMQTestCase {
  override var deadline: Duration { .seconds(120) }

  func testAnyNumberOfFramesArrives() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for count in [1, 2, 3, 4, 5, 8, 9, 1000, 5000, 1] {
        let frames = (0..<count).map { Payload.bytes($0 % 41, seed: $0) }
        try push.send(Message(bytes: frames))
        XCTAssertEqual(try next(pull).arrays, frames, "\(count) frames over \(transport)")
      }
    }
  }

  func testFrameOfAnySizeArrives() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for size in Payload.sizes + Payload.sizes.reversed() {
        let bytes = Payload.bytes(size)
        try push.send(Message(copying: bytes))
        let message = try next(pull)
        XCTAssertEqual(message.count, 1)
        XCTAssertTrue(message[0].hasBytes(bytes), "\(size) bytes over \(transport)")
      }
    }
  }

  func testFramesOfAllSizesArriveInOneMessage() throws {
    let frames = Payload.sizes.map { Payload.bytes($0) }
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for _ in 0..<3 {
        try push.send(Message(bytes: frames))
        XCTAssertEqual(try next(pull).arrays, frames, "\(transport)")
      }
    }
  }

  func testAllWaysToSendBytesSendTheSame() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for size in [0, 1, 23, 24, 33, 34, 300, 70_000] {
        let bytes = Payload.bytes(size).map { $0 & 0x7f }
        let text = String(decoding: bytes, as: UTF8.self)
        let frame = Frame(copying: bytes)
        try push.send(Message(frame))
        try push.send(frame)
        try push.send(bytes)
        try push.send(Data(bytes))
        try push.send(ArraySlice(bytes))
        try push.send(bytes.lazy.map { $0 })
        try push.send(text)
        try push.send(Substring(text))
        try push.send(bytes.span)
        try unsafe push.send(bytes.span.bytes)
        try push.send([frame])
        try push.send(UniqueFrame(frame), more: false)
        XCTAssertTrue(try push.send(bytes, timeout: Self.patience))
        XCTAssertTrue(try push.send(text, timeout: Self.patience))
        XCTAssertTrue(try push.send(frame, timeout: Self.patience))
        XCTAssertTrue(try push.sendIfReady(bytes))
        XCTAssertTrue(try push.sendIfReady(text))
        XCTAssertTrue(try push.sendIfReady(frame))
        for number in 0..<18 {
          let message = try next(pull)
          XCTAssertEqual(message.count, 1)
          XCTAssertTrue(message[0].hasBytes(bytes), "\(size) bytes over \(transport), number \(number)")
        }
      }
    }
  }

  func testForwardedMessageArrivesWhole() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let (lastPull, forwarder) = try pair(.pull, .push, over: transport)
      for seed in 0..<50 {
        let frames = Payload.frames(seed: seed)
        try push.send(Message(bytes: frames))
        var message = try next(pull)
        if seed.isMultiple(of: 2) { message.insert("hop", at: 0) }
        if seed.isMultiple(of: 3) { message.removeLast() }
        let expected = message.arrays
        try forwarder.send(message)
        XCTAssertEqual(try next(lastPull).arrays, expected)
        XCTAssertEqual(message.arrays, expected)
      }
    }
  }

  func testReceivedMessageIsSentBackByTheSocketThatReceivedIt() throws {
    for transport in Transport.allCases {
      let (router, dealer) = try pair(.router, .dealer, over: transport)
      for seed in 0..<50 {
        let frames = Payload.frames(seed: seed)
        try dealer.send(Message(bytes: frames))
        try router.send(try next(router))
        XCTAssertEqual(try next(dealer).arrays, frames)
      }
    }
  }

  func testMessageOfHundredsOfMegabytesArrives() throws {
    let size = 300 << 20
    var bytes = [UInt8](repeating: 0xa5, count: size)
    for position in stride(from: 0, to: size, by: 4093) { bytes[position] = UInt8(truncatingIfNeeded: position >> 8) }
    for transport in [Transport.inproc, .tcp] {
      let (pull, push) = try pair(.pull, .push, over: transport)
      try push.send(bytes)
      let message = try XCTUnwrap(try pull.receive(timeout: .seconds(60)), "over \(transport)")
      XCTAssertTrue(message[0].hasBytes(bytes), "over \(transport)")
    }
  }
}
