import XCTest
import ZeroMQ

final class FramePoolTests: ZeroMQTestCase {
  private func frame(of pool: FramePool, _ bytes: [UInt8]) -> UniqueFrame {
    pool.frame { output in for byte in bytes { output.append(byte) } }
  }

  func testFramesHaveTheBytesThatWereWritten() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let pool = FramePool(byteCount: 1000)
      for count in [0, 1, 33, 34, 999, 1000] {
        let bytes = Payload.bytes(count)
        try push.send(frame(of: pool, bytes), more: false)
        XCTAssertEqual(try next(pull).first.map(Array.init), bytes)
        unsafe try push.send(pool.frame(copying: bytes.span.bytes), more: false)
        XCTAssertEqual(try next(pull).first.map(Array.init), bytes)
      }
    }
  }

  func testBuffersAreUsedAgain() throws {
    let pool = FramePool(byteCount: 64, limit: 1)
    let addresses = (0..<10).map { _ in
      let frame = frame(of: pool, [1])
      return unsafe frame.bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
    }
    XCTAssertEqual(Set(addresses).count, 1)
  }

  func testFramesBeyondTheLimitHaveMemoryOfTheirOwn() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    let pool = FramePool(byteCount: 100, limit: 2)
    for number in 0..<10 as Range<UInt8> { try push.send(frame(of: pool, Array(repeating: number, count: 100)), more: false) }
    for number in 0..<10 as Range<UInt8> { XCTAssertEqual(try next(pull), [Frame(copying: Array(repeating: number, count: 100))]) }
  }

  func testPoolMayBeDroppedWhileItsFramesAreOnTheirWay() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      var pool: FramePool? = FramePool(byteCount: 100)
      weak var last: FramePool?
      last = pool
      for number in 0..<100 as Range<UInt8> {
        try push.send(frame(of: try XCTUnwrap(pool), Array(repeating: number, count: 100)), more: false)
      }
      pool = nil
      for number in 0..<100 as Range<UInt8> {
        XCTAssertEqual(try next(pull), [Frame(copying: Array(repeating: number, count: 100))])
      }
      push.close()
      pull.close()
      waitUntil("the pool's end") { last == nil }
    }
  }

  func testThreadsMayShareAPool() throws {
    let pool = FramePool(byteCount: 256, limit: 50)
    let context = context
    let threads = (0..<4 as Range<UInt8>).map { number in
      TestThread {
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        try push.connect(try pull.bind("tcp://127.0.0.1:*"))
        let expected = Frame(copying: Array(repeating: number, count: 200))
        for _ in 0..<2000 {
          try push.send(pool.frame { output in for _ in 0..<200 { output.append(number) } }, more: false)
          guard try pull.receive(timeout: .seconds(10)) == [expected] else { throw CancellationError() }
        }
      }
    }
    for thread in threads { try thread.join(within: .seconds(20)) }
  }
}
