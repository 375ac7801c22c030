internal import CZeroMQ

/// Bytes in memory of their own, which are wiped before the memory is released.
@safe
final class SecretBytes: Sendable {
  let count: Int

  /// The address, as an integer: a pointer is not `Sendable`, but sharing bytes that never change is safe.
  private let address: UInt

  /// Allocates a number of zero bytes, and calls a closure to fill them.
  init<Failure: Error>(count: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
    unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
    self.count = count
    address = UInt(bitPattern: bytes.baseAddress)
    try unsafe fill(UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]))
  }

  deinit {
    // SAFETY: the pointer points to the allocated bytes, owned by this object, valid until they are deallocated below.
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: UnsafeMutableRawPointer(bitPattern: address), count: count)
    unsafe SecretBytes.wipe(bytes)
    unsafe bytes.baseAddress?.deallocate()
  }

  /// Calls a closure with the bytes.
  ///
  /// The pointer is valid only during the call.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // SAFETY: the pointer points to the allocated bytes, owned by this object, valid until its `deinit`; they never change after
    // `init`.
    try unsafe body(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count))
  }

  /// Returns a Boolean value that indicates whether both have the same bytes, in a time that depends only on their number.
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

  /// Overwrites bytes in a way that the compiler does not optimize away.
  static func wipe(_ bytes: UnsafeMutableRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    unsafe shim_wipe(start, bytes.count)
  }
}
