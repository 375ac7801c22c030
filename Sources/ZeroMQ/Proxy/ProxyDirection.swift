internal import CZeroMQ

/// One direction of a proxy: from a socket that receives to one that sends, a whole message at a time.
struct ProxyDirection {
  typealias Traffic = WritableKeyPath<ProxyStatistics, ProxyStatistics.Traffic>

  let source: SocketHandle
  let target: SocketHandle
  let capture: SocketHandle?

  /// The statistics of the source and of the target.
  let traffic: (source: Traffic, target: Traffic)

  /// The message that has been received but that the target has not accepted; empty if there is none.
  private(set) var message = Message()
  /// A Boolean value that indicates whether the capture has the message, or there is no capture.
  private(set) var isCaptured = false

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

  /// The message that the target has not accepted.
  var pendingMessage: Message? { message.isEmpty ? nil : message }

  /// Forwards messages while there are any and the target and the capture accept them, up to a limit, and counts them.
  mutating func forward(_ control: ProxyControl) throws(ZeroMQError) -> Outcome {
    var (messages, bytes): (UInt64, UInt64) = (0, 0)
    defer {
      if messages > 0 {
        control.count { [traffic] statistics in
          statistics[keyPath: traffic.source].messagesReceived += messages
          statistics[keyPath: traffic.source].bytesReceived += bytes
          statistics[keyPath: traffic.target].messagesSent += messages
          statistics[keyPath: traffic.target].bytesSent += bytes
        }
      }
    }
    // The limit lets the other direction and the control follow soon.
    while messages < 1000, bytes < 1 << 20 {
      if message.isEmpty {
        message = try Self.ifInTurn { () throws(ZeroMQError) in try source.receive(.nonblocking) } ?? Message()
        isCaptured = capture == nil
      }
      if message.isEmpty {
        // libzmq: the attempt can consume a shutdown without reporting it, and then no event reports it (4.3.4; socket_base.cpp,
        // `recv`). Every read of an option does.
        _ = try source.number(ZMQ_TYPE, "ZMQ_TYPE")
        // A target that only sends cannot have become readable unnoticed.
        return messages == 0 ? .refused : target.type.receives ? .progress : .untried
      }
      if !isCaptured, let capture { isCaptured = try capture.send(message, .nonblocking) }
      guard isCaptured else { break }
      let byteCount = message.byteCount
      guard try Self.ifInTurn({ () throws(ZeroMQError) in try target.send(&message, .nonblocking) }) ?? false else { break }
      message = Message()
      messages += 1
      bytes += UInt64(byteCount)
    }
    return messages == 0 ? .refused : .progress
  }

  /// Makes a call that a REQ or REP refuses until it has received or sent.
  ///
  /// - Returns: The result of the call, or `nil` if it was refused.
  @inline(__always)
  private static func ifInTurn<Result>(_ call: () throws(ZeroMQError) -> Result?) throws(ZeroMQError) -> Result? {
    do {
      return try call()
    } catch {
      guard error.code == .wrongState else { throw error }
      return nil
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
