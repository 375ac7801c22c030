internal import CZeroMQ
internal import Synchronization

/// A pool of buffers for frames, which libzmq gives back when it has sent them.
///
/// C allocates the bytes of each frame in the thread that sends and frees them in the one that receives, and allocators are slow at
/// that. A pool uses the same buffers again and again: between two threads over inproc about twice as many messages of 1 KiB or more
/// get through. It is worth nothing for less, and it keeps its memory until it goes.
///
/// ```swift
/// let pool = FramePool(byteCount: 1024)
/// let frame = pool.frame { bytes in bytes.append(42) }
/// try push.send(frame, more: false)
/// ```
///
/// A pool may be used from any thread. It may be dropped while frames are on their way: their buffers live as long as they do.
///
/// The corresponding libzmq function is `zmq_msg_init_data`.
@safe
public final class FramePool: @unchecked Sendable {
  // SAFETY of `@unchecked Sendable`: `free` is only touched by the thread that has set `isInUse`; everything else is atomic.

  /// The largest number of bytes of a frame.
  public let byteCount: Int

  /// How many buffers are kept at the most.
  public let limit: Int

  /// Whether a thread is taking a buffer; others do not wait, but get one that is not the pool's.
  private let isInUse = Atomic(false)

  /// The buffers that nobody uses, each with the address of the next one in its header.
  @exclusivity(unchecked)
  private var free: UnsafeMutablePointer<Header>?

  /// The buffers that were given back since, in the same way; taken all at once.
  private let returned = Atomic<UInt>(0)

  /// How many buffers there are, free or with a frame.
  private let count = Atomic(0)

  /// What lies before a buffer's bytes.
  @safe
  fileprivate struct Header: ~Copyable {
    /// The pool, which is kept alive by the frame that has the buffer.
    let pool: Unmanaged<FramePool>
    /// The address of the next buffer in its list.
    ///
    /// It is atomic, since libzmq passes buffers from thread to thread in ways that the thread sanitizer does not see.
    let next = Atomic<UInt>(0)

    init(pool: Unmanaged<FramePool>) {
      unsafe self.pool = unsafe pool
    }
  }

  /// Makes a pool without buffers; they are made when they are needed.
  ///
  /// - Parameters:
  ///   - byteCount: the largest number of bytes of a frame, 1 or more.
  ///   - limit: how many buffers are kept at the most; when they are all on their way, further frames have memory of their own.
  public init(byteCount: Int, limit: Int = 4096) {
    precondition(byteCount > 0 && limit > 0, "a pool has buffers of at least one byte")
    self.byteCount = byteCount
    self.limit = limit
  }

  deinit {
    // SAFETY: nobody else refers to the pool, so that no frame has a buffer any more, and all are in one of the lists.
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

  /// Makes a frame that the caller fills in place.
  ///
  /// - Parameter initialize: writes the frame's bytes, at most ``byteCount``.
  /// - Returns: a frame with the bytes that were written.
  public func frame(initializingWith initialize: (inout OutputRawSpan) -> Void) -> UniqueFrame {
    // SAFETY: the span is over the buffer that is lent.
    unsafe frame { buffer in
      var output = unsafe OutputRawSpan(buffer: buffer, initializedCount: 0)
      initialize(&output)
      return unsafe output.finalize(for: buffer)
    }
  }

  /// Makes a frame with a copy of some bytes.
  ///
  /// - Parameter bytes: the bytes, at most ``byteCount``.
  /// - Complexity: O(*n*) in the number of bytes.
  public func frame(copying bytes: RawSpan) -> UniqueFrame {
    precondition(bytes.byteCount <= byteCount, "a frame of this pool has at most \(byteCount) bytes")
    // SAFETY: the buffer that is lent is large enough.
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe frame { buffer in
        unsafe buffer.copyMemory(from: bytes)
        return bytes.count
      }
    }
  }

  /// Makes a frame of what a closure has written to a buffer, and of which it returns the number of bytes.
  private func frame(_ write: (UnsafeMutableRawBufferPointer) -> Int) -> UniqueFrame {
    guard let buffer = unsafe take() else {
      // SAFETY: the bytes are copied before the memory is lent no longer.
      let message = unsafe withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 16) { bytes in
        let count = unsafe write(bytes)
        return unsafe RawMessage(copying: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      }
      return UniqueFrame(owning: message)
    }
    // SAFETY: the buffer is this call's until libzmq gets it, with one reference to the pool, which its only call of the callback
    // ends; the bytes behind the header are within the buffer.
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: buffer + 1, count: byteCount)
    let count = unsafe write(bytes)
    _ = unsafe buffer.pointee.pool.retain()
    // Read in `giveBack`: what was written here comes before what the next user of the buffer writes.
    unsafe buffer.pointee.next.store(0, ordering: .releasing)
    var message = RawMessage()
    let result = unsafe RawMessage.adopt(
      &message, bytes.baseAddress, count, { _, hint in unsafe FramePool.giveBack(hint) }, buffer)
    precondition(result == 0, "out of memory: libzmq cannot allocate a message")
    return UniqueFrame(owning: message)
  }

  /// A buffer for a frame; `nil` if there is none to be had now.
  private func take() -> UnsafeMutablePointer<Header>? {
    guard !isInUse.exchange(true, ordering: .acquiring) else { return nil }
    defer { isInUse.store(false, ordering: .releasing) }
    if unsafe free == nil { collectReturned() }
    // SAFETY: only this thread touches the list now; a buffer has room for its header and the bytes.
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

  /// Makes the buffers that were given back free.
  private func collectReturned() {
    unsafe free = UnsafeMutablePointer(bitPattern: returned.exchange(0, ordering: .acquiring))
  }

  /// What libzmq calls, on any thread, when it no longer needs a buffer.
  private static func giveBack(_ hint: UnsafeMutableRawPointer?) {
    guard let buffer = unsafe hint?.assumingMemoryBound(to: Header.self) else { return }
    // SAFETY: the frame's reference keeps the pool alive until the end of this function.
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
