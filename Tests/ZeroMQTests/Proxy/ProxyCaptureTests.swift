import Foundation
import XCTest
import ZeroMQ

final class ProxyCaptureTests: ControlledProxyTestCase {
  /// Checks that what a proxy forwards, both ways, is copied to a capture, which this side receives.
  private func assertCaptures<Capture: CapturingKind & TypedSocketKind, Reader: ReceivingKind & TypedSocketKind>(
    _ capture: Capture, _ reader: Reader, line: UInt = #line
  ) throws {
    try overEachTransport { transport in
      let captured = try current.socket(reader)
      let endpoint = try captured.bind(transport.newEndpoint())
      let running = try startProxy(.router, .dealer, over: transport) { context, frontend, backend, control in
        let capture = try context.socket(capture)
        try capture.connect(endpoint)
        try proxy(frontend: frontend, backend: backend, capture: capture, control: control)
      }
      let (server, client) = (try current.socket(.rep), try current.socket(.req))
      try client.set(.routingID, to: "client")
      try client.connect(running.frontend)
      try server.connect(running.backend)
      let long = Frame(copying: Array(repeating: UInt8(7), count: 10_000))
      for number in 0..<10 {
        try client.send(["question", "\(number)", long])
        XCTAssertEqual(try next(server, line: line), ["question", Frame("\(number)"), long], line: line)
        XCTAssertEqual(try next(captured, line: line), ["client", "", "question", Frame("\(number)"), long], line: line)
        try server.send("answer")
        XCTAssertEqual(try next(client, line: line), "answer", line: line)
        XCTAssertEqual(try next(captured, line: line), ["client", "", "answer"], line: line)
      }
      try running.end(line: line)
      XCTAssertEqual(running.control.statistics.frontend.messagesReceived, 10, line: line)
    }
  }

  func testPushCaptures() throws {
    try assertCaptures(.push, .pull)
  }

  func testPairCaptures() throws {
    try assertCaptures(.pair, .pair)
  }

  func testDealerCaptures() throws {
    try assertCaptures(.dealer, .dealer)
  }

  func testPubCaptures() throws {
    try overEachTransport { transport in
      let captured = try current.socket(.sub)
      try captured.subscribe(to: "")
      let endpoint = try captured.bind(transport.newEndpoint())
      let running = try startProxy(.pull, .push, over: transport) { context, frontend, backend, control in
        let capture = try context.socket(.pub)
        try capture.connect(endpoint)
        try proxy(frontend: frontend, backend: backend, capture: capture, control: control)
      }
      let (push, pull) = try connect(to: running)
      // A PUB drops what it sends before the subscription has come.
      var copy: Message?
      try waitUntil("the capture") {
        try push.send(["a", "b"])
        XCTAssertEqual(try next(pull), ["a", "b"])
        copy = try captured.receive(timeout: .milliseconds(1))
        return copy != nil
      }
      XCTAssertEqual(copy, ["a", "b"])
      try running.end()
    }
  }

  func testCaptureThatTakesNoMoreHoldsUpTheProxyAndMissesNothing() throws {
    try overEachTransport { transport in
      let captured = try current.socket(.pull)
      try captured.set(.receiveHighWaterMark, to: 5)
      let endpoint = try captured.bind(transport.newEndpoint())
      let running = try startProxy(.pull, .push, over: transport, mark: 5) { context, frontend, backend, control in
        let capture = try context.socket(.push)
        try capture.set(.sendHighWaterMark, to: 5)
        try capture.connect(endpoint)
        try proxy(frontend: frontend, backend: backend, capture: capture, control: control)
      }
      let (push, pull) = try connect(to: running, mark: 5)
      let payload = Array(repeating: UInt8(7), count: 50_000)
      var count = 0
      var received = 0
      // The backend is read all the time, so only the capture can be what holds up the sender.
      while count < 10_000, try push.send([Frame("\(count)"), Frame(copying: payload)], timeout: .milliseconds(200)) {
        count += 1
        while try pull.receiveIfReady() != nil { received += 1 }
      }
      XCTAssertLessThan(count, 10_000)
      // Both in turn, so that neither holds up the proxy.
      var copied = 0
      try waitUntil("the rest") {
        if let copy = try captured.receive(timeout: .milliseconds(1)) {
          XCTAssertEqual(copy.first, Frame("\(copied)"))
          copied += 1
        }
        if try pull.receiveIfReady() != nil { received += 1 }
        return copied == count && received == count
      }
      try running.end()
    }
  }

  func testProxyEndsWhoseCaptureHasNobody() throws {
    let running = try startProxy(.pull, .push, over: .inproc) { context, frontend, backend, control in
      let capture = try context.socket(.push)
      try capture.bind("inproc://nobody-\(UUID().uuidString)")
      try proxy(frontend: frontend, backend: backend, capture: capture, control: control)
    }
    let (push, pull) = try connect(to: running)
    try push.send("0")
    XCTAssertNil(try pull.receive(timeout: .milliseconds(50)))
    try running.end()
    XCTAssertEqual(running.control.statistics, ProxyStatistics())
    XCTAssertEqual(running.control.unsentToBackend, [])
  }
}
