import XCTest
import ZeroMQ

/// What is printed tells things apart.
final class DescriptionTests: ZeroMQTestCase {
  func testSocketHasItsTypeAndEndpoint() throws {
    let socket = try context.socket(.router)
    XCTAssertEqual("\(socket)", "ROUTER socket (no endpoint)")
    let endpoint = try socket.bind(Transport.tcp.newEndpoint())
    XCTAssertEqual("\(socket)", "ROUTER socket at \(endpoint)")
    XCTAssertEqual("\(AnySocket(socket))", "ROUTER socket at \(endpoint)")
    try socket.connect("tcp://127.0.0.1:1")
    XCTAssertEqual("\(socket)", "ROUTER socket at tcp://127.0.0.1:1")
    socket.close()
    XCTAssertEqual("\(socket)", "ROUTER socket (closed)")
  }

  func testContextHasItsPhaseAndItsNumberOfSockets() throws {
    let context = try Context()
    XCTAssertEqual("\(context)", "context (open, 0 sockets)")
    let first = try context.socket(.push)
    XCTAssertEqual("\(context)", "context (open, 1 socket)")
    let second = try context.socket(.pull)
    let monitor = try second.monitor()
    XCTAssertEqual("\(context)", "context (open, 3 sockets)")
    context.shutdown()
    XCTAssertEqual("\(context)", "context (shut down, 3 sockets)")
    for _ in 0..<2 { first.close() }
    monitor.close()
    second.close()
    XCTAssertEqual("\(context)", "context (shut down, 0 sockets)")
    try context.terminate()
    XCTAssertEqual("\(context)", "context (terminated, 0 sockets)")
  }

  func testMonitorHasItsConnections() throws {
    let (_, client) = try pair(.rep, .req, over: .tcp)
    let monitor = try client.monitor()
    XCTAssertEqual("\(monitor)", "monitor (open, 0 connections)")
    monitor.close()
    XCTAssertEqual("\(monitor)", "monitor (closed, 0 connections)")
  }

  func testPollEventsHaveTheirNames() {
    XCTAssertEqual("\(PollEvents())", "[]")
    XCTAssertEqual("\([.writable, .readable] as PollEvents)", "[readable, writable]")
    XCTAssertEqual("\([.priority, .error] as PollEvents)", "[error, priority]")
  }
}
