//! Errors that are caught by code.

import ZeroMQ

func serve(_ server: RepSocket) throws {
  // snippet.show
  do {
    while true { try server.send(server.receive()) }
  } catch .contextTerminated {}  // the normal end of a loop
  // snippet.hide
}

func answer(_ router: RouterSocket, _ client: Frame, _ reply: Frame) throws {
  // snippet.show
  do {
    try router.send(client, "", reply)
  } catch .hostUnreachable {
    print("the client has gone")  // the code says it all
  } catch let error as ZeroMQError where error.code == .wouldBlock {
    print(error)  // the code, and the error to print
  } catch ZeroMQError.Code.contextTerminated {
    return  // spelled out
  }
  // snippet.hide
}
