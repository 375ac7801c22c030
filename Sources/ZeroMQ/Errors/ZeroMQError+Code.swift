internal import CZeroMQ

extension ZeroMQError {
  /// A POSIX error number, or one of libzmq's own.
  ///
  /// The type is open: a number without a name here is passed through unchanged.
  public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number, as in `errno.h` and `zmq.h`.
    public let rawValue: Int32

    /// Creates a code from a number of `errno.h` or `zmq.h`.
    public init(rawValue: Int32) {
      self.rawValue = rawValue
    }

    /// The C name, such as `"EHOSTUNREACH"`; `nil` for a number without a name here.
    public var name: String? { Self.names.first { $0.code == self }?.name }

    private static let names: [(code: Self, name: String)] = [
      (.wouldBlock, "EAGAIN"),
      (.contextTerminated, "ETERM"),
      (.interrupted, "EINTR"),
      (.hostUnreachable, "EHOSTUNREACH"),
      (.wrongState, "EFSM"),
      (.incompatibleProtocol, "ENOCOMPATPROTO"),
      (.noIOThread, "EMTHREAD"),
      (.notSupported, "ENOTSUP"),
      (.protocolNotSupported, "EPROTONOSUPPORT"),
      (.noBufferSpace, "ENOBUFS"),
      (.networkDown, "ENETDOWN"),
      (.addressInUse, "EADDRINUSE"),
      (.addressNotAvailable, "EADDRNOTAVAIL"),
      (.connectionRefused, "ECONNREFUSED"),
      (.operationInProgress, "EINPROGRESS"),
      (.notSocket, "ENOTSOCK"),
      (.messageTooLong, "EMSGSIZE"),
      (.addressFamilyNotSupported, "EAFNOSUPPORT"),
      (.networkUnreachable, "ENETUNREACH"),
      (.connectionAborted, "ECONNABORTED"),
      (.connectionReset, "ECONNRESET"),
      (.notConnected, "ENOTCONN"),
      (.timedOut, "ETIMEDOUT"),
      (.networkReset, "ENETRESET"),
      (.invalidArgument, "EINVAL"),
      (.badAddress, "EFAULT"),
      (.noMemory, "ENOMEM"),
      (.tooManyOpenFiles, "EMFILE"),
      (.tooManyOpenFilesInSystem, "ENFILE"),
      (.noSuchDevice, "ENODEV"),
      (.noSuchFileOrDirectory, "ENOENT"),
      (.nameTooLong, "ENAMETOOLONG"),
      (.permissionDenied, "EACCES"),
      (.notPermitted, "EPERM"),
      (.addressExists, "EEXIST"),
      (.notDirectory, "ENOTDIR"),
      (.isDirectory, "EISDIR"),
      (.readOnlyFileSystem, "EROFS"),
      (.noSpace, "ENOSPC"),
      (.badFileDescriptor, "EBADF"),
      (.brokenPipe, "EPIPE"),
      (.ioError, "EIO"),
      (.outOfRange, "ERANGE"),
      (.notImplemented, "ENOSYS"),
      (.protocolError, "EPROTO"),
    ]

    /// libzmq's text, followed by the C name, such as `"Host unreachable (EHOSTUNREACH)"`.
    ///
    /// The corresponding libzmq function is `zmq_strerror`.
    public var description: String { "\(text) (\(name ?? "errno \(rawValue)"))" }
  }
}

extension ZeroMQError.Code {
  /// The operation would have to wait: no message has arrived, or the peer is at its high-water mark.
  ///
  /// The corresponding C error is `EAGAIN`.
  public static var wouldBlock: Self { Self(rawValue: CZeroMQ.EAGAIN) }

  /// The context was shut down or terminated; close the socket.
  ///
  /// The corresponding C error is `ETERM`.
  public static var contextTerminated: Self { Self(rawValue: CZeroMQ.ETERM) }

  /// A signal interrupted the call.
  ///
  /// Only a context that was created with `interruption: .throw` throws it.
  ///
  /// The corresponding C error is `EINTR`.
  public static var interrupted: Self { Self(rawValue: CZeroMQ.EINTR) }

