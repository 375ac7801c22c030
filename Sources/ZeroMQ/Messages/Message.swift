internal import CZeroMQ

/// A message of one or more frames, as a value.
///
/// A message is a collection of ``Frame``s: it can be sliced, extended, concatenated, compared and sent to other tasks and threads.
/// libzmq delivers it whole or not at all. Frames received lie in libzmq's own memory, all in one allocation; copies of a message
/// share them.
///
/// ```swift
/// var message = try router.receive()          // [routing ID, "", body]
/// let client = message.removeFirst()
/// try router.send([client, "", "reply"])
/// ```
public struct Message: Sendable {
  /// The frames, and perhaps others before and behind this message's own; `nil` while there are none.
  var reference: StorageReference

  /// Which of the storage's frames are the message's.
  var range: Range<Int>

  /// Makes a message without frames, to append to; it cannot be sent so.
  public init() {
    reference = StorageReference()
    range = 0..<0
  }

  /// Makes a message of one frame with a copy of a collection's bytes.
  ///
  /// - Parameter bytes: the bytes, such as an array or a `Data`; none is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(copying bytes: some Collection<UInt8>) {
    // SAFETY: the bytes are lent for the call, which copies them.
    self = unsafe bytes.withBytes { unsafe Message(copyingBytes: $0) }
  }

  @usableFromInline
  init(copyingBytes bytes: UnsafeRawBufferPointer) {
    let storage = StoragePool.take()
    unsafe storage.slots.append(copying: bytes)
    self.init(storage, 0..<1)
  }

  /// Makes a message of one frame, which it takes over.
  ///
  /// - Parameter frame: the frame, consumed.
  public init(_ frame: consuming UniqueFrame) {
    self.init(owning: frame.take())
  }

  private init(owning message: zmq_msg_t) {
    let storage = StoragePool.take()
    storage.slots.append(message)
    self.init(storage, 0..<1)
  }

  /// The frames that a storage has in a range.
  init(_ reference: StorageReference, _ range: Range<Int>) {
    self.reference = reference
    self.range = range
  }
}

extension Message: RandomAccessCollection, MutableCollection {
  /// The position of the first frame: 0.
  public var startIndex: Int { 0 }

  /// The position behind the last frame.
  public var endIndex: Int { range.count }

  /// The number of frames.
  public var count: Int { range.count }

  /// The frame at a position.
  ///
  /// - Complexity: O(1); to change a frame of a message that has copies, O(*n*) in the number of frames.
  public subscript(position: Int) -> Frame {
    get { Frame(of: reference, at: index(of: position)) }
    set {
      let index = index(of: position)
      guard !reference.isWritable() else { return reference.slots.replace(at: index, with: newValue) }
      replaceSubrange(position..<position + 1, with: CollectionOfOne(newValue))
    }
  }

  /// Where the frame at a position lies in the storage.
  func index(of position: Int) -> Int {
    precondition(position >= 0 && position < count, "position \(position) is outside a message of \(count) frames")
    return range.lowerBound + position
  }

  /// The frames in a range; those assigned may be more or fewer.
  ///
  /// - Complexity: O(1) to read; O(*n*) in the number of frames to change.
  public subscript(bounds: Range<Int>) -> Slice<Message> {
    get { Slice(base: self, bounds: bounds) }
    set { replaceSubrange(bounds, with: newValue) }
  }
}

extension Message: RangeReplaceableCollection {
  /// Replaces some frames by others.
  ///
  /// - Parameters:
  ///   - subrange: the positions to replace.
  ///   - newFrames: the frames to put there; their bytes are shared, not copied, unless they are few.
  /// - Complexity: O(*n*) in the number of frames, but O(*m*) in that of the new ones at the end of a message that has room.
  public mutating func replaceSubrange(_ subrange: Range<Int>, with newFrames: some Collection<Frame>) {
    precondition(
      subrange.lowerBound >= 0 && subrange.upperBound <= count, "positions \(subrange) are outside a message of \(count) frames")
    if subrange == endIndex..<endIndex, hasRoom(for: newFrames.count) {
      for frame in newFrames { reference.slots.appendChecked(frame.makeMessage()) }
    } else {
      let target = StorageReference(capacity: Swift.max(4, 2 * (count - subrange.count + newFrames.count)))
      copyFrames(0..<subrange.lowerBound, to: target)
      for frame in newFrames { target.slots.appendChecked(frame.makeMessage()) }
      copyFrames(subrange.upperBound..<count, to: target)
      self = Message(target, 0..<0)
    }
    range = range.lowerBound..<(reference.isEmpty ? 0 : reference.slots.count)
  }

