internal import CZeroMQ

// The calls of libzmq on a socket that do not wait. The calls that send and receive are in SocketHandle+Messages.swift.

extension SocketHandle {
  /// Makes a call that does not wait, and repeats it after a signal.
  ///
  /// libzmq: a call first reads the commands from other threads. A signal ends it with EINTR, before it has any effect (4.3.4;
  /// socket_base.cpp, `process_commands`).
  ///
  /// - Parameters:
  ///   - operation: The function, for errors.
  ///   - subject: The endpoint or option, for errors.
  ///   - function: Calls the function with the socket, or with `nil` if it is closed, for which libzmq's functions fail with
  ///     ENOTSOCK.
  func call(
    _ operation: String, _ subject: @autoclosure () -> String? = nil, _ function: (UnsafeMutableRawPointer?) -> Int32
  ) throws(ZeroMQError) {
    while unsafe function(pointer) < 0 {
      let error = lastError(operation, subject())
      guard error.code == .interrupted else { throw error }
    }
  }

  /// Returns the error of the last call on the socket, which failed on this thread.
  func lastError(_ operation: String, _ subject: String? = nil) -> ZeroMQError {
    context.explain(.last(operation, subject))
  }

  // MARK: Endpoints

  func bind(_ endpoint: String) throws(ZeroMQError) {
    // SAFETY: the pointers point to the socket, owned by this handle, and to the endpoint, owned by the caller, valid during the
    // call; used only on this thread.
    try unsafe call("zmq_bind", endpoint: endpoint) { unsafe zmq_bind($0, $1) }
  }

  func connect(_ endpoint: String) throws(ZeroMQError) {
    // SAFETY: the pointers point to the socket, owned by this handle, and to the endpoint, owned by the caller, valid during the
    // call; used only on this thread.
    try unsafe call("zmq_connect", endpoint: endpoint) { unsafe zmq_connect($0, $1) }
  }

  func unbind(_ endpoint: String) throws(ZeroMQError) {
    // SAFETY: the pointers point to the socket, owned by this handle, and to the endpoint, owned by the caller, valid during the
    // call; used only on this thread.
    try unsafe call("zmq_unbind", endpoint: endpoint) { unsafe zmq_unbind($0, $1) }
  }

  func disconnect(_ endpoint: String) throws(ZeroMQError) {
    // SAFETY: the pointers point to the socket, owned by this handle, and to the endpoint, owned by the caller, valid during the
    // call; used only on this thread.
    try unsafe call("zmq_disconnect", endpoint: endpoint) { unsafe zmq_disconnect($0, $1) }
  }

