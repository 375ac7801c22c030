internal import CZeroMQ

/// A set of descriptors that one thread waits for, and that any thread adds to and removes from; epoll, or kqueue.
struct PollSet: ~Copyable, Sendable {
  /// The set's own descriptor, which is readable while one of its descriptors is ready; negative if the system had none left.
  let descriptor = shim_poll_set_create()

  /// The process that created the set.
  ///
  /// A child process made by `fork` shares the set, and must not change it.
  private let process = getpid()

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// When a descriptor is reported.
  enum Trigger {
    /// Once each time that it becomes ready, and at once if it is ready when it is added.
    case edge
    /// As long as it is ready.
    case level
  }

  /// Adds a descriptor.
  ///
  /// - Parameters:
  ///   - descriptor: The descriptor.
  ///   - events: The bits of `poll` to wait for.
  ///   - trigger: How often the descriptor is reported.
  ///   - context: The value that ``wait(milliseconds:_:)`` passes on.
  /// - Returns: `errno` if the descriptor could not be added.
  @unsafe
  func add(_ descriptor: Int32, _ events: Int32, _ trigger: Trigger, _ context: UnsafeMutableRawPointer?) -> Int32? {
    // SAFETY: the kernel stores the context and never dereferences it.
    unsafe shim_poll_set_add(self.descriptor, descriptor, events, trigger == .edge, context) == 0 ? nil : errno
  }

  /// Removes a descriptor, which must still be open: its number may soon be that of another one.
  func remove(_ descriptor: Int32) {
    if getpid() == process { shim_poll_set_remove(self.descriptor, descriptor) }
  }

  /// Waits until descriptors are ready.
  ///
  /// - Parameters:
  ///   - milliseconds: The maximum time to wait; negative waits indefinitely.
  ///   - body: Called with the context of each descriptor that is ready.
  func wait(milliseconds: Int32, _ body: (UnsafeMutableRawPointer?) -> Void) {
    if descriptor < 0 { _ = poll(nil, 0, milliseconds) }
    unsafe withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: 64) { contexts in
      // SAFETY: `contexts` points to a local buffer, valid until the closure returns; only the entries that were written are read.
      let count = unsafe shim_poll_set_wait(descriptor, contexts.baseAddress, Int32(contexts.count), milliseconds)
      for index in 0..<max(0, Int(count)) { unsafe body(contexts[index]) }
    }
  }
}
