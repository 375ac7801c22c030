//! Errors are POSIX numbers.

import ZeroMQ

func send(_ router: RouterSocket) throws {
  // snippet.show
  do {
    try router.send(["nobody", "hello"])
  } catch .contextTerminated {
    return  // the normal end of a loop
  } catch let error as ZeroMQError {
    print(error)  // zmq_msg_send: Host unreachable (EHOSTUNREACH)
  }
  // snippet.hide
}
