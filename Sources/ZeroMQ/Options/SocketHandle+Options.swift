internal import CZeroMQ

extension SocketHandle {
  /// Sets an option to the bytes that libzmq expects.
  ///
  /// - Parameter value: The value for the text of an error; `nil` if the error must not show it.
  func setOption(
    _ option: Int32, _ name: String, to bytes: UnsafeRawBufferPointer, describing value: (any Sendable)? = nil
  ) throws(ZeroMQError) {
    // libzmq: a REP accepts this option of ROUTER, and ends the process if a peer has the ID (4.3.4; router.cpp).
    if option == ZMQ_CONNECT_ROUTING_ID, type == .rep {
      throw ZeroMQError(.invalidArgument, operation: "zmq_setsockopt", subject: name)
    }
    try unsafe setBytes(option, bytes, value.map { "\(name) = \($0)" } ?? name)
    unsafe try remember(option, bytes)
  }

  /// Sets an option, and returns a result; for use in a closure that cannot throw.
  func result(ofSetting option: Int32, _ name: String, to bytes: UnsafeRawBufferPointer) -> Result<Void, ZeroMQError> {
    Result { () throws(ZeroMQError) in try unsafe setOption(option, name, to: bytes) }
  }

  /// Sets an option to a C string.
  func setString(_ option: Int32, _ name: String, to text: String) throws(ZeroMQError) {
    guard !text.utf8.contains(0) else { throw ZeroMQError(.invalidArgument, operation: "zmq_setsockopt", subject: name) }
    try unsafe text.utf8.withBytes { unsafe result(ofSetting: option, name, to: $0) }.get()
  }

  /// Reads an option of any length up to the capacity.
  func getBytes<Value>(
    _ option: Int32, _ name: String, capacity: Int, _ body: (Slice<UnsafeRawBufferPointer>) -> Value
  ) throws(ZeroMQError) -> Value {
    var count = 0
    // The value can be a password, so its bytes are wiped.
    let buffer = try unsafe SecretBytes(count: capacity) { (buffer: UnsafeMutableRawBufferPointer) throws(ZeroMQError) in
      count = try unsafe getBytes(option, name, into: buffer)
    }
    return unsafe buffer.withBytes { unsafe body($0[..<count]) }
  }

  /// Reads an option that is a C string.
  func getString(_ option: Int32, _ name: String, capacity: Int = 4096) throws(ZeroMQError) -> String {
    // libzmq: zmq_getsockopt counts the terminating zero. An inproc endpoint has no maximum length, and every other string has at
    // most 255 bytes (4.3.4; options.cpp).
    do {
      return try unsafe getBytes(option, name, capacity: capacity) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    } catch {
      // libzmq: zmq_getsockopt fails with EINVAL for an unknown option as well as for a buffer that is too small (4.3.4;
      // options.cpp).
      guard error.code == .invalidArgument, capacity < 1 << 20 else { throw error }
      return try getString(option, name, capacity: capacity * 16)
    }
  }

  /// Makes the first attempt to receive not wait if the socket has a timeout, or spins before it waits.
  func setReceiveFlags() {
    unsafe receiveFlags = tracked.receiveTimeout == nil && tracked.spinTime == .zero ? 0 : ZMQ_DONTWAIT
  }

  /// Stores the values of those options that later calls need.
  private func remember(_ option: Int32, _ bytes: UnsafeRawBufferPointer) throws(ZeroMQError) {
    switch option {
    case ZMQ_RCVTIMEO:
      let timeout = try OptionCodec<Duration?>.milliseconds.read(self, option, "ZMQ_RCVTIMEO")
      unsafe tracked.receiveTimeout = timeout
      setReceiveFlags()
    case ZMQ_SNDTIMEO:
      let timeout = try OptionCodec<Duration?>.milliseconds.read(self, option, "ZMQ_SNDTIMEO")
      unsafe tracked.sendTimeout = timeout
      unsafe sendFlags = timeout == nil ? 0 : ZMQ_DONTWAIT
    case ZMQ_CONNECT_ROUTING_ID:
      unsafe tracked.nextRoutingID = Frame(copyingBytes: bytes)
    case ZMQ_ROUTER_MANDATORY where bytes.count == MemoryLayout<Int32>.size:
      unsafe tracked.routerMandatory = bytes.loadUnaligned(as: Int32.self)
    case ZMQ_XPUB_WELCOME_MSG:
      unsafe tracked.hasWelcomeMessage = !bytes.isEmpty
    case ZMQ_USE_FD:
      unsafe tracked.usesFileDescriptor = true
    default:
      break
    }
  }
}
