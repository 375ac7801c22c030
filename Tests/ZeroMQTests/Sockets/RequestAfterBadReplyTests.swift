import XCTest
import ZeroMQ

/// libzmq ends a REQ's connection for good that brought a reply without delimiter; `request` makes it again.
final class RequestAfterBadReplyTests: ZeroMQTestCase {
  func testSocketCanBeUsedAgain() throws {
    for transport in [Transport.tcp, .ipc] {
      let (router, req) = (try context.socket(.router), try context.socket(.req))
      try req.connect(try router.bind(transport.newEndpoint()))
      let handover = Handover(router)
      let server = TestThread {
        let router = try handover.take()
        let first = try XCTUnwrap(try router.receive(timeout: .seconds(10)))
        try router.send([first[0], "no delimiter"])
        while let request = try router.receive(timeout: .seconds(10)), request.last != "end" {
          try router.send(request.dropLast() + ["reply"])
        }
      }
      XCTAssertNil(try req.request("first", timeout: .milliseconds(200)))
      // Until the connection has been made anew, replies may be missing.
      waitUntil("a reply over \(transport)") { (try? req.request("again", timeout: .milliseconds(500))) == "reply" }
      XCTAssertEqual(try req.request("last", timeout: .seconds(10)), "reply")
      try req.send("end")
      try server.join()
    }
  }

  func testRequestWithoutTimeoutDoesNotWaitForAPeerForever() throws {
    let (router, req) = (try context.socket(.router), try context.socket(.req))
    try req.connect(try router.bind("tcp://127.0.0.1:*"))
    let handover = Handover(router)
    let server = TestThread {
      let router = try handover.take()
      let first = try XCTUnwrap(try router.receive(timeout: .seconds(10)))
      try router.send([first[0], "no delimiter"])
      let second = try XCTUnwrap(try router.receive(timeout: .seconds(10)))
      try router.send(second.dropLast() + ["reply"])
    }
    XCTAssertNil(try req.request("first", timeout: .milliseconds(500)))
    XCTAssertEqual(try req.request("second"), "reply")
    try server.join()
  }
}
