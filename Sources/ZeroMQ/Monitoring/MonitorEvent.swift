internal import CZeroMQ

/// Something that happened to a socket's connections, as its ``Monitor`` reports it.
///
/// ```swift
/// let event = try monitor.receive()
/// if case .handshakeFailedProtocol(.zmtpCryptographic) = event.kind { print("wrong key at \(event.endpoint)") }
/// ```
public struct MonitorEvent: Hashable, Sendable {
  /// What happened.
  public let kind: Kind

  /// Where: the endpoint as `bind` returned it or `connect` was given it.
  ///
  /// Empty for `.monitorStopped`, and for `.closed` after a `bind` that failed; without its transport for `.bindFailed`.
  public let endpoint: String

  /// Makes an event, for a caller's own tests.
  ///
  /// - Parameters:
  ///   - kind: what happened.
  ///   - endpoint: where.
  public init(_ kind: Kind, endpoint: String) {
    self.kind = kind
    self.endpoint = endpoint
  }

  /// What happened, with what libzmq says about it.
  ///
  /// A file descriptor names a connection only while that is open: libzmq owns it, and the system gives the number to others later.
  public enum Kind: Hashable, Sendable {
    /// An outgoing connection was made; its handshake comes next.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_CONNECTED`.
    case connected(fileDescriptor: Int32)

    /// An outgoing connection is on its way.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_CONNECT_DELAYED`.
    case connectDelayed

    /// An outgoing connection failed, and will be tried again after an interval.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_CONNECT_RETRIED`.
    case connectRetried(interval: Duration)

    /// The socket was bound to the endpoint.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_LISTENING`.
    case listening(fileDescriptor: Int32)

    /// The socket could not be bound to the endpoint.
    ///
    /// The code is right even where `bind` throws another one, such as `.wouldBlock`, which libzmq's reporting of the event left
    /// behind.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_BIND_FAILED`.
    case bindFailed(ZeroMQError.Code)

    /// An incoming connection was accepted; its handshake comes next.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_ACCEPTED`.
    case accepted(fileDescriptor: Int32)

    /// An incoming connection could not be accepted, such as for want of file descriptors.
    ///
    /// libzmq tries again at once, and so reports it again and again. The corresponding libzmq constant is
    /// `ZMQ_EVENT_ACCEPT_FAILED`.
    case acceptFailed(ZeroMQError.Code)

    /// A connection attempt or a listener was closed.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_CLOSED`.
    case closed(fileDescriptor: Int32)

    /// A listener was closed, but the file of its ipc endpoint could not be removed.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_CLOSE_FAILED`.
    case closeFailed(ZeroMQError.Code)

    /// A connection was lost, be its handshake done or not.
    ///
    /// Some handshakes fail without any other event, such as those with a peer whose socket type does not fit. A connection that this
    /// side ends is not reported.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_DISCONNECTED`.
    case disconnected(fileDescriptor: Int32)

    /// The monitor was stopped, or its socket closed: the last event.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_MONITOR_STOPPED`.
    case monitorStopped

    /// A handshake failed, most often because the peer closed the connection: it speaks no ZMTP, or refused without saying why.
    ///
    /// The code is the system's, and says little: libzmq also reports what was left there by an earlier call. A STREAM, which has no
    /// handshake, reports it for every connection lost. The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL`.
    case handshakeFailedNoDetail(ZeroMQError.Code)

    /// A handshake was done: messages can pass.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_SUCCEEDED`.
    case handshakeSucceeded

    /// A handshake failed because the peer, or this side's authenticator, did not keep to the protocol: a wrong key, another mechanism.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL`.
    case handshakeFailedProtocol(ProtocolError)

    /// A handshake failed because the server's authenticator refused the client: 300, 400 or 500 by ZAP, RFC 27.
    ///
    /// Both sides report it. The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_FAILED_AUTH`.
    case handshakeFailedAuth(statusCode: Int)

    /// An event that is newer than this library, with its number and value as libzmq gives them.
    case other(number: UInt16, value: UInt32)
  }
}

