internal import CZeroMQ

/// One way through a proxy: from a socket that receives to one that sends, a whole message at a time.
struct ProxyDirection {
  private let source: SocketHandle
  private let target: SocketHandle
  private let capture: SocketHandle?

  /// The message that has been received but that the target has not taken; empty if there is none.
  private var message = Message()
  /// Whether the capture, if there is one, has the message.
  private var isCaptured = false

  /// The messages and bytes that have been forwarded.
  struct Count {
    var messages: UInt64 = 0
    var bytes: UInt64 = 0
    /// Whether the last look found the source without a message.
    var isDrained = false
  }

  init(from source: SocketHandle, to target: SocketHandle, capture: SocketHandle?) {
    self.source = source
    self.target = target
    self.capture = capture
  }

  /// The message that the target has not taken.
  var pendingMessage: Message? { message.isEmpty ? nil : message }

  var hasPendingMessage: Bool { !message.isEmpty }

  /// Forwards messages for as long as there are any and the target and the capture take them, but not forever.
  mutating func forward(_ count: inout Count) throws(ZeroMQError) {
    // Few enough for the other direction and the control to come next in a moment.
    while count.messages < 1000, count.bytes < 1 << 20 {
      if message.isEmpty {
        count.isDrained = try !receive()
        // libzmq: the attempt may have noticed a shutdown without saying so, and then nothing else tells of it (4.3.4;
        // socket_base.cpp, `recv`). Every read of an option says so.
        if count.isDrained { return _ = try source.number(ZMQ_TYPE, "ZMQ_TYPE") }
      }
      if !isCaptured, let capture { isCaptured = try capture.send(message, .nonblocking) }
      guard isCaptured else { return }
      let bytes = message.byteCount
      guard try Self.isInTurn({ () throws(ZeroMQError) in try target.send(&message, .nonblocking) }) else { return }
      message = Message()
      count.messages += 1
      count.bytes += UInt64(bytes)
    }
  }

  /// Receives a message.
  ///
  /// - Returns: Whether there is one.
  @inline(__always)
  private mutating func receive() throws(ZeroMQError) -> Bool {
    try Self.isInTurn { () throws(ZeroMQError) in
      guard let received = try source.receive(.nonblocking) else { return false }
      message = received
      isCaptured = capture == nil
      return true
    }
  }

  /// Makes a call that a REQ or REP may have to wait for, until it is its turn to send or receive.
  ///
  /// - Returns: What the call returned; `false` if it is out of turn.
  @inline(__always)
  private static func isInTurn(_ call: () throws(ZeroMQError) -> Bool) throws(ZeroMQError) -> Bool {
    do {
      return try call()
    } catch {
      guard error.code == .wrongState else { throw error }
      return false
    }
  }
}

extension Message {
  /// The number of bytes of all frames.
  fileprivate var byteCount: Int {
    var count = 0
    let slots = reference.slots
    for index in range { count += unsafe slots.bytes(at: index).count }
    return count
  }
}
