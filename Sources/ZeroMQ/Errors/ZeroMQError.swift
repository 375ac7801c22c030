internal import CZeroMQ

/// What libzmq, or the system below it, refused to do.
///
/// Not every outcome is an error: a call that is not ready gives `nil` or `false`. What is thrown is a POSIX `errno` or one of
/// libzmq's own codes, with the C function that reported it and the endpoint or option that it was about. Message bytes and
/// secrets never appear in an error.
///
/// The corresponding libzmq function is `zmq_errno`.
public struct ZeroMQError: Error, Hashable, Sendable {
  /// The error code: a POSIX `errno`, or one of libzmq's own.
  public let code: Code

  /// The function or type that failed, such as `"zmq_bind"` or `"Authenticator"`.
  public let operation: String

  /// What it was about: an endpoint or the C name of an option; `nil` where there is nothing to name.
  public let subject: String?

  /// Makes an error, for a caller's own checks and for tests.
  ///
  /// - Parameters:
  ///   - code: The error code.
  ///   - operation: The function or type that failed.
  ///   - subject: the endpoint or option that it was about.
  public init(_ code: Code, operation: String, subject: String? = nil) {
    self.code = code
    self.operation = operation
    self.subject = subject
  }

  /// The error of the libzmq call that has just failed on this thread: the one place that reads `zmq_errno`.
  @usableFromInline
  static func last(_ operation: String, _ subject: String? = nil) -> ZeroMQError {
    ZeroMQError(.last, operation: operation, subject: subject)
  }
}

extension ZeroMQError.Code {
  /// The code of the libzmq call that has just failed on this thread.
  static var last: Self { Self(rawValue: zmq_errno()) }

  /// libzmq's text.
  var text: String {
    // SAFETY: zmq_strerror never returns NULL; the text is copied before another call can overwrite it.
    unsafe String(cString: zmq_strerror(rawValue))
  }
}

extension ZeroMQError.Code {
  /// Whether an error is a ``ZeroMQError`` with this code, for the `catch` of what throws other errors as well.
  ///
  /// ```swift
  /// do { try await server.send(reply) } catch ZeroMQError.Code.contextTerminated { return }
  /// ```
  public static func ~= (code: Self, error: any Error) -> Bool {
    (error as? ZeroMQError)?.code == code
  }
}

extension ZeroMQError: CustomStringConvertible {
  /// What failed, on what, why, and what may be done: `"zmq_bind tcp://*:80: Permission denied (EACCES)"`.
  public var description: String {
    var text = operation
    if let subject { text += " \(subject)" }
    text += ": \(code)"
    if let advice { text += "; \(advice)" }
    return text
  }

  private var advice: String? {
    switch (code, operation) {
    case (.notSocket, _): "the socket has been closed"
    case (.notSupported, "proxy"): "one socket must be able to receive and the other one, or the capture, to send"
    case (.addressInUse, "Authenticator"): "a context has one; stop() the other first"
    case (.addressInUse, _) where subject?.isInproc ?? false: "another socket of this context has bound that name"
    case (.addressInUse, _) where subject?.hasPrefix("ipc://") ?? false: "choose another path, or the wildcard ipc://*"
    case (.addressInUse, _): "choose another address, or a wildcard port such as tcp://127.0.0.1:*"
    case (.addressNotAvailable, _): "the address is not one of this machine's"
    case (.noSuchDevice, _): "bind needs a numeric address or an interface name; for IPv6 set the ipv6 option first"
    case (.connectionRefused, "zmq_connect"): "a conflating socket can connect to an inproc name only after a socket has bound it"
    case (.operationInProgress, _): "connections that have ended wait for that name to be bound; use another name"
    case (.protocolNotSupported, _): "this libzmq has no such transport; endpoints begin with tcp://, ipc:// or inproc://"
    case (.incompatibleProtocol, _) where subject == ZAP.endpoint: "only REP and ROUTER can answer for an authenticator"
    case (.incompatibleProtocol, _): "this socket type cannot use that transport"
    case (.nameTooLong, _): "an ipc path has at most 107 bytes, on some systems 103"
    case (.noSuchFileOrDirectory, "zmq_bind"): "the folder of an ipc path must exist"
    case (.noSuchFileOrDirectory, "zmq_unbind"), (.noSuchFileOrDirectory, "zmq_disconnect"):
      "the socket has no such endpoint; pass what bind returned"
    case (.wrongState, "receive(into:)"): "a DEALER that makes requests receives whole messages; call receive()"
    case (.wrongState, "zmq_connect"): "send the last frame of the message first"
    case (.wrongState, _): "REQ must receive a reply before it sends again; REP must receive a request before it sends"
    case (.tooManyOpenFiles, _): "raise the context's maximumSockets or the process's limit, and close sockets no longer used"
    case (.invalidArgument, "zmq_bind"), (.invalidArgument, "zmq_connect"):
      "an endpoint has the form tcp://host:port with a port up to 65535, ipc://path or inproc://name"
    case (.invalidArgument, "zmq_setsockopt") where subject?.hasSuffix("ROUTING_ID") ?? false:
      "a routing ID has 1 to 255 bytes, the first of which is not zero"
    case (.invalidArgument, "zmq_setsockopt"): "the value is out of the option's range, or this libzmq lacks the option"
    case (.invalidArgument, "zmq_msg_send") where subject == "STREAM": "a STREAM message has two frames: routing ID and bytes"
    case (.invalidArgument, "zmq_msg_send"): "a message has at least one frame"
    case (.addressExists, _): "a routing ID can be assigned to one connection of a socket only"
    default: nil
    }
  }
}