  /// No peer has that routing ID, or the peer has disconnected.
  ///
  /// The corresponding C error is `EHOSTUNREACH`.
  public static var hostUnreachable: Self { Self(rawValue: CZeroMQ.EHOSTUNREACH) }

  /// The socket's state forbids the operation.
  ///
  /// For example, a REQ socket sends a second request before the reply, or a REP socket replies without a request.
  ///
  /// The corresponding C error is `EFSM`.
  public static var wrongState: Self { Self(rawValue: CZeroMQ.EFSM) }

  /// The socket type cannot use that transport.
  ///
  /// The corresponding C error is `ENOCOMPATPROTO`.
  public static var incompatibleProtocol: Self { Self(rawValue: CZeroMQ.ENOCOMPATPROTO) }

  /// The context has no I/O thread; without one, only inproc works.
  ///
  /// The corresponding C error is `EMTHREAD`.
  public static var noIOThread: Self { Self(rawValue: CZeroMQ.EMTHREAD) }

  /// The socket type, or this libzmq, does not support the operation.
  ///
  /// The corresponding C error is `ENOTSUP`.
  public static var notSupported: Self { Self(rawValue: CZeroMQ.ENOTSUP) }

  /// This libzmq was built without that transport.
  ///
  /// The corresponding C error is `EPROTONOSUPPORT`.
  public static var protocolNotSupported: Self { Self(rawValue: CZeroMQ.EPROTONOSUPPORT) }

  /// The system has no buffer space left.
  ///
  /// The corresponding C error is `ENOBUFS`.
  public static var noBufferSpace: Self { Self(rawValue: CZeroMQ.ENOBUFS) }

  /// The network is down.
  ///
  /// The corresponding C error is `ENETDOWN`.
  public static var networkDown: Self { Self(rawValue: CZeroMQ.ENETDOWN) }

  /// Another socket is bound to that address.
  ///
  /// The corresponding C error is `EADDRINUSE`.
  public static var addressInUse: Self { Self(rawValue: CZeroMQ.EADDRINUSE) }

  /// The address is not one of this machine, or no socket is bound to it.
  ///
  /// The corresponding C error is `EADDRNOTAVAIL`.
  public static var addressNotAvailable: Self { Self(rawValue: CZeroMQ.EADDRNOTAVAIL) }

  /// The peer refused the connection.
  ///
  /// The corresponding C error is `ECONNREFUSED`.
  public static var connectionRefused: Self { Self(rawValue: CZeroMQ.ECONNREFUSED) }

  /// The operation is still in progress.
  ///
  /// The corresponding C error is `EINPROGRESS`.
  public static var operationInProgress: Self { Self(rawValue: CZeroMQ.EINPROGRESS) }

  /// The socket is closed.
  ///
  /// The corresponding C error is `ENOTSOCK`.
  public static var notSocket: Self { Self(rawValue: CZeroMQ.ENOTSOCK) }

  /// The message is larger than allowed.
  ///
  /// The corresponding C error is `EMSGSIZE`.
  public static var messageTooLong: Self { Self(rawValue: CZeroMQ.EMSGSIZE) }

  /// The address family is not supported.
  ///
  /// The corresponding C error is `EAFNOSUPPORT`.
  public static var addressFamilyNotSupported: Self { Self(rawValue: CZeroMQ.EAFNOSUPPORT) }

  /// The network is unreachable.
  ///
  /// The corresponding C error is `ENETUNREACH`.
  public static var networkUnreachable: Self { Self(rawValue: CZeroMQ.ENETUNREACH) }

  /// The connection was aborted.
  ///
  /// The corresponding C error is `ECONNABORTED`.
  public static var connectionAborted: Self { Self(rawValue: CZeroMQ.ECONNABORTED) }

  /// The peer reset the connection.
  ///
  /// The corresponding C error is `ECONNRESET`.
  public static var connectionReset: Self { Self(rawValue: CZeroMQ.ECONNRESET) }

