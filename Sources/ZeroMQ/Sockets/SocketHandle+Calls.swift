internal import CZeroMQ

// The doors to libzmq: the calls on a socket that do not wait. Those that send and receive are in SocketHandle+Messages.swift.

extension SocketHandle {
  /// Makes a call that does not wait, and makes it again after a signal.
  ///
  /// libzmq: a call first reads the commands that other threads have left for the socket. A signal ends that with EINTR, before the
  /// call has done anything (4.3.4; socket_base.cpp, `process_commands`).
  ///
  /// - Parameters:
  ///   - operation: The function, for errors.
  ///   - subject: The endpoint or option, for errors.
  ///   - function: Calls the function with the socket, or with `nil` if it is closed, which libzmq answers with ENOTSOCK.
  func call(
    _ operation: String, _ subject: @autoclosure () -> String? = nil, _ function: (UnsafeMutableRawPointer?) -> Int32
  ) throws(ZeroMQError) {
    while unsafe function(pointer) < 0 {
      let error = lastError(operation, subject())
      guard error.code == .interrupted else { throw error }
    }
  }

  /// The error of the call on the socket that has just failed on this thread.
  func lastError(_ operation: String, _ subject: String? = nil) -> ZeroMQError {
    context.explain(.last(operation, subject))
  }

  // MARK: Endpoints

  func bind(_ endpoint: String) throws(ZeroMQError) {
    // SAFETY: the pointers are the socket's, which is open, and the endpoint's, which libzmq copies.
    try unsafe call("zmq_bind", endpoint: endpoint) { unsafe zmq_bind($0, $1) }
  }

  func connect(_ endpoint: String) throws(ZeroMQError) {
    // SAFETY: the pointers are the socket's, which is open, and the endpoint's, which libzmq copies.
    try unsafe call("zmq_connect", endpoint: endpoint) { unsafe zmq_connect($0, $1) }
  }

  func unbind(_ endpoint: String) throws(ZeroMQError) {
    // SAFETY: the pointers are the socket's, which is open, and the endpoint's, which libzmq copies.
    try unsafe call("zmq_unbind", endpoint: endpoint) { unsafe zmq_unbind($0, $1) }
  }

  func disconnect(_ endpoint: String) throws(ZeroMQError) {
    // SAFETY: the pointers are the socket's, which is open, and the endpoint's, which libzmq copies.
    try unsafe call("zmq_disconnect", endpoint: endpoint) { unsafe zmq_disconnect($0, $1) }
  }

  private func call(
    _ operation: String, endpoint: String, _ function: (UnsafeMutableRawPointer?, UnsafePointer<CChar>) -> Int32
  ) throws(ZeroMQError) {
    guard !endpoint.utf8.contains(0) else { throw ZeroMQError(.invalidArgument, operation: operation, subject: endpoint) }
    // SAFETY: the pointers are the socket's, which is open, and the endpoint's, valid until the closure's end.
    func callOnce(_ socket: UnsafeMutableRawPointer?) -> Int32 { unsafe endpoint.withCString { unsafe function(socket, $0) } }
    guard unsafe monitorLink != nil else { return try unsafe call(operation, endpoint, callOnce) }
    // libzmq: this thread sends an event to the monitor, in two frames, one of which would be lost to a signal (4.3.4;
    // socket_base.cpp, `monitor_event`). A failure to send the event sometimes leaves EAGAIN in the place of the call's own error,
    // which a further call brings to light.
    var attemptsLeft = 10
    try withSignalsBlocked { () throws(ZeroMQError) in
      while true {
        do throws(ZeroMQError) {
          return try unsafe call(operation, endpoint, callOnce)
        } catch {
          attemptsLeft -= 1
          guard error.code == .wouldBlock, attemptsLeft > 0 else { throw error }
        }
      }
    }
  }

  /// Sends a frame to see whether the socket takes it.
  func probe(_ bytes: UnsafeRawBufferPointer, _ flags: Int32) -> Bool {
    // SAFETY: the pointers are the socket's, which is open or `nil`, and the bytes', which the caller lends and libzmq copies.
    unsafe zmq_send(pointer, bytes.baseAddress, bytes.count, flags) >= 0
  }

  // MARK: Sockets without a handle

  /// Binds a socket to an inproc name, which fails only if another socket has.
  static func bind(_ socket: UnsafeMutableRawPointer, to name: String) {
    // SAFETY: the pointers are the socket's, which the caller keeps open for the call, and the name's, which libzmq copies.
    withSignalsBlocked { _ = unsafe zmq_bind(socket, name) }
  }

  static func connect(_ socket: UnsafeMutableRawPointer, to name: String) {
    // SAFETY: the pointers are the socket's, which the caller keeps open for the call, and the name's, which libzmq copies.
    withSignalsBlocked { _ = unsafe zmq_connect(socket, name) }
  }