  /// Removes the first frame and returns it, such as the routing ID that a ROUTER received.
  ///
  /// - Returns: the frame; the message must have one.
  /// - Complexity: O(1).
  @discardableResult
  public mutating func removeFirst() -> Frame {
    let frame = self[0]
    range = range.dropFirst()
    return frame
  }

  /// Removes the first frames, such as an envelope.
  ///
  /// - Parameter count: how many; the message must have so many.
  /// - Complexity: O(1).
  public mutating func removeFirst(_ count: Int) {
    precondition(count >= 0 && count <= self.count, "a message of \(self.count) frames has no \(count) to remove")
    range = range.dropFirst(count)
  }

  /// Removes the last frame and returns it.
  ///
  /// - Returns: the frame; the message must have one.
  /// - Complexity: O(1).
  @discardableResult
  public mutating func removeLast() -> Frame {
    let frame = self[count - 1]
    range = range.dropLast()
    return frame
  }

  /// Makes room for a number of frames, so that as many can be appended without another allocation.
  ///
  /// - Parameter count: the number of frames in all.
  public mutating func reserveCapacity(_ count: Int) {
    guard count > self.count, !hasRoom(for: count - self.count) else { return }
    let target = StorageReference(capacity: count)
    copyFrames(indices, to: target)
    self = Message(target, 0..<target.slots.count)
  }

  /// Whether so many frames can be put behind the last one: nobody shares the storage, and it is large enough.
  private mutating func hasRoom(for count: Int) -> Bool {
    guard reference.isUnique() else { return false }
    reference.slots.truncate(to: range.upperBound)
    return range.upperBound + count <= reference.slots.capacity
  }

  private func copyFrames(_ positions: Range<Int>, to target: StorageReference) {
    for position in positions { target.slots.appendChecked(reference.slots.copy(at: range.lowerBound + position)) }
  }
}

extension Message: Hashable {
  /// Whether two messages have the same frames.
  public static func == (left: Message, right: Message) -> Bool {
    left.elementsEqual(right)
  }

  /// Feeds the frames to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for frame in self { hasher.combine(frame) }
  }
}

extension Message: ExpressibleByArrayLiteral {
  /// Makes a message of the frames of a literal.
  @inlinable
  public init(arrayLiteral frames: Frame...) {
    var frames = frames
    // SAFETY: the array is lent for the call, which leaves empty frames in it.
    self = unsafe frames.withUnsafeMutableBufferPointer { unsafe Message(moving: $0) }
  }

  /// Makes a message of some frames, of which it leaves empty ones.
  @usableFromInline
  init(moving frames: UnsafeMutableBufferPointer<Frame>) {
    if frames.count == 1, let (storage, index) = unsafe frames[0].takeOwner() {
      reference = storage
      range = index..<index + 1
      return
    }
    reference = frames.count <= StoragePool.capacity ? StoragePool.take() : StorageReference(capacity: frames.count)
    range = 0..<frames.count
    let slots = reference.slots
    // SAFETY: the object has room for so many, and nobody else refers to it.
    var slot = unsafe slots.frame(at: 0)
    for frame in 0..<frames.count {
      unsafe frames.baseAddress.unsafelyUnwrapped[frame].move(to: slot)
      unsafe slot += 1
    }
    slots.count = frames.count
  }
}

extension Message: ExpressibleByStringInterpolation {
  /// Makes a message of one frame with the UTF-8 bytes of a literal.
  public init(stringLiteral text: String) {
    self.init(text)
  }
}

extension Message: CustomStringConvertible {
  /// A single frame's description; of several frames, a list of the first 64, and how many more there are.
  public var description: String {
    if count == 1 { return self[0].description }
    let more = count > 64 ? ["… \(count - 64) more"] : []
    return "[\((prefix(64).map(\.debugDescription) + more).joined(separator: ", "))]"
  }
}
