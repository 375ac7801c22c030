import Foundation
import Synchronization
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

  func testFirstCopiesOnDifferentThreadsShareTheBytes() throws {
    let buffers = (0..<5000).map { AdoptedBuffer(100, seed: $0) }
    var frames = buffers.map { $0.makeFrame() }
    let meeting = Meeting()
    // libzmq marks the bytes as shared when they are copied for the first time; here two threads do so at the same moment.
    let threads = (0..<2).map { [frames] _ in
      TestThread {
        for (number, frame) in frames.enumerated() {
          meeting.join(of: 2, round: number)
          let copy = UniqueFrame(frame)
          guard array(copy.bytes) == buffers[number].contents else { throw Wrong(number: number) }
        }
      }
    }
    for thread in threads { try thread.join(within: .seconds(60)) }
    XCTAssertEqual(buffers.count { $0.releaseCount > 0 }, 0)
    XCTAssertEqual(frames.count, buffers.count)
    frames.removeAll()
    for buffer in buffers { buffer.waitForRelease() }
    XCTAssertEqual(buffers.count { $0.releaseCount != 1 }, 0)
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

/// Lets threads go on at the same moment.
private final class Meeting: Sendable {
  private let arrivals = Atomic(0)

  func join(of threads: Int, round: Int) {
    arrivals.add(1, ordering: .acquiringAndReleasing)
    var turns = 0
    // The others may have ended with an error.
    while arrivals.load(ordering: .acquiring) < threads * (round + 1), turns < 100_000_000 {
      turns += 1
      if turns.isMultiple(of: 1000) { sched_yield() }
    }
  }
}
