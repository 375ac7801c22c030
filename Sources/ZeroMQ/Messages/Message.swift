internal import CZeroMQ

/// A message of one or more frames.
///
/// A message is a collection of ``Frame``s: it can be sliced, extended, concatenated, compared and sent to other tasks and threads.
/// libzmq delivers it whole or not at all. Received frames lie in libzmq's own memory, in one allocation, which copies of the message
/// share.
///
/// ```swift
/// var message = try router.receive()          // [routing ID, "", body]
/// let client = message.removeFirst()
/// try router.send([client, "", "reply"])
/// ```
public struct Message: Sendable {
  /// The storage of the frames, with possibly others before and behind this message's own; empty while there are none.
  var reference: StorageReference

  /// The indices of this message's frames in the storage.
  var range: Range<Int>

  /// Creates an empty message.
  ///
  /// Append at least one frame before you send it.
  public init() {
    reference = StorageReference()
    range = 0..<0
  }

  /// Creates a message of one frame with a copy of a collection's bytes.
  ///
  /// - Parameter bytes: The bytes, such as an array or a `Data`; they may be empty.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(copying bytes: some Collection<UInt8>) {
    // SAFETY: the pointer points to the collection's bytes, owned by the collection, valid until the closure returns.
    self = unsafe bytes.withBytes { unsafe Message(copyingBytes: $0) }
  }

  @usableFromInline
  init(copyingBytes bytes: UnsafeRawBufferPointer) {
    self.init(StoragePool.take(), 0..<1)
    unsafe reference.slots.append(copying: bytes)
  }

  /// Creates a message of one frame, whose bytes it takes over without copying them.
  ///
  /// - Parameter frame: The frame, which is consumed.
  public init(_ frame: consuming UniqueFrame) {
    self.init(StoragePool.take(), 0..<1)
    reference.slots.append(frame.take())
  }

  /// Creates a message of the frames that a storage has in a range.
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

  /// Accesses the frame at a position.
  ///
  /// - Complexity: O(1). To change a frame of a message that has copies is O(*n*) in the number of frames.
  /// - Precondition: The message has a frame at the position.
  public subscript(position: Int) -> Frame {
    get { Frame(of: reference, at: index(of: position)) }
    set {
      let index = index(of: position)
      guard !reference.isWritable() else { return reference.slots.replace(at: index, with: newValue) }
      replaceSubrange(position..<position + 1, with: CollectionOfOne(newValue))
    }
  }

  /// Returns the index in the storage of the frame at a position.
  func index(of position: Int) -> Int {
    precondition(position >= 0 && position < count, "position \(position) is outside a message of \(count) frames")
    return range.lowerBound + position
  }

  /// Accesses the frames in a range; the number of assigned frames may differ.
  ///
  /// - Complexity: O(1) to read, and O(*n*) in the number of frames to change.
  public subscript(bounds: Range<Int>) -> Slice<Message> {
    get { Slice(base: self, bounds: bounds) }
    set { replaceSubrange(bounds, with: newValue) }
  }
}

extension Message: RangeReplaceableCollection {
  /// Replaces the frames in a range.
  ///
  /// - Parameters:
  ///   - subrange: The positions of the frames to replace; an empty range inserts the new ones before it.
  ///   - newFrames: The frames to insert. From 34 bytes on, their bytes are shared, not copied.
  /// - Complexity: O(*n*) in the number of frames. At the end of a message that has room, O(*m*) in the number of new ones.
  /// - Precondition: The positions are in the message.
  public mutating func replaceSubrange(_ subrange: Range<Int>, with newFrames: some Collection<Frame>) {
    precondition(
      subrange.lowerBound >= 0 && subrange.upperBound <= count, "positions \(subrange) are outside a message of \(count) frames")
    if subrange == endIndex..<endIndex, hasRoom(for: newFrames.count) {
      for frame in newFrames { reference.slots.append(frame) }
    } else {
      let target = StorageReference(capacity: Swift.max(4, 2 * (count - subrange.count + newFrames.count)))
      copyFrames(0..<subrange.lowerBound, to: target)
      for frame in newFrames { target.slots.append(frame) }
      copyFrames(subrange.upperBound..<count, to: target)
      self = Message(target, 0..<0)
    }
    range = range.lowerBound..<(reference.isEmpty ? 0 : reference.slots.count)
  }

