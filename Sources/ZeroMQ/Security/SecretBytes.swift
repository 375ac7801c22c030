internal import CZeroMQ

/// Bytes in memory of their own, which are wiped before the memory is released.
@safe
final class SecretBytes: Hashable, Sendable {
  let count: Int

  /// The address, as an integer: a pointer is not `Sendable`, but sharing bytes that never change is safe.
  private let address: UInt

  /// Allocates a number of zero bytes, and calls a closure to fill them.
  init<Failure: Error>(count: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
    self.count = count
    address = UInt(bitPattern: bytes.baseAddress)
    try unsafe fill(bytes)
  }

  deinit {
    // SAFETY: the pointer points to the allocated bytes, owned by this object, valid until they are deallocated below.
    let start = unsafe UnsafeMutableRawPointer(bitPattern: address)
    unsafe shim_wipe(start, count)
    unsafe start?.deallocate()
  }

  /// Calls a closure with the bytes.
  ///
  /// The pointer is valid only during the call.
  func withBytes<Result, Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Result) throws(Failure) -> Result {
    // SAFETY: the pointer points to the allocated bytes, owned by this object, valid until its `deinit`; they never change after
    // `init`.
    try unsafe body(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count))
  }

  /// Returns a Boolean value that indicates whether both have the same bytes, in a time that depends only on their number.
  static func == (left: SecretBytes, right: SecretBytes) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe left.withBytes { left in
      unsafe right.withBytes { right in
        unsafe zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
      }
    }
  }

  func hash(into hasher: inout Hasher) {
    unsafe withBytes { unsafe hasher.combine(bytes: $0) }
  }
}
