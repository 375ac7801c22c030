import Foundation
import Synchronization
import XCTest
import ZeroMQ

/// A buffer to be adopted, which counts how often it is given back.
final class AdoptedBuffer: Sendable {
  let contents: [UInt8]
  private let releases = Mutex(0)
  private let released = DispatchSemaphore(value: 0)

  init(_ count: Int, seed: Int = 0) {
    contents = Payload.bytes(count, seed: seed)
  }

  /// How often the buffer was given back.
  var releaseCount: Int { releases.withLock(\.self) }

  /// A frame that adopts a copy of the contents; to be made once.
  func makeUniqueFrame() -> UniqueFrame {
    let buffer = unsafe makeBuffer()
    return unsafe UniqueFrame(adopting: buffer, release: release)
  }

  /// A frame that adopts a copy of the contents; to be made once.
  func makeFrame() -> Frame {
    let buffer = unsafe makeBuffer()
    return unsafe Frame(adopting: buffer, release: release)
  }

  /// Waits until the buffer has been given back.
  func waitForRelease(file: StaticString = #filePath, line: UInt = #line) {
    let end = DispatchTime.now() + ZeroMQTestCase.patience.seconds
    XCTAssertEqual(released.wait(timeout: end), .success, "the buffer was not given back in time", file: file, line: line)
  }

  private func makeBuffer() -> UnsafeMutableRawBufferPointer {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: contents.count, alignment: 16)
    // SAFETY: the buffer has room for exactly the contents.
    unsafe buffer.copyBytes(from: contents)
    return unsafe buffer
  }

  /// Checks that the buffer still has its bytes, and frees it.
  private func release(_ buffer: UnsafeMutableRawBufferPointer) {
    unsafe XCTAssertTrue(buffer.elementsEqual(contents), "the adopted bytes were changed")
    unsafe buffer.deallocate()
    releases.withLock { $0 += 1 }
    released.signal()
  }
}
