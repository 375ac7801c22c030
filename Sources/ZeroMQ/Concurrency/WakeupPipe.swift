internal import CZeroMQ

/// A file descriptor that other threads make readable, to wake the one that polls it.
final class WakeupPipe: Sendable {
  /// What is readable from the first ``signal()`` until ``drain()``.
  let readingEnd: Int32
  private let writingEnd: Int32

  init() throws(ZeroMQError) {
    var ends: (reading: Int32, writing: Int32) = (-1, -1)
    // SAFETY: two descriptors are written to two numbers.
    let result = unsafe withUnsafeMutableBytes(of: &ends) { unsafe shim_pipe($0.assumingMemoryBound(to: Int32.self).baseAddress) }
    guard result == 0 else { throw ZeroMQError(.init(rawValue: errno), operation: "pipe") }
    (readingEnd, writingEnd) = ends
  }

  deinit {
    close(readingEnd)
    close(writingEnd)
  }

  func signal() {
    // SAFETY: one byte is written from one byte. A pipe too full to take it is readable anyway.
    unsafe withUnsafeBytes(of: UInt8(1)) { byte in
      while unsafe write(writingEnd, byte.baseAddress, 1) < 0, errno == EINTR {}
    }
  }

  /// Blocks until it is signaled.
  func wait() {
    var descriptor = pollfd(fd: readingEnd, events: Int16(POLLIN), revents: 0)
    // SAFETY: one descriptor, alive for the call.
    while unsafe poll(&descriptor, 1, -1) < 0, errno == EINTR {}
  }

  func drain() {
    // SAFETY: no more bytes are read than there is room for.
    unsafe withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { bytes in
      while true {
        let count = unsafe read(readingEnd, bytes.baseAddress, bytes.count)
        guard count > 0 || count < 0 && errno == EINTR else { return }
      }
    }
  }
}
