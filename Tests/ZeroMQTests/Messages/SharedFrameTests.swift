import XCTest
import ZeroMQ

/// One value is used by many threads at once.
final class SharedFrameTests: ZeroMQTestCase {
  override var deadline: Duration { .seconds(180) }

  private struct Wrong: Error {
    let number: Int
  }

  /// Runs a body on eight threads, each with sockets of its own; the transports take turns.
  private func onEightThreads(
    _ body: @escaping @Sendable (_ pull: PullSocket, _ push: PushSocket) throws -> Void
  ) throws {
    let threads = (0..<8).map { [context] number in
      TestThread {
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        try push.connect(try pull.bind(Transport.allCases[number % 3].newEndpoint()))
        try body(pull, push)
      }
    }
    for thread in threads { try thread.join(within: .seconds(120)) }
  }

  private func send(_ count: Int) throws {
    let bytes = Payload.bytes(count)
    let frame = Frame(copying: bytes)
    try onEightThreads { pull, push in
      for number in 0..<2000 {
        try push.send(frame)
        let message = try pull.receive(timeout: ZeroMQTestCase.patience)
        guard message?.first?.hasBytes(bytes) ?? false else { throw Wrong(number: number) }
      }
    }
    XCTAssertTrue(frame.hasBytes(bytes))
  }

  func testSmallFrameArrivesIntactFromManyThreads() throws {
    try send(30)
  }

  func testMediumFrameArrivesIntactFromManyThreads() throws {
    try send(1024)
  }

  func testLargeFrameArrivesIntactFromManyThreads() throws {
    try send(100 << 10)
  }

  func testMessageArrivesIntactFromManyThreads() throws {
    let frames = Payload.frames()
    let message = Message(bytes: frames)
    try onEightThreads { pull, push in
      for number in 0..<500 {
        try push.send(message)
        guard try pull.receive(timeout: ZeroMQTestCase.patience)?.arrays == frames else { throw Wrong(number: number) }
      }
    }
    XCTAssertEqual(message.arrays, frames)
  }

  func testReceivedMessageIsChangedAndSentByManyThreads() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let frames = Payload.frames()
      try push.send(Message(bytes: frames))
      let message = try next(pull)
      try onEightThreads { pull, push in
        for number in 0..<100 {
          var own = message
          own[1] = "own \(number)"
          own.append(message[7])
          try push.send(own)
          var expected = frames
          expected[1] = Array("own \(number)".utf8)
          guard try pull.receive(timeout: ZeroMQTestCase.patience)?.arrays == expected + [frames[7]] else {
            throw Wrong(number: number)
          }
        }
      }
      XCTAssertEqual(message.arrays, frames)
    }
  }

  func testLastOwnersOnDifferentThreadsReleaseTheBytesOnce() throws {
    for _ in 0..<50 {
      let buffer = AdoptedBuffer(10_000)
      let frame = buffer.makeFrame()
      let threads = (0..<4).map { _ in
        TestThread {
          var copies = (0..<20).map { _ in Message([frame, frame]) }
          guard copies.allSatisfy({ $0[1].hasBytes(buffer.contents) }) else { throw Wrong(number: 0) }
          copies.removeAll()
        }
      }
      for thread in threads { try thread.join() }
      withExtendedLifetime(frame) { XCTAssertEqual(buffer.releaseCount, 0) }
    }
  }
}
