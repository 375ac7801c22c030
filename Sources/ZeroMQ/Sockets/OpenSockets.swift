internal import CZeroMQ

/// The sockets of this process, which a child made by `fork` must not use.
///
/// libzmq notices a fork only where it would wait. Until then a child would receive its parent's messages once more, and send
/// messages that reach nobody. So each socket looks closed to a child: the fast path of every call fails, at no cost, and the slow
/// path says why.
enum OpenSockets {
  /// The addresses of the handles, which remove themselves before they are deallocated.
  private static let addresses = Lock<Set<UInt>>([])

  /// Whether the system tells of forks; found out once.
  private static let isToldOfForks = pthread_atfork({ addresses.lock() }, { addresses.unlock() }, { abandonAll() }) == 0

  /// Lets a child do without the sockets; called on its only thread, before `fork` returns there.
  private static func abandonAll() {
    addresses.unlock()
    addresses.withLock { addresses in
      for address in addresses {
        // SAFETY: the address is that of a handle, owned by its socket, valid until `deinit` removes it; used only on this thread.
        guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { continue }
        unsafe Unmanaged<SocketHandle>.fromOpaque(pointer)._withUnsafeGuaranteedRef { $0.abandon() }
      }
    }
  }

  static func add(_ handle: SocketHandle) {
    _ = isToldOfForks
    addresses.withLock { _ = $0.insert(UInt(bitPattern: ObjectIdentifier(handle))) }
  }

  static func remove(_ handle: SocketHandle) {
    addresses.withLock { _ = $0.remove(UInt(bitPattern: ObjectIdentifier(handle))) }
  }
}