  /// Makes a call on an endpoint, and protects the event that it sends to a monitor.
  private func call(
    _ operation: String, endpoint: String, _ function: (UnsafeMutableRawPointer?, UnsafePointer<CChar>) -> Int32
  ) throws(ZeroMQError) {
    guard !endpoint.utf8.contains(0) else { throw ZeroMQError(.invalidArgument, operation: operation, subject: endpoint) }
    // SAFETY: the pointers point to the socket, owned by this handle, and to the endpoint's bytes, valid until the closure returns;
    // used only on this thread.
    func callOnce(_ socket: UnsafeMutableRawPointer?) -> Int32 { unsafe endpoint.withCString { unsafe function(socket, $0) } }
    guard unsafe monitorLink != nil else { return try unsafe call(operation, endpoint, callOnce) }
    // libzmq: the call sends an event to the monitor in two frames, and a signal would drop one of them (4.3.4; socket_base.cpp,
    // `monitor_event`). If that fails, errno can be EAGAIN instead of the call's own error, which a further call reports.
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

  /// Sends a frame, and returns a Boolean value that indicates whether the socket accepted it.
  func probe(_ bytes: UnsafeRawBufferPointer, _ flags: Int32) -> Bool {
    // SAFETY: the pointers point to the socket, owned by this handle, and to the bytes, owned by the caller, valid during the call;
    // used only on this thread.
    unsafe zmq_send(pointer, bytes.baseAddress, bytes.count, flags) >= 0
  }

  // MARK: Sockets without a handle, by their addresses

  /// Binds a socket to inproc names; does nothing for a name that another socket is bound to.
  static func bind(_ socket: UInt, to names: [String]) {
    // SAFETY: the pointers point to the socket and to the name, owned by the caller, valid during the call; used only on this
    // thread.
    withSignalsBlocked { for name in names { _ = unsafe zmq_bind(UnsafeMutableRawPointer(bitPattern: socket), name) } }
  }

  /// Connects a socket to an inproc name.
  static func connect(_ socket: UInt, to name: String) {
    // SAFETY: the pointers point to the socket and to the name, owned by the caller, valid during the call; used only on this
    // thread.
    withSignalsBlocked { _ = unsafe zmq_connect(UnsafeMutableRawPointer(bitPattern: socket), name) }
  }

  /// Unbinds a socket from inproc names, so that other sockets can bind to them immediately, and closes the socket.
  static func unbindAndClose(_ socket: UInt, from names: [String]) {
    // SAFETY: the pointers point to the socket and to the name, owned by the caller, valid during the call; used only on this
    // thread.
    withSignalsBlocked { for name in names { _ = unsafe zmq_unbind(UnsafeMutableRawPointer(bitPattern: socket), name) } }
    close(socket)
  }

  /// Closes a socket, which the caller must not use afterwards.
  static func close(_ socket: UInt) {
    // SAFETY: the pointer points to the socket, owned by the caller, valid until this call; used only on this thread.
    unsafe zmq_close(UnsafeMutableRawPointer(bitPattern: socket))
  }

  // MARK: Options

  /// Sets an option to the bytes that libzmq expects.
  func setBytes(_ option: Int32, _ bytes: UnsafeRawBufferPointer, _ subject: @autoclosure () -> String) throws(ZeroMQError) {
    // SAFETY: the pointers point to the socket, owned by this handle, and to the bytes, owned by the caller, valid during the call;
    // used only on this thread.
    try unsafe call("zmq_setsockopt", subject()) { unsafe zmq_setsockopt($0, option, bytes.baseAddress, bytes.count) }
  }

  /// Sets an option of C's type `int`.
  func setNumber(_ option: Int32, _ name: String, to number: Int32) throws(ZeroMQError) {
    try unsafe withUnsafeBytes(of: number) { (bytes) throws(ZeroMQError) in
      try unsafe setBytes(option, bytes, "\(name) = \(number)")
    }
  }

  /// Copies the value of an option to a buffer, which must have the exact size for most options.
  ///
  /// - Returns: The number of bytes.
  func getBytes(_ option: Int32, _ name: String, into buffer: UnsafeMutableRawBufferPointer) throws(ZeroMQError) -> Int {
    var count = buffer.count
    // SAFETY: the pointers point to the socket, owned by this handle, and to the buffer, owned by the caller, valid during the
    // call; used only on this thread.
    try unsafe call("zmq_getsockopt", name) { unsafe zmq_getsockopt($0, option, buffer.baseAddress, &count) }
    return count
  }

  /// Returns the value of an option of C's type `int`.
  func number(_ option: Int32, _ name: String) throws(ZeroMQError) -> Int32 {
    try integer(option, name)
  }

  /// Returns the value of an option of the C integer type that the caller expects.
  func integer<Number: FixedWidthInteger & BitwiseCopyable>(_ option: Int32, _ name: String) throws(ZeroMQError) -> Number {
    var number: Number = 0
    _ = try unsafe withUnsafeMutableBytes(of: &number) { (bytes) throws(ZeroMQError) in
      try unsafe getBytes(option, name, into: bytes)
    }
    return number
  }

  // MARK: Monitoring

  /// Starts sending the socket's events to an inproc endpoint, and connects a reader to it.
  ///
  /// Signals are blocked meanwhile: one between the two calls would leave libzmq's threads waiting for a reader.
  ///
  /// - Parameters:
  ///   - mask: The events.
  ///   - endpoint: The endpoint.
  ///   - reader: The address of the reading socket, which the caller keeps open for the call.
  func startEvents(_ mask: Int32, to endpoint: String, reader: UInt) throws(ZeroMQError) {
    try withSignalsBlocked { () throws(ZeroMQError) in
      // SAFETY: the pointers point to the socket, owned by this handle, and to the endpoint, owned by the caller, valid during the
      // call; used only on this thread.
      try unsafe call("zmq_socket_monitor") { unsafe zmq_socket_monitor($0, endpoint, mask) }
      // libzmq: an event that occurs before the connection waits for it. With the opposite order, a termination in between would
      // wait forever for a connection to an unbound endpoint (4.3.4; ctx.cpp).
      guard unsafe zmq_connect(UnsafeMutableRawPointer(bitPattern: reader), endpoint) == 0 else {
        // libzmq: the connection fails only after a shutdown, when no event waits for a reader (4.3.4; socket_base.cpp).
        let error = lastError("zmq_connect", endpoint)
        Self.stopEvents(of: address)
        throw error
      }
    }
  }

  /// Discards the remaining events of a monitor's reader, and returns a Boolean value that indicates whether the last one was read.
  static func hasEventsEnded(of reader: UInt) -> Bool {
    let socket = unsafe UnsafeMutableRawPointer(bitPattern: reader)
    return withSignalsBlocked {
      var event: UInt64 = 0
      while true {
        // SAFETY: the pointers point to the reader, owned by the caller, and to the integer, owned by this function, valid during
        // the call; used only on this thread.
        if unsafe zmq_recv(socket, &event, 8, ZMQ_DONTWAIT) < 0 { return ZeroMQError.Code.last != .wouldBlock }
        if UInt16(truncatingIfNeeded: event) == UInt16(ZMQ_EVENT_MONITOR_STOPPED) { return true }
        // The endpoint of the event.
        unsafe zmq_recv(socket, nil, 0, ZMQ_DONTWAIT)
      }
    }
  }

  /// Stops sending a socket's events; the last of them is `.monitorStopped`.
  ///
  /// May be called on any thread. Signals are blocked meanwhile: one would drop the last event, for which the monitor may wait.
  static func stopEvents(of socket: UInt) {
    // SAFETY: the pointer points to the socket, owned by the caller, valid during the call; used on this thread under libzmq's
    // lock.
    // libzmq: `zmq_socket_monitor` and the senders of events lock `_monitor_sync`, and access nothing else of the socket. The only
    // error, ETERM, means that the socket has stopped its events itself (4.3.4; socket_base.cpp).
    withSignalsBlocked { _ = unsafe zmq_socket_monitor(UnsafeMutableRawPointer(bitPattern: socket), nil, 0) }
  }
}
