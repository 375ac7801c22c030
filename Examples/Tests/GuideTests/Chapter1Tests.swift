import XCTest
import ZeroMQ

final class Chapter1Tests: GuideTestCase {
  func testVersionIsTheLibrarys() throws {
    let version = try start("version")
    XCTAssertEqual(try version.waitForExit(), 0)
    XCTAssertEqual(version.output, "Current 0MQ version is \(LibZMQ.version)\n")
  }

  func testHelloWorld() throws {
    let endpoint = try freeEndpoint()
    let server = try start("hwserver", endpoint, "1")
    let client = try start("hwclient", endpoint)
    XCTAssertEqual(try client.waitForExit(), 0)
    let exchanges = (0..<10).map { "Sending Hello \($0)...\nReceived World \($0)\n" }
    XCTAssertEqual(client.output, "Connecting to hello world server...\n" + exchanges.joined())
    try stop(server)
    XCTAssertEqual(server.output, String(repeating: "Received Hello\n", count: 10))
  }

  func testHelloWorldServerShowsWhatItReceivesWhileItRuns() throws {
    let endpoint = try freeEndpoint()
    let server = try start("hwserver", endpoint, "1")
    let requester = try context.socket(.req)
    try requester.connect(endpoint)
    for request in ["Hello", "Hello again"] {
      try requester.send(request)
      XCTAssertEqual(try receive(from: requester), "World")
      XCTAssertEqual(try server.nextLine(), "Received \(request)")
    }
    try stop(server, with: SIGINT)
  }

  func testHelloWorldClientSendsHelloTenTimes() throws {
    let responder = try context.socket(.rep)
    let client = try start("hwclient", try responder.bind("tcp://127.0.0.1:*"))
    for number in 0..<10 {
      XCTAssertEqual(try receive(from: responder), "Hello")
      try responder.send("World")
      try client.waitForOutput("Received World \(number)\n")
    }
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertNil(try responder.receiveIfReady())
  }
}
