internal import CZeroMQ

/// The process's file descriptors, without which some of libzmq's calls would end the process.
enum Descriptors {
  /// Throws unless so many more could be opened at the moment.
  static func require(_ count: Int, for operation: String, _ subject: String) throws(ZeroMQError) {
    guard shim_can_open_descriptors(Int32(clamping: count)) else {
      throw ZeroMQError(.init(rawValue: errno), operation: operation, subject: subject)
    }
  }
}
