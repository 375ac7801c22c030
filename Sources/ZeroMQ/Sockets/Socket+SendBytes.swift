internal import CZeroMQ

// Messages of one frame, sent from where the bytes are.

extension Socket where Kind: SendingKind {
  /// Sends the UTF-8 bytes of a text as a message of one frame; libzmq adds no terminating zero.
  ///
  /// Blocks and throws as `send(_:)` with a ``Message`` does.
  ///
  /// - Parameter text: the text; the empty one is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ text: some StringProtocol) throws {
    try send(text.utf8)
  }

  /// Sends a collection's bytes as a message of one frame.
  ///
  /// Blocks and throws as `send(_:)` with a ``Message`` does.
  ///
  /// - Parameter bytes: the bytes, such as an array or a `Data`; none is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ bytes: some Collection<UInt8>) throws {
    // SAFETY: the bytes are lent for the call, which copies them.
    if let error = unsafe bytes.withBytes({ unsafe handle.send($0) }) { throw error }
  }

  /// Sends a frame as a message, without copying its bytes unless they are few.
  ///
  /// Blocks and throws as `send(_:)` with a ``Message`` does.
  ///
  /// - Parameter frame: the frame.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ frame: Frame) throws {
    try send(Message(frame))
  }

  /// Sends a frame as a message, without copying its bytes unless they are few, if that needs no waiting.
  ///
  /// - Parameter frame: the frame.
  /// - Returns: whether it was sent.
  /// - Throws: as `sendIfReady(_:)` with a ``Message``.
  public func sendIfReady(_ frame: Frame) throws -> Bool {
    try sendIfReady(Message(frame))
  }

  /// Sends a frame as a message, without copying its bytes unless they are few, if the socket can send it in time.
  ///
  /// - Parameters:
  ///   - frame: the frame.
  ///   - timeout: how long to wait, whatever the option `sendTimeout` says.
  /// - Returns: whether it was sent.
  /// - Throws: as `send(_:timeout:)` with a ``Message``.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func send(_ frame: Frame, timeout: Duration) throws -> Bool {
    try send(Message(frame), timeout: timeout)
  }

  /// Sends bytes as a message of one frame.
  ///
  /// Blocks and throws as `send(_:)` with a ``Message`` does. The corresponding libzmq function is `zmq_send`.
  ///
  /// - Parameter bytes: the bytes; none is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ bytes: RawSpan) throws {
    // SAFETY: the bytes are lent for the call, which copies them.
    if let error = unsafe bytes.withUnsafeBytes({ unsafe handle.send($0) }) { throw error }
  }

  /// Sends bytes as a message of one frame.
  ///
  /// Blocks and throws as `send(_:)` with a ``Message`` does. The corresponding libzmq function is `zmq_send`.
  ///
  /// - Parameter bytes: the bytes; none is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ bytes: Span<UInt8>) throws {
    // SAFETY: reading bytes as bytes.
    try unsafe send(bytes.bytes)
  }

  /// Sends the UTF-8 bytes of a text as a message of one frame, if that needs no waiting.
  ///
  /// - Parameter text: the text; the empty one is allowed.
  /// - Returns: whether it was sent.
  /// - Throws: as `sendIfReady(_:)` with a ``Message``.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public func sendIfReady(_ text: some StringProtocol) throws -> Bool {
    try sendIfReady(Message(text))
  }

  /// Sends a collection's bytes as a message of one frame, if that needs no waiting.
  ///
  /// - Parameter bytes: the bytes, such as an array or a `Data`; none is allowed.
  /// - Returns: whether it was sent.
  /// - Throws: as `sendIfReady(_:)` with a ``Message``.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public func sendIfReady(_ bytes: some Collection<UInt8>) throws -> Bool {
    try sendIfReady(Message(copying: bytes))
  }

  /// Sends the UTF-8 bytes of a text as a message of one frame, if the socket can send it in time.
  ///
  /// - Parameters:
  ///   - text: the text; the empty one is allowed.
  ///   - timeout: how long to wait, whatever the option `sendTimeout` says.
  /// - Returns: whether it was sent.
  /// - Throws: as `send(_:timeout:)` with a ``Message``.
  /// - Complexity: O(*n*) in the number of bytes.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ text: some StringProtocol, timeout: Duration) throws -> Bool {
    try send(Message(text), timeout: timeout)
  }

  /// Sends a collection's bytes as a message of one frame, if the socket can send it in time.
  ///
  /// - Parameters:
  ///   - bytes: the bytes, such as an array or a `Data`; none is allowed.
  ///   - timeout: how long to wait, whatever the option `sendTimeout` says.
  /// - Returns: whether it was sent.
  /// - Throws: as `send(_:timeout:)` with a ``Message``.
  /// - Complexity: O(*n*) in the number of bytes.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ bytes: some Collection<UInt8>, timeout: Duration) throws -> Bool {
    try send(Message(copying: bytes), timeout: timeout)
  }
}

extension SocketHandle {
  /// Sends bytes as a message of one frame, from where they are.
  @inlinable
  @inline(__always)
  func send(_ bytes: UnsafeRawBufferPointer) -> ZeroMQError? {
    if unsafe sendOnce(bytes, sendFlags) { return nil }
    return unsafe sendAgain(bytes)
  }

  /// What is to be done when a first attempt to send has failed.
  @usableFromInline
  func sendAgain(_ bytes: UnsafeRawBufferPointer) -> ZeroMQError? {
    do {
      // SAFETY: as above.
      _ = try tryAgain("zmq_send", ZMQ_POLLOUT, .blocking) { unsafe sendOnce(bytes, $0) ? 0 : -1 }
      return nil
    } catch {
      return error
    }
  }
}
