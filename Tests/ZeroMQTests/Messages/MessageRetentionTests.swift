import Foundation
import XCTest
import ZeroMQ

/// What was received stays as it is while the socket goes on receiving, which uses memory again that nobody holds any more.
final class MessageRetentionTests: ZeroMQTestCase {
  override var deadline: Duration { .seconds(120) }

  private static let sizes = [0, 7, 23, 24, 30, 33, 34, 200, 1500, 9000]

  /// One to six frames.
  private static func frames(_ number: Int) -> [[UInt8]] {
    (0..<1 + number % 6).map { Payload.bytes(sizes[(number / 3 + $0) % sizes.count], seed: number * 10 + $0) }
  }

  func testHeldMessagesStayAsTheyWere() throws {
    for transport in Transport.allCases {
      for interval in [1, 2, 3, 7] {
        let (pull, push) = try pair(.pull, .push, over: transport)
        var held: [(number: Int, message: Message)] = []
        for number in 0..<300 {
          try push.send(Message(bytes: Self.frames(number)))
          let message = try next(pull)
          if number.isMultiple(of: interval) { held.append((number, message)) }
        }
        for (number, message) in held { XCTAssertEqual(message.arrays, Self.frames(number), "\(number) over \(transport)") }
      }
    }
  }

  func testHeldFramesStayAsTheyWere() throws {
    for transport in Transport.allCases {
      for interval in [1, 2, 5] {
        let (pull, push) = try pair(.pull, .push, over: transport)
        var held: [(bytes: [UInt8], frame: Frame)] = []
        for number in 0..<300 {
          let frames = Self.frames(number)
          try push.send(Message(bytes: frames))
          let message = try next(pull)
          if number.isMultiple(of: interval) { held.append((frames[number % frames.count], message[number % frames.count])) }
        }
        for (bytes, frame) in held { XCTAssertTrue(frame.hasBytes(bytes), "\(bytes.count) bytes over \(transport)") }
      }
    }
  }

  func testHeldSlicesAndChangedMessagesStayAsTheyWere() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      var held: [(frames: [[UInt8]], message: Message)] = []
      for number in 0..<300 {
        let frames = Self.frames(number)
        try push.send(Message(bytes: frames))
        var message = try next(pull)
        switch number % 4 {
        case 0: held.append((Array(frames.dropFirst()), Message(message.dropFirst())))
        case 1:
          message.removeFirst()
          held.append((Array(frames.dropFirst()), message))
        case 2:
          message.append("more")
          held.append((frames + [Array("more".utf8)], message))
        default:
          message.removeLast()
          message.append("other")
          held.append((frames.dropLast() + [Array("other".utf8)], message))
        }
      }
      for (frames, message) in held { XCTAssertEqual(message.arrays, frames, "over \(transport)") }
    }
  }

  func testMessageHeldAfterASmallerAndALargerOneStaysAsItWas() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    let shapes = [[40], [40, 40, 40, 40, 40, 40, 40, 40, 40], [40], [0, 0], [9000], [40], [4000, 4000, 4000], [40, 40]]
    var held: [(frames: [[UInt8]], frame: Frame)] = []
    for (number, shape) in (shapes + shapes).enumerated() {
      let frames = shape.map { Payload.bytes($0, seed: number) }
      try push.send(Message(bytes: frames))
      // The message itself is gone when the next one is received; one of its frames, or nothing, is left of it.
      let received = try next(pull)
      XCTAssertEqual(received.arrays, frames)
      if number.isMultiple(of: 2) { held.append((frames, received[received.count - 1])) }
    }
    for (frames, frame) in held { XCTAssertTrue(frame.hasBytes(frames[frames.count - 1])) }
  }

  func testMessagesGivenToAnotherThreadStayAsTheyWere() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let mailbox = Mailbox()
      let reader = TestThread {
        var held: [(number: Int, frame: Frame)] = []
        while let (number, message) = try mailbox.take() {
          // Most messages are given up here, while the socket looks whether it may use their memory again.
          guard message.arrays == Self.frames(number) else { throw Changed(number: number) }
          if number.isMultiple(of: 5) { held.append((number, message[message.count - 1])) }
          if held.count > 20 { held.removeFirst() }
          guard number.isMultiple(of: 20) else { continue }
          for (number, frame) in held where !frame.hasBytes(Self.frames(number).last!) { throw Changed(number: number) }
        }
      }
      for number in 0..<1000 {
        try push.send(Message(bytes: Self.frames(number)))
        mailbox.put((number, try next(pull)))
      }
      mailbox.put(nil)
      try reader.join(within: .seconds(30))
    }
  }

  func testMessageOutlivesItsSocketAndItsContext() throws {
    for transport in Transport.allCases {
      let ownContext = try Context(Context.Configuration(blocky: false))
      let (pull, push) = (try ownContext.socket(.pull), try ownContext.socket(.push))
      try push.connect(try pull.bind(transport.newEndpoint()))
      try push.send(Message(bytes: Self.frames(5)))
      let message = try next(pull)
      push.close()
      pull.close()
      try ownContext.terminate()
      XCTAssertEqual(message.arrays, Self.frames(5))
      XCTAssertEqual((message + ["x"]).count, 7)
    }
  }

  private struct Changed: Error {
    let number: Int
  }
}

/// What one thread gives to another; `nil` ends it.
// The lock is one that the thread sanitizer sees.
private final class Mailbox: @unchecked Sendable {
  private let lock = NSLock()
  private var items: [(Int, Message)?] = []
  private let filled = DispatchSemaphore(value: 0)

  func put(_ item: (Int, Message)?) {
    lock.withLock { items.append(item) }
    filled.signal()
  }

  func take() throws -> (Int, Message)? {
    guard filled.wait(timeout: .now() + 10) == .success else { throw CocoaError(.userCancelled) }
    return lock.withLock { items.removeFirst() }
  }
}
