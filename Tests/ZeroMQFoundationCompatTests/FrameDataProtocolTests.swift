import Foundation
import XCTest
import ZeroMQ
import ZeroMQFoundationCompat

final class FrameDataProtocolTests: XCTestCase {
  private let sizes = [0, 1, 23, 24, 1000]

  private func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0) } }

  func testFrameLendsItsBytes() {
    for size in sizes {
      let frame = Frame(bytes(size))
      XCTAssertEqual(unsafe frame.withUnsafeBytes { unsafe [UInt8]($0) }, bytes(size))
      XCTAssertThrowsError(unsafe try frame.withUnsafeBytes { _ in throw CocoaError(.coderReadCorrupt) })
    }
  }

  func testFrameIsDataInOneRegion() {
    for size in sizes {
      let frame = Frame(bytes(size))
      XCTAssertEqual(Data(joined(frame)), Data(bytes(size)))
      XCTAssertEqual(frame.regions.count, 1)
    }
  }

  func testFrameCopiesARangeOfItsBytes() {
    let frame = Frame(bytes(100))
    var target = [UInt8](repeating: 0, count: 10)
    XCTAssertEqual(unsafe target.withUnsafeMutableBytes { unsafe frame.copyBytes(to: $0, from: 20..<30) }, 10)
    XCTAssertEqual(target, [UInt8](20..<30))
  }

  func testFrameIsSearchedForBytes() {
    XCTAssertEqual(Frame("key: value").firstRange(of: Data(": ".utf8)), 3..<5)
    XCTAssertNil(Frame("key").firstRange(of: Data(": ".utf8)))
  }

  func testFrameIsEncodedInBase64() {
    XCTAssertEqual(Data(Frame("Man")).base64EncodedString(), "TWFu")
  }

  /// The bytes, as an algorithm sees them that takes any data.
  private func joined(_ data: some DataProtocol) -> [UInt8] {
    data.regions.reduce(into: []) { bytes, region in unsafe region.withUnsafeBytes { unsafe bytes += $0 } }
  }
}
