internal import CZeroMQ

/// The open sockets of this process, which a child made by `fork` must not use.
///
/// libzmq: a call detects a fork only if it waits (4.3.4; signaler.cpp). Before that, a child would receive copies of its parent's
/// messages, and send messages that no peer receives.
///
/// So each socket is closed in a child. The fast path of every call then fails, at no cost for the parent, and the slow path throws
/// an error that names the cause.
enum OpenSockets {
  /// The addresses of the handles; each handle removes its own in `deinit`.
  private static let addresses = Lock<Set<UInt>>([])

  /// A Boolean value that indicates whether the functions that run at a fork are installed; the first access installs them.
  private static let hasForkHandlers = pthread_atfork({ addresses.lock() }, { addresses.unlock() }, { abandonAll() }) == 0

  /// Abandons the sockets in a child; called on its only thread before `fork` returns there.
  private static func abandonAll() {
    addresses.unlock()
    addresses.withLock { addresses in
      for address in addresses {
        // SAFETY: the pointer points to a handle, owned by its socket, valid until `deinit` removes it; used only on this thread.
        guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { continue }
        unsafe Unmanaged<SocketHandle>.fromOpaque(pointer)._withUnsafeGuaranteedRef { $0.abandon() }
      }
    }
  }

  static func add(_ handle: SocketHandle) {
    _ = hasForkHandlers
    addresses.withLock { _ = $0.insert(UInt(bitPattern: ObjectIdentifier(handle))) }
  }

  static func remove(_ handle: SocketHandle) {
    addresses.withLock { _ = $0.remove(UInt(bitPattern: ObjectIdentifier(handle))) }
  }
}