extension MonitorEvent {
  /// Reads an event as libzmq sends it: the number and value in one frame, the endpoint in another.
  init?(_ message: Message) {
    guard message.count == 2, message[0].count == 6 else { return nil }
    // SAFETY: both numbers lie within the six bytes, in the machine's own order.
    let (number, value) = unsafe message[0].withUnsafeBytes { bytes in
      unsafe (bytes.loadUnaligned(as: UInt16.self), bytes.loadUnaligned(fromByteOffset: 2, as: UInt32.self))
    }
    self.init(Kind(number: number, value: value), endpoint: String(decoding: message[1], as: UTF8.self))
  }
}

extension MonitorEvent.Kind {
  /// What libzmq's number and value stand for.
  init(number: UInt16, value: UInt32) {
    let signed = Int32(truncatingIfNeeded: value)
    let code = ZeroMQError.Code(rawValue: signed)
    self =
      switch MonitorEvents(rawValue: Int32(number)) {
      case .connected: .connected(fileDescriptor: signed)
      case .connectDelayed: .connectDelayed
      case .connectRetried: .connectRetried(interval: .milliseconds(value))
      case .listening: .listening(fileDescriptor: signed)
      case .bindFailed: .bindFailed(code)
      case .accepted: .accepted(fileDescriptor: signed)
      case .acceptFailed: .acceptFailed(code)
      case .closed: .closed(fileDescriptor: signed)
      case .closeFailed: .closeFailed(code)
      case .disconnected: .disconnected(fileDescriptor: signed)
      case .monitorStopped: .monitorStopped
      case .handshakeFailedNoDetail: .handshakeFailedNoDetail(code)
      case .handshakeSucceeded: .handshakeSucceeded
      case .handshakeFailedProtocol: .handshakeFailedProtocol(ProtocolError(rawValue: signed))
      case .handshakeFailedAuth: .handshakeFailedAuth(statusCode: Int(value))
      default: .other(number: number, value: value)
      }
  }
}

extension MonitorEvent.Kind {
  /// The event without its payload, to compare: `event.kind.type == .connected`, `MonitorEvents.handshakes.contains(event.kind.type)`.
  public var type: MonitorEvents {
    switch self {
    case .connected: .connected
    case .connectDelayed: .connectDelayed
    case .connectRetried: .connectRetried
    case .listening: .listening
    case .bindFailed: .bindFailed
    case .accepted: .accepted
    case .acceptFailed: .acceptFailed
    case .closed: .closed
    case .closeFailed: .closeFailed
    case .disconnected: .disconnected
    case .monitorStopped: .monitorStopped
    case .handshakeFailedNoDetail: .handshakeFailedNoDetail
    case .handshakeSucceeded: .handshakeSucceeded
    case .handshakeFailedProtocol: .handshakeFailedProtocol
    case .handshakeFailedAuth: .handshakeFailedAuth
    case .other(let number, _): MonitorEvents(rawValue: Int32(number))
    }
  }
}

extension MonitorEvent: CustomStringConvertible {
  /// What happened and where: `"handshake failed: mechanism mismatch (ZMTP), at tcp://127.0.0.1:5555"`.
  public var description: String {
    endpoint.isEmpty ? kind.description : "\(kind), at \(endpoint)"
  }
}

extension MonitorEvent.Kind: CustomStringConvertible {
  /// What happened, in a few words.
  public var description: String {
    switch self {
    case .connected: "connected"
    case .connectDelayed: "connect delayed"
    case .connectRetried(let interval): "connect failed, to be retried after \(interval)"
    case .listening: "listening"
    case .bindFailed(let code): "bind failed: \(code)"
    case .accepted: "accepted"
    case .acceptFailed(let code): "accept failed: \(code)"
    case .closed: "closed"
    case .closeFailed(let code): "close failed: \(code)"
    case .disconnected: "disconnected"
    case .monitorStopped: "monitor stopped"
    case .handshakeFailedNoDetail(let code): code.rawValue == 0 ? "handshake failed" : "handshake failed: \(code)"
    case .handshakeSucceeded: "handshake succeeded"
    case .handshakeFailedProtocol(let error): "handshake failed: \(error)"
    case .handshakeFailedAuth(let status): "handshake failed: refused by the authenticator with status \(status)"
    case .other(let number, let value): "event 0x\(String(number, radix: 16)) with value \(value)"
    }
  }
}
