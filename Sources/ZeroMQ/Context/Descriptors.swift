internal import CZeroMQ

/// The process's file descriptors; some of libzmq's calls end the process if none is left.
enum Descriptors {
  /// Throws an error unless the process can open this number of further descriptors.
  static func require(_ count: Int, for operation: String, _ subject: String) throws(ZeroMQError) {
    guard shim_can_open_descriptors(Int32(clamping: count)) else {
      throw ZeroMQError(.init(rawValue: errno), operation: operation, subject: subject)
    }
  }
}
