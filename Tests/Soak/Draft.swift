import ZeroMQ

/// A message of a stream: its first frame says which one it is, how many frames there are and what their checksum is.
struct Draft {
  /// Words at the beginning of the first frame.
  private enum Header {
    static let stream = 0
    static let number = 8
    static let shape = 16
    static let checksum = 24
    static let size = 32
  }

  /// A message that ends its stream.
  private static let end: UInt64 = 1 << 32

  /// The bytes of each frame.
  let frames: [[UInt8]]

  /// Whether it is the last one of its stream.
  let isEnd: Bool

  /// Makes a message of random size and content.
  init(stream: Int, number: Int, isEnd: Bool, using random: inout SeededGenerator) {
    var frames = [[UInt8](repeating: 0, count: Header.size) + Self.bytes(using: &random)]
    for _ in 0..<[0, 0, 0, 1, 1, 2, 3, 6][Int.random(in: 0..<8, using: &random)] {
      frames.append([UInt8](Self.bytes(using: &random)))
    }
    frames[0].store(UInt64(stream), at: Header.stream)
    frames[0].store(UInt64(number), at: Header.number)
    frames[0].store(UInt64(frames.count) | (isEnd ? Self.end : 0), at: Header.shape)
    var checksum = Checksum()
    // The checksum's own place is zero meanwhile.
    for frame in frames { unsafe checksum.add(frame.span.bytes) }
    frames[0].store(checksum.value, at: Header.checksum)
    (self.frames, self.isEnd) = (frames, isEnd)
  }

  /// Bytes to copy from, which are costly to make.
  private static let pool: [UInt8] = {
    var random = SeededGenerator(seed: 1)
    var pool: [UInt8] = []
    // SAFETY: the bytes are copied, here and below.
    for _ in 0..<(1 << 15) { unsafe withUnsafeBytes(of: random.next()) { unsafe pool.append(contentsOf: $0) } }
    return pool
  }()

  /// No bytes to 100 KB, mostly few.
  private static func bytes(using random: inout SeededGenerator) -> ArraySlice<UInt8> {
    let limit =
      switch Int.random(in: 0..<200, using: &random) {
      case 0: 100_000
      case 1..<6: 30_000
      case 6..<30: 9000
      case 30..<90: 300
      case 90..<120: 0
      default: 40
      }
    let count = Int.random(in: 0...limit, using: &random)
    let start = Int.random(in: 0...(pool.count - count), using: &random)
    return pool[start..<start + count]
  }

  /// Looks at a message as it is received.
  struct Inspection {
    private var checksum = Checksum()
    private var count = 0
    private var words: [UInt64] = []

    /// Takes the next frame.
    mutating func add(_ frame: RawSpan) {
      defer { count += 1 }
      guard count == 0, frame.byteCount >= Header.size else { return checksum.add(frame) }
      words = stride(from: 0, to: Header.size, by: 8).map { frame.word(at: $0) }
      var first = unsafe frame.withUnsafeBytes { unsafe [UInt8]($0) }
      first.store(0, at: Header.checksum)
      unsafe checksum.add(first.span.bytes)
    }

    /// What the message is, which must have been received whole and as it was sent.
    func result() throws(Fault) -> (stream: Int, number: Int, isEnd: Bool) {
      guard words.count == 4 else { throw Fault("a message of \(count) frames does not begin as it should") }
      let (stream, number, shape) = (Int(words[0]), Int(words[1]), words[2])
      let what = "message \(number) of stream \(stream)"
      guard shape & (Draft.end - 1) == UInt64(count) else {
        throw Fault("\(what) has \(count) frames instead of \(shape & (Draft.end - 1))")
      }
      guard words[3] == checksum.value else { throw Fault("\(what) has another checksum than it was sent with") }
      return (stream, number, shape & Draft.end != 0)
    }
  }
}

/// What must not happen.
struct Fault: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// A sum over frames that no change of a byte, of an order or of a length leaves alone.
private struct Checksum {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { bytes in
      var (sum, index) = (value, 0)
      while index + 8 <= bytes.count {
        sum = unsafe (sum ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x9e37_79b9_7f4a_7c15
        sum ^= sum >> 29
        index += 8
      }
      while index < bytes.count {
        sum = unsafe (sum ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01b3
        index += 1
      }
      sum = (sum ^ UInt64(bytes.count)) &* 0x9e37_79b9_7f4a_7c15
      value = sum ^ sum >> 32
    }
  }
}

extension [UInt8] {
  fileprivate mutating func store(_ word: UInt64, at offset: Int) {
    unsafe withUnsafeMutableBytes { unsafe $0.storeBytes(of: word, toByteOffset: offset, as: UInt64.self) }
  }
}

extension RawSpan {
  fileprivate func word(at offset: Int) -> UInt64 {
    unsafe withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
  }
}
