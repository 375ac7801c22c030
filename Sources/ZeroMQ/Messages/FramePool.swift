internal import Synchronization

/// A pool of buffers for frames, which libzmq returns when it has sent them.
///
/// C allocates the bytes of each frame on the sending thread and frees them on the receiving one, which is slow. A pool uses the same
/// buffers again: between two threads over inproc, about twice as many messages of 1 KiB or more get through. Smaller frames do not
/// benefit. A pool keeps its memory until it is deallocated.
///
/// ```swift
/// let pool = FramePool(byteCount: 1024)
/// let frame = pool.frame { bytes in bytes.append(42) }
/// try push.send(frame, more: false)
/// ```
///
/// A pool may be used from any thread. It may be released while frames still have its buffers, which live as long as the frames.
///
/// The corresponding libzmq function is `zmq_msg_init_data`.
@safe
public final class FramePool: @unchecked Sendable {
  // SAFETY of `@unchecked Sendable`: only the thread that has set `isInUse` accesses `free`; all else is atomic or constant.

  /// The largest number of bytes of a frame.
  public let byteCount: Int

  /// The maximum number of buffers.
  public let limit: Int

  /// A Boolean value that indicates whether a thread is taking a buffer; another thread then gets memory that is not the pool's.
  private let isInUse = Atomic(false)

  /// The first unused buffer, with the address of the next one in its header.
  @exclusivity(unchecked)
  private var free: UnsafeMutablePointer<Header>?

  /// The buffer that was returned last, in the same way; the whole list is taken at once.
  private let returned = Atomic<UInt>(0)

  /// The number of buffers, unused or with a frame.
  private let count = Atomic(0)

  /// The header before a buffer's bytes.
  @safe
  fileprivate struct Header: ~Copyable {
    /// The pool, which the frame that has the buffer keeps alive.
    let pool: Unmanaged<FramePool>
    /// The address of the next buffer in its list.
    ///
    /// It is atomic, since libzmq passes buffers from thread to thread in ways that the thread sanitizer does not see.
    let next = Atomic<UInt>(0)

    init(pool: Unmanaged<FramePool>) {
      unsafe self.pool = unsafe pool
    }
  }

  /// Creates a pool, which allocates its buffers when they are needed.
  ///
  /// - Parameters:
  ///   - byteCount: The largest number of bytes of a frame.
  ///   - limit: The maximum number of buffers. While all of them are in use, further frames have memory of their own.
  /// - Precondition: Both numbers are at least 1.
  public init(byteCount: Int, limit: Int = 4096) {
    precondition(byteCount > 0 && limit > 0, "a pool has buffers of at least one byte")
    self.byteCount = byteCount
    self.limit = limit
  }

  deinit {
    // SAFETY: the pointers point to all buffers, owned by the pool, valid until they are deallocated here: a frame with a buffer would
    // keep the pool alive.
    unsafe Self.deallocate(free)
    unsafe Self.deallocate(UnsafeMutablePointer(bitPattern: returned.load(ordering: .acquiring)))
  }

  private static func deallocate(_ list: UnsafeMutablePointer<Header>?) {
    var next = unsafe list
    while let buffer = unsafe next {
      unsafe next = unsafe UnsafeMutablePointer(bitPattern: buffer.pointee.next.load(ordering: .relaxed))
      unsafe UnsafeMutableRawPointer(buffer).deallocate()
    }
  }

  /// Returns a frame whose bytes a closure writes in place.
  ///
  /// - Parameter initialize: A closure that writes the frame's bytes, at most ``byteCount``.
  /// - Returns: A frame with the bytes that were written.
  public func frame(initializingWith initialize: (inout OutputRawSpan) -> Void) -> UniqueFrame {
    // SAFETY: the pointer points to the buffer, owned by the caller of the closure, valid until the closure returns.
    unsafe frame { buffer in
      var output = unsafe OutputRawSpan(buffer: buffer, initializedCount: 0)
      initialize(&output)
      return unsafe output.finalize(for: buffer)
    }
  }