  /// Removes and returns the first frame, such as the routing ID that a ROUTER received.
  ///
  /// - Returns: The frame.
  /// - Complexity: O(1).
  /// - Precondition: The message is not empty.
  @discardableResult
  public mutating func removeFirst() -> Frame {
    let frame = self[0]
    range = range.dropFirst()
    return frame
  }

  /// Removes the first frames, such as an envelope.
  ///
  /// - Parameter count: The number of frames to remove.
  /// - Complexity: O(1).
  /// - Precondition: The message has at least so many frames.
  public mutating func removeFirst(_ count: Int) {
    precondition(count >= 0 && count <= self.count, "a message of \(self.count) frames has no \(count) to remove")
    range = range.dropFirst(count)
  }

  /// Removes and returns the last frame.
  ///
  /// - Returns: The frame.
  /// - Complexity: O(1).
  /// - Precondition: The message is not empty.
  @discardableResult
  public mutating func removeLast() -> Frame {
    let frame = self[count - 1]
    range = range.dropLast()
    return frame
  }

  /// Reserves room for a number of frames, so that they can be appended without another allocation.
  ///
  /// - Parameter count: The total number of frames, including those that the message has.
  public mutating func reserveCapacity(_ count: Int) {
    guard count > self.count, !hasRoom(for: count - self.count) else { return }
    let target = StoragePool.take(count)
    copyFrames(indices, to: target)
    self = Message(target, 0..<target.slots.count)
  }

  /// Returns a Boolean value that indicates whether the storage is not shared and has room for so many further frames.
  private mutating func hasRoom(for count: Int) -> Bool {
    guard reference.isUnique() else { return false }
    reference.slots.truncate(to: range.upperBound)
    return range.upperBound + count <= reference.slots.capacity
  }

  func copyFrames(_ positions: Range<Int>, to target: StorageReference) {
    target.slots.append(
      copiesOf: range.lowerBound + positions.lowerBound..<range.lowerBound + positions.upperBound, of: reference.slots)
  }
}

extension Message: Hashable {
  /// Returns a Boolean value that indicates whether two messages have the same frames.
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
  /// Creates a message from an array literal of frames.
  @inlinable
  public init(arrayLiteral frames: Frame...) {
    var frames = frames
    // SAFETY: the pointer points to the frames, owned by the array, valid until the closure returns.
    self = unsafe frames.withUnsafeMutableBufferPointer { unsafe Message(moving: $0) }
  }

  /// Creates a message from frames, whose bytes it moves where they are not shared.
  @usableFromInline
  init(moving frames: UnsafeMutableBufferPointer<Frame>) {
    if frames.count == 1, let (storage, index) = unsafe frames[0].takeOwner() {
      reference = storage
      range = index..<index + 1
      return
    }
    reference = StoragePool.take(frames.count)
    range = 0..<frames.count
    let slots = reference.slots
    // SAFETY: the pointer points to room for so many messages, owned by the object, which has no other reference, valid during the call.
    var slot = unsafe slots.frame(at: 0)
    for frame in 0..<frames.count {
      unsafe frames.baseAddress.unsafelyUnwrapped[frame].move(to: slot)
      unsafe slot += 1
    }
    slots.count = frames.count
  }
}

extension Message: ExpressibleByStringInterpolation {
  /// Creates a message of one frame with the UTF-8 bytes of a string literal, without a terminating zero.
  public init(stringLiteral text: String) {
    self.init(text)
  }
}

extension Message: CustomStringConvertible {
  /// The description of a single frame; for several frames, a list of the first 64 and the number of those that are left out.
  public var description: String {
    if count == 1 { return self[0].description }
    let more = count > 64 ? ["… \(count - 64) more"] : []
    return "[\((prefix(64).map(\.debugDescription) + more).joined(separator: ", "))]"
  }
}