  /// The socket is not connected.
  ///
  /// The corresponding C error is `ENOTCONN`.
  public static var notConnected: Self { Self(rawValue: CZeroMQ.ENOTCONN) }

  /// The operation timed out.
  ///
  /// The corresponding C error is `ETIMEDOUT`.
  public static var timedOut: Self { Self(rawValue: CZeroMQ.ETIMEDOUT) }

  /// The network reset the connection.
  ///
  /// The corresponding C error is `ENETRESET`.
  public static var networkReset: Self { Self(rawValue: CZeroMQ.ENETRESET) }

  /// An argument is malformed or out of range.
  ///
  /// The corresponding C error is `EINVAL`.
  public static var invalidArgument: Self { Self(rawValue: CZeroMQ.EINVAL) }

  /// libzmq received an invalid pointer.
  ///
  /// The corresponding C error is `EFAULT`.
  public static var badAddress: Self { Self(rawValue: CZeroMQ.EFAULT) }

  /// There is not enough memory.
  ///
  /// The corresponding C error is `ENOMEM`.
  public static var noMemory: Self { Self(rawValue: CZeroMQ.ENOMEM) }

  /// The context's limit of sockets, or the process's limit of file descriptors, is reached.
  ///
  /// Closing a socket is asynchronous: a loop that opens and closes sockets can reach the limit. An inproc connection to a name
  /// that is never bound keeps its socket's place.
  ///
  /// The corresponding C error is `EMFILE`.
  public static var tooManyOpenFiles: Self { Self(rawValue: CZeroMQ.EMFILE) }

  /// The system's limit of open files is reached.
  ///
  /// The corresponding C error is `ENFILE`.
  public static var tooManyOpenFilesInSystem: Self { Self(rawValue: CZeroMQ.ENFILE) }

  /// There is no such network interface or host.
  ///
  /// The corresponding C error is `ENODEV`.
  public static var noSuchDevice: Self { Self(rawValue: CZeroMQ.ENODEV) }

  /// There is no such file, directory or endpoint.
  ///
  /// The corresponding C error is `ENOENT`.
  public static var noSuchFileOrDirectory: Self { Self(rawValue: CZeroMQ.ENOENT) }

  /// The path of an ipc endpoint is too long.
  ///
  /// The corresponding C error is `ENAMETOOLONG`.
  public static var nameTooLong: Self { Self(rawValue: CZeroMQ.ENAMETOOLONG) }

  /// The system denies access.
  ///
  /// The corresponding C error is `EACCES`.
  public static var permissionDenied: Self { Self(rawValue: CZeroMQ.EACCES) }

  /// The process lacks the privilege.
  ///
  /// The corresponding C error is `EPERM`.
  public static var notPermitted: Self { Self(rawValue: CZeroMQ.EPERM) }

  /// The file, routing ID or other object exists already.
  ///
  /// The corresponding C error is `EEXIST`.
  public static var addressExists: Self { Self(rawValue: CZeroMQ.EEXIST) }

  /// A part of the path is not a directory.
  ///
  /// The corresponding C error is `ENOTDIR`.
  public static var notDirectory: Self { Self(rawValue: CZeroMQ.ENOTDIR) }

  /// The path is a directory.
  ///
  /// The corresponding C error is `EISDIR`.
  public static var isDirectory: Self { Self(rawValue: CZeroMQ.EISDIR) }

  /// The file system is read-only.
  ///
  /// The corresponding C error is `EROFS`.
  public static var readOnlyFileSystem: Self { Self(rawValue: CZeroMQ.EROFS) }

  /// The device has no space left.
  ///
  /// The corresponding C error is `ENOSPC`.
  public static var noSpace: Self { Self(rawValue: CZeroMQ.ENOSPC) }

  /// The file descriptor is not open.
  ///
  /// The corresponding C error is `EBADF`.
  public static var badFileDescriptor: Self { Self(rawValue: CZeroMQ.EBADF) }

