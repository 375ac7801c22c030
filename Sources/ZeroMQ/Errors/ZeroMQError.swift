internal import CZeroMQ

/// An error that libzmq, the operating system, or this library reports.
///
/// A call that is not ready is not an error: it returns `nil` or `false`. An error has a POSIX error number or one of libzmq's own
/// codes. It names the function that failed, and the endpoint or option concerned. It never contains the bytes of a message or a
/// secret.
///
/// The corresponding libzmq function is `zmq_errno`.
public struct ZeroMQError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The error code: a POSIX `errno`, or one of libzmq's own.
  public let code: Code

  /// The function or type that failed, such as `"zmq_bind"` or `"Authenticator"`.
  public let operation: String

  /// The endpoint, option or other object of the operation; `nil` if there is none to name.
  public let subject: String?

  /// Creates an error, for checks of your own and for tests.
  ///
  /// - Parameters:
  ///   - code: The error code.
  ///   - operation: The function or type that failed.
  ///   - subject: The endpoint or option concerned.
  public init(_ code: Code, operation: String, subject: String? = nil) {
    self.code = code
    self.operation = operation
    self.subject = subject
  }

  /// Returns the error of the libzmq call that has just failed on this thread.
  @usableFromInline
  static func last(_ operation: String, _ subject: String? = nil) -> ZeroMQError {
    ZeroMQError(.last, operation: operation, subject: subject)
  }

  /// The operation, its subject, the reason, and advice if there is some.
  ///
  /// For example: `"zmq_bind tcp://*:80: Permission denied (EACCES)"`.
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
    case (.addressInUse, "Authenticator"): "a context has at most one authenticator; call stop() on the other first"
    case (.addressInUse, _) where subject?.isInproc ?? false: "another socket of this context has bound that name"
    case (.addressInUse, _) where subject?.hasPrefix("ipc://") ?? false: "choose another path, or the wildcard ipc://*"
    case (.addressInUse, _): "choose another address, or a wildcard port such as tcp://127.0.0.1:*"
    case (.addressNotAvailable, _): "bind needs an address of one of this machine's interfaces"
    case (.noSuchDevice, _): "bind needs a numeric address or an interface name; for IPv6 set the ipv6 option first"
    case (.connectionRefused, "zmq_connect"): "a conflating socket can connect to an inproc name only after a socket has bound it"
    case (.operationInProgress, _): "connections that have ended wait for that name to be bound; use another name"
    case (.protocolNotSupported, _): "this libzmq has no such transport; endpoints begin with tcp://, ipc:// or inproc://"
    case (.incompatibleProtocol, _) where subject == ZAP.endpoint: "only REP and ROUTER can answer for an authenticator"
    case (.incompatibleProtocol, _): "this socket type cannot use that transport"
    case (.nameTooLong, _): "an ipc path has at most 107 bytes, on some systems 103"
    case (.noSuchFileOrDirectory, "zmq_bind"): "the directory of an ipc path must exist"
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

extension ZeroMQError.Code {
  /// The code of the libzmq call that has just failed on this thread; the only place that reads `zmq_errno`.
  static var last: Self { Self(rawValue: zmq_errno()) }

  /// libzmq's text for the code.
  var text: String {
    // SAFETY: the pointer points to a C string, owned by libzmq or the C library, valid until the next call; copied at once on this
    // thread.
    unsafe String(cString: zmq_strerror(rawValue))
  }

  /// Returns a Boolean value that indicates whether `error` is a ``ZeroMQError`` with this code.
  ///
  /// Use it in a `catch` clause where other errors can be thrown too.
  ///
  /// ```swift
  /// do { try await server.send(reply) } catch ZeroMQError.Code.contextTerminated { return }
  /// ```
  public static func ~= (code: Self, error: any Error) -> Bool {
    (error as? ZeroMQError)?.code == code
  }
}
