//! Errors are POSIX numbers, typed.

import ZeroMQ

func send(_ router: RouterSocket) throws {
  // snippet.show
  do {
    try router.send(["nobody", "hello"])
  } catch {
    switch error.code {
    case .hostUnreachable: print(error)  // zmq_msg_send: Host unreachable (EHOSTUNREACH)
    case .contextTerminated: return
    default: throw error
    }
  }
  // snippet.hide
}
