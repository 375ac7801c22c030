internal import CZeroMQ

/// A file descriptor that other threads make readable, to wake the one that polls it.
final class WakeupPipe: Sendable {
  /// The descriptor to poll, which is readable from the first ``signal()`` until ``drain()``.
  let readingEnd: Int32

  /// The descriptor that ``signal()`` writes to; also a signal handler, which may not call it.
  let writingEnd: Int32

  init() throws(ZeroMQError) {
    var ends: (reading: Int32, writing: Int32) = (-1, -1)
    // SAFETY: the pointer points to the local pair, valid until the closure returns; the system writes two descriptors.
    let result = unsafe withUnsafeMutableBytes(of: &ends) { unsafe shim_pipe($0.assumingMemoryBound(to: Int32.self).baseAddress) }
    guard result == 0 else { throw ZeroMQError(.init(rawValue: errno), operation: "pipe") }
    (readingEnd, writingEnd) = ends
  }

  deinit {
    close(readingEnd)
    close(writingEnd)
  }

  func signal() {
    // SAFETY: `byte` points to one byte, valid until the closure returns. A full pipe is readable, so a refused byte is not missed.
    unsafe withUnsafeBytes(of: UInt8(1)) { byte in
      while unsafe write(writingEnd, byte.baseAddress, 1) < 0, errno == EINTR {}
    }
  }

  /// Blocks until it is signaled.
  func wait() {
    var descriptor = pollfd(fd: readingEnd, events: Int16(POLLIN), revents: 0)
    // SAFETY: `&descriptor` points to one local `pollfd`, valid during the call.
    while unsafe poll(&descriptor, 1, -1) < 0, errno == EINTR {}
  }

  func drain() {
    // SAFETY: `bytes` points to a local buffer, valid until the closure returns; the system writes at most its size.
    unsafe withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { bytes in
      while true {
        let count = unsafe read(readingEnd, bytes.baseAddress, bytes.count)
        guard count > 0 || count < 0 && errno == EINTR else { return }
      }
    }
  }
}
