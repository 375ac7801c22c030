internal import CZeroMQ

/// Bytes in memory of their own, which are wiped before it is released.
@safe
final class SecretBytes: Sendable {
  let count: Int

  /// Where they are; a number, since a pointer cannot be shared between threads, while bytes that never change can.
  private let address: UInt

  /// Makes room for a number of bytes, all zero, and has them filled.
  init<Failure: Error>(count: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
    unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
    self.count = count
    address = UInt(bitPattern: bytes.baseAddress)
    try unsafe fill(UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]))
  }

  deinit {
    // SAFETY: the memory is this object's, and nobody is left to read it.
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: UnsafeMutableRawPointer(bitPattern: address), count: count)
    unsafe SecretBytes.wipe(bytes)
    unsafe bytes.baseAddress?.deallocate()
  }

  /// Lends the bytes.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    // SAFETY: the memory is this object's, which lives for the call; nobody writes to it any more.
    unsafe body(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count))
  }

  /// Whether both have the same bytes, in a time that depends on their number only.
  static func areEqual(_ left: SecretBytes, _ right: SecretBytes) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe left.withBytes { left in
      unsafe right.withBytes { right in
        var difference: UInt8 = 0
        for index in left.indices { unsafe difference |= left[index] ^ right[index] }
        return difference == 0
      }
    }
  }

  /// Overwrites bytes in a way that the compiler does not leave out.
  static func wipe(_ bytes: UnsafeMutableRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    unsafe shim_wipe(start, bytes.count)
  }
}
