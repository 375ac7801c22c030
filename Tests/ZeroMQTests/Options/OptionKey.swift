import ZeroMQ

/// The key of an option on a socket of any type: what a kind lacks, libzmq refuses or, for most, accepts.
typealias OptionKey<Value, Access> = SocketOption<SocketType.Unknown, Value, Access>

extension SocketType {
  /// The twelve stable types.
  static var all: [SocketType] {
    [.pair, .pub, .sub, .req, .rep, .dealer, .router, .pull, .push, .xpub, .xsub, .stream]
  }
}
