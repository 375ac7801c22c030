internal import CZeroMQ

/// An event of a socket's connections, as its ``Monitor`` reports it.
///
/// ```swift
/// let event = try monitor.receive()
/// if case .handshakeFailedProtocol(.zmtpCryptographic) = event.kind { print("wrong key at \(event.endpoint)") }
/// ```
public struct MonitorEvent: Hashable, Sendable, CustomStringConvertible {
  /// The kind of event, with its details.
  public let kind: Kind

  /// The endpoint, as `bind` returned it or `connect` received it.
  ///
  /// It is empty for `.monitorStopped`, and for `.closed` after a `bind` that failed. It lacks the transport for `.bindFailed`.
  public let endpoint: String

  /// Creates an event, for tests of your own.
  ///
  /// - Parameters:
  ///   - kind: The kind of event.
  ///   - endpoint: The endpoint.
  public init(_ kind: Kind, endpoint: String) {
    self.kind = kind
    self.endpoint = endpoint
  }

  /// The kind of an event, with the details that libzmq reports.
  ///
  /// A file descriptor identifies a connection only while the connection is open. libzmq owns it, and the system reuses its number
  /// later.
  public enum Kind: Hashable, Sendable, CustomStringConvertible {
    /// An outgoing connection was made; its handshake follows.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_CONNECTED`.
    case connected(fileDescriptor: Int32)

    /// An outgoing connection is in progress.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_CONNECT_DELAYED`.
    case connectDelayed

    /// An outgoing connection failed; libzmq tries again after an interval.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_CONNECT_RETRIED`.
    case connectRetried(interval: Duration)

    /// The socket was bound to the endpoint.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_LISTENING`.
    case listening(fileDescriptor: Int32)

    /// The socket could not be bound to the endpoint.
    ///
    /// The code is correct even if `bind` throws another one, such as `.wouldBlock`, which can result from reporting this event.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_BIND_FAILED`.
    case bindFailed(ZeroMQError.Code)

    /// An incoming connection was accepted; its handshake follows.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_ACCEPTED`.
    case accepted(fileDescriptor: Int32)

    /// An incoming connection could not be accepted, for example for lack of file descriptors.
    ///
    /// libzmq tries again immediately, and so reports the event repeatedly.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_ACCEPT_FAILED`.
    case acceptFailed(ZeroMQError.Code)

    /// A connection attempt or a listener was closed.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_CLOSED`.
    case closed(fileDescriptor: Int32)

    /// A listener was closed, but the file of its ipc endpoint could not be removed.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_CLOSE_FAILED`.
    case closeFailed(ZeroMQError.Code)

    /// A connection was lost, during or after its handshake.
    ///
    /// Some handshakes fail without any other event, for example if the socket types do not match. A connection that this side ends
    /// is not reported.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_DISCONNECTED`.
    case disconnected(fileDescriptor: Int32)

    /// The monitor was stopped, or its socket was closed; this is the last event.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_MONITOR_STOPPED`.
    case monitorStopped

    /// A handshake failed without a reason, usually because the peer closed the connection.
    ///
    /// Either the peer does not speak ZMTP, or it rejected this side without a reason. A client with a wrong CURVE server key
    /// usually receives this event with the code `.brokenPipe`.
    ///
    /// The code is the system's and has little meaning: libzmq can report the code of an earlier call. A STREAM, which has no
    /// handshake, reports this event for every lost connection.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL`.
    case handshakeFailedNoDetail(ZeroMQError.Code)

    /// A handshake succeeded, so messages can pass.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_SUCCEEDED`.
    case handshakeSucceeded

    /// A handshake failed because of a protocol error, such as a wrong key or another mechanism.
    ///
    /// The peer, or this side's authenticator, violated the protocol.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL`.
    case handshakeFailedProtocol(ProtocolError)

    /// A handshake failed because the server's authenticator rejected the client.
    ///
    /// Both sides report it. The status code is 300, 400 or 500, by ZAP, ZeroMQ's RFC 27.
    ///
    /// The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_FAILED_AUTH`.
    case handshakeFailedAuth(statusCode: Int)

    /// An event that is newer than this library, with libzmq's number and value.
    case other(number: UInt16, value: UInt32)

    /// The event, in a few words.
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

  /// The event and its endpoint.
  ///
  /// For example: `"handshake failed: mechanism mismatch (ZMTP), at tcp://127.0.0.1:5555"`.
  public var description: String { endpoint.isEmpty ? kind.description : "\(kind), at \(endpoint)" }
}

extension MonitorEvent {
  /// Parses a message of libzmq: the number and value in one frame, the endpoint in another.
  init?(_ message: Message) {
    guard message.count == 2, message[0].count == 6 else { return nil }
    // SAFETY: the pointer points to the frame's six bytes, owned by the message, valid until the closure returns; both numbers lie
    // within.
    let (number, value) = unsafe message[0].withUnsafeBytes { bytes in
      unsafe (bytes.loadUnaligned(as: UInt16.self), bytes.loadUnaligned(fromByteOffset: 2, as: UInt32.self))
    }
    self.init(Kind(number: number, value: value), endpoint: String(decoding: message[1], as: UTF8.self))
  }
}

extension MonitorEvent.Kind {
  /// Creates the kind of event for libzmq's number and value.
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

  /// The type of the event, without its details.
  ///
  /// Use it to compare: `event.kind.type == .connected`, or `MonitorEvents.handshakes.contains(event.kind.type)`.
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
