internal import CZeroMQ

/// The process that something was created in, which a child made by `fork` has only inherited.
struct Creator: Sendable {
  private let process = getpid()

  /// Whether the calling process is another one.
  var isOther: Bool { getpid() != process }
}

extension Context {
  /// Refuses a call in a child that has inherited the context.
  ///
  /// libzmq: of its threads none is there in a child, and what waits for them never ends (4.3.4; ctx.cpp, signaler.cpp).
  func refuseInChild(_ operation: String) throws(ZeroMQError) {
    guard creator.isOther else { return }
    throw ZeroMQError(.notPermitted, operation: operation, subject: "(in a child made by fork, which must create its own Context)")
  }

  /// Gives the error that a call on one of the context's sockets has met its reason, where that is a fork.
  func explain(_ error: ZeroMQError) -> ZeroMQError {
    guard error.code == .notSocket || error.code == .interrupted else { return error }
    do { try refuseInChild(error.operation) } catch { return error }
    return error
  }
}