  /// The peer closed the connection.
  ///
  /// The corresponding C error is `EPIPE`.
  public static var brokenPipe: Self { Self(rawValue: CZeroMQ.EPIPE) }

  /// Input or output failed.
  ///
  /// The corresponding C error is `EIO`.
  public static var ioError: Self { Self(rawValue: CZeroMQ.EIO) }

  /// The value is out of range.
  ///
  /// The corresponding C error is `ERANGE`.
  public static var outOfRange: Self { Self(rawValue: CZeroMQ.ERANGE) }

  /// The system lacks the function.
  ///
  /// The corresponding C error is `ENOSYS`.
  public static var notImplemented: Self { Self(rawValue: CZeroMQ.ENOSYS) }

  /// The peer violated the protocol.
  ///
  /// The corresponding C error is `EPROTO`.
  public static var protocolError: Self { Self(rawValue: CZeroMQ.EPROTO) }

  /// The C name of ``wouldBlock``.
  @available(*, unavailable, renamed: "wouldBlock") public static var EAGAIN: Self { wouldBlock }

  /// The C name of ``contextTerminated``.
  @available(*, unavailable, renamed: "contextTerminated") public static var ETERM: Self { contextTerminated }

  /// The C name of ``interrupted``.
  @available(*, unavailable, renamed: "interrupted") public static var EINTR: Self { interrupted }

  /// The C name of ``hostUnreachable``.
  @available(*, unavailable, renamed: "hostUnreachable") public static var EHOSTUNREACH: Self { hostUnreachable }

  /// The C name of ``wrongState``.
  @available(*, unavailable, renamed: "wrongState") public static var EFSM: Self { wrongState }

  /// The C name of ``incompatibleProtocol``.
  @available(*, unavailable, renamed: "incompatibleProtocol") public static var ENOCOMPATPROTO: Self { incompatibleProtocol }

  /// The C name of ``noIOThread``.
  @available(*, unavailable, renamed: "noIOThread") public static var EMTHREAD: Self { noIOThread }

  /// The C name of ``notSupported``.
  @available(*, unavailable, renamed: "notSupported") public static var ENOTSUP: Self { notSupported }

  /// The C name of ``protocolNotSupported``.
  @available(*, unavailable, renamed: "protocolNotSupported") public static var EPROTONOSUPPORT: Self { protocolNotSupported }

  /// The C name of ``noBufferSpace``.
  @available(*, unavailable, renamed: "noBufferSpace") public static var ENOBUFS: Self { noBufferSpace }

  /// The C name of ``networkDown``.
  @available(*, unavailable, renamed: "networkDown") public static var ENETDOWN: Self { networkDown }

  /// The C name of ``addressInUse``.
  @available(*, unavailable, renamed: "addressInUse") public static var EADDRINUSE: Self { addressInUse }

  /// The C name of ``addressNotAvailable``.
  @available(*, unavailable, renamed: "addressNotAvailable") public static var EADDRNOTAVAIL: Self { addressNotAvailable }

  /// The C name of ``connectionRefused``.
  @available(*, unavailable, renamed: "connectionRefused") public static var ECONNREFUSED: Self { connectionRefused }

  /// The C name of ``operationInProgress``.
  @available(*, unavailable, renamed: "operationInProgress") public static var EINPROGRESS: Self { operationInProgress }

  /// The C name of ``notSocket``.
  @available(*, unavailable, renamed: "notSocket") public static var ENOTSOCK: Self { notSocket }

  /// The C name of ``messageTooLong``.
  @available(*, unavailable, renamed: "messageTooLong") public static var EMSGSIZE: Self { messageTooLong }

  /// The C name of ``addressFamilyNotSupported``.
  @available(*, unavailable, renamed: "addressFamilyNotSupported")
  public static var EAFNOSUPPORT: Self { addressFamilyNotSupported }

  /// The C name of ``networkUnreachable``.
  @available(*, unavailable, renamed: "networkUnreachable") public static var ENETUNREACH: Self { networkUnreachable }

