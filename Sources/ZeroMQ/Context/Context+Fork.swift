internal import CZeroMQ

/// The process that created an object, to distinguish it from a child made by `fork`, which inherits the object.
struct Creator: Sendable {
  private let process = getpid()

  /// A Boolean value that indicates whether the calling process is not the creator.
  var isOther: Bool { getpid() != process }
}

extension Context {
  /// Throws `.notPermitted` in a child process that has inherited the context.
  ///
  /// libzmq: a child has none of the context's threads, and a call that waits for them never returns (4.3.4; ctx.cpp,
  /// signaler.cpp).
  func refuseInChild(_ operation: String) throws(ZeroMQError) {
    guard creator.isOther else { return }
    throw ZeroMQError(.notPermitted, operation: operation, subject: "(in a child made by fork, which must create its own Context)")
  }

  /// Returns the error for a failed call on one of the context's sockets: `.notPermitted` if a fork is the cause.
  func explain(_ error: ZeroMQError) -> ZeroMQError {
    guard error.code == .notSocket || error.code == .interrupted else { return error }
    do { try refuseInChild(error.operation) } catch { return error }
    return error
  }
}
