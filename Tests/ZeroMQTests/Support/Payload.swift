import Foundation
import ZeroMQ

/// Bytes to send, and ways to look at those that arrive.
enum Payload {
  /// The sizes around which libzmq, or this library, changes how it keeps a frame's bytes.
  static let sizes = [0, 1, 22, 23, 24, 29, 30, 33, 34, 64, 255, 256, 8191, 8192, 8193, 65_536, 1 << 20]

  /// Bytes that differ from those of every other seed, from eight bytes on.
  static func bytes(_ count: Int, seed: Int = 0) -> [UInt8] {
    var generator = SeededGenerator(seed: UInt64(bitPattern: Int64(seed)) ^ UInt64(count) << 32)
    return unsafe [UInt8](unsafeUninitializedCapacity: count + 8) { buffer, written in
      for start in stride(from: 0, to: count, by: 8) {
        // SAFETY: the capacity has room for a whole word at every start.
        unsafe UnsafeMutableRawBufferPointer(buffer).storeBytes(of: generator.next(), toByteOffset: start, as: UInt64.self)
      }
      written = count
    }
  }

  /// Several frames of different sizes, all ways of keeping bytes among them.
  static func frames(seed: Int = 0) -> [[UInt8]] {
    [3, 0, 23, 24, 33, 34, 300, 9000].map { bytes($0, seed: seed) }
  }
}

/// A random number generator whose numbers depend on its seed only (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}

/// Copies the bytes of a span, in a call that the optimizer cannot look into.
@inline(never)
func array(_ bytes: RawSpan) -> [UInt8] {
  overwriteStack()
  return unsafe bytes.withUnsafeBytes { unsafe Array($0) }
}

/// Leaves a mark where a pointer to a value that is gone would read.
@inline(never)
private func overwriteStack() {
  unsafe withUnsafeTemporaryAllocation(byteCount: 900, alignment: 8) { unsafe _ = memset($0.baseAddress!, 0xee, $0.count) }
}

extension Frame {
  /// Whether the frame has these bytes; faster than comparing frames in a debug build.
  func hasBytes(_ expected: [UInt8]) -> Bool {
    guard count == expected.count else { return false }
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe bytes.isEmpty || expected.withUnsafeBytes { unsafe memcmp($0.baseAddress!, bytes.baseAddress!, bytes.count) == 0 }
    }
  }
}

extension Message {
  /// A message of frames with these bytes.
  init(bytes frames: [[UInt8]]) {
    self.init(frames.map { Frame(copying: $0) })
  }

  /// The bytes of all frames.
  var arrays: [[UInt8]] { map { array($0.bytes) } }
}