  /// The C name of ``connectionAborted``.
  @available(*, unavailable, renamed: "connectionAborted") public static var ECONNABORTED: Self { connectionAborted }

  /// The C name of ``connectionReset``.
  @available(*, unavailable, renamed: "connectionReset") public static var ECONNRESET: Self { connectionReset }

  /// The C name of ``notConnected``.
  @available(*, unavailable, renamed: "notConnected") public static var ENOTCONN: Self { notConnected }

  /// The C name of ``timedOut``.
  @available(*, unavailable, renamed: "timedOut") public static var ETIMEDOUT: Self { timedOut }

  /// The C name of ``networkReset``.
  @available(*, unavailable, renamed: "networkReset") public static var ENETRESET: Self { networkReset }

  /// The C name of ``invalidArgument``.
  @available(*, unavailable, renamed: "invalidArgument") public static var EINVAL: Self { invalidArgument }

  /// The C name of ``badAddress``.
  @available(*, unavailable, renamed: "badAddress") public static var EFAULT: Self { badAddress }

  /// The C name of ``noMemory``.
  @available(*, unavailable, renamed: "noMemory") public static var ENOMEM: Self { noMemory }

  /// The C name of ``tooManyOpenFiles``.
  @available(*, unavailable, renamed: "tooManyOpenFiles") public static var EMFILE: Self { tooManyOpenFiles }

  /// The C name of ``tooManyOpenFilesInSystem``.
  @available(*, unavailable, renamed: "tooManyOpenFilesInSystem") public static var ENFILE: Self { tooManyOpenFilesInSystem }

  /// The C name of ``noSuchDevice``.
  @available(*, unavailable, renamed: "noSuchDevice") public static var ENODEV: Self { noSuchDevice }

  /// The C name of ``noSuchFileOrDirectory``.
  @available(*, unavailable, renamed: "noSuchFileOrDirectory") public static var ENOENT: Self { noSuchFileOrDirectory }

  /// The C name of ``nameTooLong``.
  @available(*, unavailable, renamed: "nameTooLong") public static var ENAMETOOLONG: Self { nameTooLong }

  /// The C name of ``permissionDenied``.
  @available(*, unavailable, renamed: "permissionDenied") public static var EACCES: Self { permissionDenied }

  /// The C name of ``notPermitted``.
  @available(*, unavailable, renamed: "notPermitted") public static var EPERM: Self { notPermitted }

  /// The C name of ``addressExists``.
  @available(*, unavailable, renamed: "addressExists") public static var EEXIST: Self { addressExists }

  /// The C name of ``notDirectory``.
  @available(*, unavailable, renamed: "notDirectory") public static var ENOTDIR: Self { notDirectory }

  /// The C name of ``isDirectory``.
  @available(*, unavailable, renamed: "isDirectory") public static var EISDIR: Self { isDirectory }

  /// The C name of ``readOnlyFileSystem``.
  @available(*, unavailable, renamed: "readOnlyFileSystem") public static var EROFS: Self { readOnlyFileSystem }

  /// The C name of ``noSpace``.
  @available(*, unavailable, renamed: "noSpace") public static var ENOSPC: Self { noSpace }

  /// The C name of ``badFileDescriptor``.
  @available(*, unavailable, renamed: "badFileDescriptor") public static var EBADF: Self { badFileDescriptor }

  /// The C name of ``brokenPipe``.
  @available(*, unavailable, renamed: "brokenPipe") public static var EPIPE: Self { brokenPipe }

  /// The C name of ``ioError``.
  @available(*, unavailable, renamed: "ioError") public static var EIO: Self { ioError }

  /// The C name of ``outOfRange``.
  @available(*, unavailable, renamed: "outOfRange") public static var ERANGE: Self { outOfRange }

  /// The C name of ``notImplemented``.
  @available(*, unavailable, renamed: "notImplemented") public static var ENOSYS: Self { notImplemented }

  /// The C name of ``protocolError``.
  @available(*, unavailable, renamed: "protocolError") public static var EPROTO: Self { protocolError }
}
