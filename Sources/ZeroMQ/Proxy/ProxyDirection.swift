internal import CZeroMQ

/// One direction of a proxy: from a socket that receives to one that sends, a whole message at a time.
struct ProxyDirection {
  typealias Traffic = WritableKeyPath<ProxyStatistics, ProxyStatistics.Traffic>

  private let source: SocketHandle
  private let target: SocketHandle
  private let capture: SocketHandle?

  /// The statistics of the source and of the target.
  private let traffic: (source: Traffic, target: Traffic)

  /// The message that has been received but that the target has not accepted; empty if there is none.
  private var message = Message()
  /// A Boolean value that indicates whether the capture has the message, or there is no capture.
  private var isCaptured = false

  /// The messages and bytes that have been forwarded.
  struct Count {
    var messages: UInt64 = 0
    var bytes: UInt64 = 0
  }

  /// The result of an attempt to forward messages, in the order of how soon to try again.
  enum Outcome: Int {
    /// Nothing could be forwarded, and no call was made on the sockets.
    case untried
    /// A socket was not ready, in contrast to its events.
    ///
    /// libzmq: a ROUTER or XPUB that must not drop counts as writable even when the peer that a message is for has no room, and no
    /// event reports when it has (4.3.4; router.cpp, `xhas_out`).
    case refused
    /// Messages were forwarded.
    case progress
  }

  init(
    from source: SocketHandle, to target: SocketHandle, capture: SocketHandle?, counting traffic: (source: Traffic, target: Traffic)
  ) {
    self.source = source
    self.target = target
    self.capture = capture
    self.traffic = traffic
  }

  /// The message that the target has not accepted.
  var pendingMessage: Message? { message.isEmpty ? nil : message }

  var hasPendingMessage: Bool { !message.isEmpty }

  /// Forwards messages while there are any and the target and the capture accept them, up to a limit, and counts them.
  mutating func forward(_ control: ProxyControl) throws(ZeroMQError) -> Outcome {
    var count = Count()
    defer {
      if count.messages > 0 {
        control.count { [traffic] in
          $0[keyPath: traffic.source].receive(count)
          $0[keyPath: traffic.target].send(count)
        }
      }
    }
    // The limit lets the other direction and the control follow soon.
    while count.messages < 1000, count.bytes < 1 << 20 {
      if message.isEmpty, try !receive() {
        // libzmq: the attempt can consume a shutdown without reporting it, and then no event reports it (4.3.4; socket_base.cpp,
        // `recv`). Every read of an option does.
        _ = try source.number(ZMQ_TYPE, "ZMQ_TYPE")
        // A target that only sends cannot have become readable unnoticed.
        return count.messages == 0 ? .refused : target.type.receives ? .progress : .untried
      }
      if !isCaptured, let capture { isCaptured = try capture.send(message, .nonblocking) }
      guard isCaptured else { break }
      let bytes = message.byteCount
      guard try Self.isInTurn({ () throws(ZeroMQError) in try target.send(&message, .nonblocking) }) else { break }
      message = Message()
      count.messages += 1
      count.bytes += UInt64(bytes)
    }
    return count.messages == 0 ? .refused : .progress
  }

  /// Receives a message.
  ///
  /// - Returns: `true` if there is one.
  @inline(__always)
  private mutating func receive() throws(ZeroMQError) -> Bool {
    try Self.isInTurn { () throws(ZeroMQError) in
      guard let received = try source.receive(.nonblocking) else { return false }
      message = received
      isCaptured = capture == nil
      return true
    }
  }

  /// Makes a call that a REQ or REP refuses until it has received or sent.
  ///
  /// - Returns: The result of the call, or `false` if it was refused.
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