  /// Returns a frame with a copy of some bytes.
  ///
  /// - Parameter bytes: The bytes.
  /// - Returns: The frame.
  /// - Complexity: O(*n*) in the number of bytes.
  /// - Precondition: There are at most ``byteCount`` bytes.
  public func frame(copying bytes: RawSpan) -> UniqueFrame {
    precondition(bytes.byteCount <= byteCount, "a frame of this pool has at most \(byteCount) bytes")
    // SAFETY: the pointers point to the span's bytes, and to a buffer with room for them, valid until the closures return.
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe frame { buffer in
        unsafe buffer.copyMemory(from: bytes)
        return bytes.count
      }
    }
  }

  /// Returns a frame with the bytes that a closure writes to a buffer, and the number of which it returns.
  private func frame(_ write: (UnsafeMutableRawBufferPointer) -> Int) -> UniqueFrame {
    guard let buffer = unsafe take() else {
      var frame = UniqueFrame()
      // SAFETY: the pointer points to temporary memory, owned by the function that calls the closure, valid until the closure returns.
      unsafe withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 16) { bytes in
        let count = unsafe write(bytes)
        frame = unsafe UniqueFrame(copyingBytes: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      }
      return frame
    }
    // SAFETY: the pointer points to the buffer, owned by this call and then by the message, with one reference to the pool, valid until
    // libzmq's only call of the callback ends that reference.
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: buffer + 1, count: byteCount)
    let count = unsafe write(bytes)
    _ = unsafe buffer.pointee.pool.retain()
    // Read in `giveBack`: what was written here comes before what the next user of the buffer writes.
    unsafe buffer.pointee.next.store(0, ordering: .releasing)
    let frame = UniqueFrame(ofSize: count)
    unsafe RawMessage.make(
      frame.message, adopting: bytes.baseAddress, count, { _, hint in unsafe FramePool.giveBack(hint) }, buffer)
    return frame
  }

  /// Returns a buffer for a frame; `nil` if none is available.
  private func take() -> UnsafeMutablePointer<Header>? {
    guard !isInUse.exchange(true, ordering: .acquiring) else { return nil }
    defer { isInUse.store(false, ordering: .releasing) }
    if unsafe free == nil { collectReturned() }
    // SAFETY: the pointers point to unused buffers with a header and the bytes, owned by the pool, valid until they are taken; used only
    // on the thread that has set `isInUse`.
    if let buffer = unsafe free {
      unsafe free = unsafe UnsafeMutablePointer(bitPattern: buffer.pointee.next.load(ordering: .relaxed))
      return unsafe buffer
    }
    guard count.load(ordering: .relaxed) < limit else { return nil }
    count.add(1, ordering: .relaxed)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: MemoryLayout<Header>.stride + byteCount, alignment: 16)
    let buffer = unsafe memory.bindMemory(to: Header.self, capacity: 1)
    unsafe buffer.initialize(to: Header(pool: Unmanaged.passUnretained(self)))
    return unsafe buffer
  }

  /// Moves the returned buffers to the unused ones.
  private func collectReturned() {
    unsafe free = UnsafeMutablePointer(bitPattern: returned.exchange(0, ordering: .acquiring))
  }

  /// Returns a buffer to its pool; libzmq calls this on any thread when it no longer needs the buffer.
  private static func giveBack(_ hint: UnsafeMutableRawPointer?) {
    guard let buffer = unsafe hint?.assumingMemoryBound(to: Header.self) else { return }
    // SAFETY: the pointer points to a buffer, owned by the pool, which the message's reference keeps alive until the end of this function.
    _ = unsafe buffer.pointee.next.load(ordering: .acquiring)
    let reference = unsafe buffer.pointee.pool
    unsafe reference._withUnsafeGuaranteedRef { pool in
      var head = pool.returned.load(ordering: .relaxed)
      while true {
        unsafe buffer.pointee.next.store(head, ordering: .relaxed)
        let (isExchanged, current) = pool.returned.weakCompareExchange(
          expected: head, desired: UInt(bitPattern: buffer), successOrdering: .releasing, failureOrdering: .relaxed)
        if isExchanged { break }
        head = current
      }
    }
    unsafe reference.release()
  }
}