  static func unbind(_ socket: UnsafeMutableRawPointer, from name: String) {
    // SAFETY: the pointers are the socket's, which the caller keeps open for the call, and the name's, which libzmq copies.
    withSignalsBlocked { _ = unsafe zmq_unbind(socket, name) }
  }

  static func close(_ socket: UnsafeMutableRawPointer) {
    // SAFETY: the pointer is the socket's, which the caller owns and does not use any more.
    unsafe zmq_close(socket)
  }

  // MARK: Options

  /// Sets an option to the bytes that libzmq expects.
  func setBytes(
    _ option: Int32, _ bytes: UnsafeRawBufferPointer, _ subject: @autoclosure () -> String
  ) throws(ZeroMQError) {
    // SAFETY: the pointers are the socket's, which is open, and the bytes', which the caller lends for the call and libzmq copies.
    try unsafe call("zmq_setsockopt", subject()) { unsafe zmq_setsockopt($0, option, bytes.baseAddress, bytes.count) }
  }

  /// Sets an option that is C's `int`.
  func setNumber(_ option: Int32, _ name: String, to number: Int32) throws(ZeroMQError) {
    try unsafe withUnsafeBytes(of: number) { (bytes) throws(ZeroMQError) in
      try unsafe setBytes(option, bytes, "\(name) = \(number)")
    }
  }

  /// Reads an option into a buffer, which must have the exact size for most options.
  ///
  /// - Returns: The number of bytes.
  func getBytes(_ option: Int32, _ name: String, into buffer: UnsafeMutableRawBufferPointer) throws(ZeroMQError) -> Int {
    var count = buffer.count
    // SAFETY: the pointers are the socket's, which is open, and the buffer's, in which libzmq writes at most `count` bytes.
    try unsafe call("zmq_getsockopt", name) { unsafe zmq_getsockopt($0, option, buffer.baseAddress, &count) }
    return count
  }

  /// Reads an option that is C's `int`.
  func number(_ option: Int32, _ name: String) throws(ZeroMQError) -> Int32 {
    var number: Int32 = 0
    _ = try unsafe withUnsafeMutableBytes(of: &number) { (bytes) throws(ZeroMQError) in
      try unsafe getBytes(option, name, into: bytes)
    }
    return number
  }

  // MARK: Monitoring

  /// Starts to send the socket's events to an inproc endpoint, and connects a reader to it.
  ///
  /// No signal may come in between: libzmq's threads would wait for a reader that is not there.
  ///
  /// - Parameters:
  ///   - mask: The events.
  ///   - endpoint: The endpoint.
  ///   - reader: The address of the reading socket, which the caller keeps open for the call.
  func startEvents(_ mask: Int32, to endpoint: String, reader: UInt) throws(ZeroMQError) {
    try withSignalsBlocked { () throws(ZeroMQError) in
      // SAFETY: the pointers are the socket's, which is open, and the endpoint's, which libzmq copies.
      try unsafe call("zmq_socket_monitor") { unsafe zmq_socket_monitor($0, endpoint, mask) }
      // libzmq: an event that comes before this waits for it. The other order would hang a termination that begins in between, for
      // a connection to an endpoint that is not bound yet.
      guard unsafe zmq_connect(UnsafeMutableRawPointer(bitPattern: reader), endpoint) == 0 else {
        // It fails only in a context that is shut down, where no event waits for a reader any more.
        let error = lastError("zmq_connect", endpoint)
        unsafe Self.stopEvents(of: pointer)
        throw error
      }
    }
  }

  /// Reads what a monitor's reader still has, and returns a Boolean value that indicates whether nothing more will come.
  static func hasEventsEnded(of reader: UnsafeMutableRawPointer) -> Bool {
    withSignalsBlocked {
      var event: UInt64 = 0
      while true {
        // SAFETY: the pointer is the reader's, which the caller keeps open; libzmq writes at most the given number of bytes.
        if unsafe zmq_recv(reader, &event, 8, ZMQ_DONTWAIT) < 0 { return ZeroMQError.Code.last != .wouldBlock }
        if UInt16(truncatingIfNeeded: event) == UInt16(ZMQ_EVENT_MONITOR_STOPPED) { return true }
        // The endpoint of the event.
        unsafe zmq_recv(reader, nil, 0, ZMQ_DONTWAIT)
      }
    }
  }

  /// Stops to send a socket's events; the last of them is `.monitorStopped`.
  ///
  /// Called on any thread. A signal would cost the last event, for which the monitor may be waiting.
  static func stopEvents(of socket: UnsafeMutableRawPointer?) {
    // SAFETY: the pointer is the socket's, which the caller keeps open for the call. libzmq: `monitor`, `stop_monitor` and whatever
    // sends events take the socket's `_monitor_sync`, and touch nothing else of it (4.3.4; socket_base.cpp). The one error, ETERM,
    // means that the socket has stopped its events by itself.
    withSignalsBlocked { _ = unsafe zmq_socket_monitor(socket, nil, 0) }
  }
}
