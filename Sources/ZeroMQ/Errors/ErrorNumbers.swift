#if canImport(Darwin)
  private import Darwin
#elseif canImport(Musl)
  private import Musl
#else
  private import Glibc
#endif
private import CZeroMQ

// The C constants under names of our own: inside `ZeroMQError.Code` their C names are its unavailable aliases.
var _EAGAIN: Int32 { EAGAIN }
var _ETERM: Int32 { ETERM }
var _EINTR: Int32 { EINTR }
var _EHOSTUNREACH: Int32 { EHOSTUNREACH }
var _EFSM: Int32 { EFSM }
var _ENOCOMPATPROTO: Int32 { ENOCOMPATPROTO }
var _EMTHREAD: Int32 { EMTHREAD }
var _ENOTSUP: Int32 { ENOTSUP }
var _EPROTONOSUPPORT: Int32 { EPROTONOSUPPORT }
var _ENOBUFS: Int32 { ENOBUFS }
var _ENETDOWN: Int32 { ENETDOWN }
var _EADDRINUSE: Int32 { EADDRINUSE }
var _EADDRNOTAVAIL: Int32 { EADDRNOTAVAIL }
var _ECONNREFUSED: Int32 { ECONNREFUSED }
var _EINPROGRESS: Int32 { EINPROGRESS }
var _ENOTSOCK: Int32 { ENOTSOCK }
var _EMSGSIZE: Int32 { EMSGSIZE }
var _EAFNOSUPPORT: Int32 { EAFNOSUPPORT }
var _ENETUNREACH: Int32 { ENETUNREACH }
var _ECONNABORTED: Int32 { ECONNABORTED }
var _ECONNRESET: Int32 { ECONNRESET }
var _ENOTCONN: Int32 { ENOTCONN }
var _ETIMEDOUT: Int32 { ETIMEDOUT }
var _ENETRESET: Int32 { ENETRESET }
var _EINVAL: Int32 { EINVAL }
var _EFAULT: Int32 { EFAULT }
var _ENOMEM: Int32 { ENOMEM }
var _EMFILE: Int32 { EMFILE }
var _ENFILE: Int32 { ENFILE }
var _ENODEV: Int32 { ENODEV }
var _ENOENT: Int32 { ENOENT }
var _ENAMETOOLONG: Int32 { ENAMETOOLONG }
var _EACCES: Int32 { EACCES }
var _EPERM: Int32 { EPERM }
var _EEXIST: Int32 { EEXIST }
var _ENOTDIR: Int32 { ENOTDIR }
var _EISDIR: Int32 { EISDIR }
var _EROFS: Int32 { EROFS }
var _ENOSPC: Int32 { ENOSPC }
var _EBADF: Int32 { EBADF }
var _EPIPE: Int32 { EPIPE }
var _EIO: Int32 { EIO }
var _ERANGE: Int32 { ERANGE }
var _ENOSYS: Int32 { ENOSYS }
var _EPROTO: Int32 { EPROTO }
