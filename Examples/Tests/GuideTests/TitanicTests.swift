import Foundation
import XCTest
import ZeroMQ

final class TitanicTests: GuideTestCase {
  private var endpoint = ""
  private var directory = ""
  private var client: ReqSocket!

  override func setUpWithError() throws {
    try super.setUpWithError()
    endpoint = try freeEndpoint()
    directory = try makeFolder() + "/titanic"
    _ = try startBroker("mdbroker", endpoint)
    client = try context.socket(.req)
    try client.connect(endpoint)
  }

  override func tearDown() {
    client = nil
    super.tearDown()
  }

  func testClientGetsItsReplyAndClosesTheRequest() throws {
    let titanic = try startTitanic()
    let ticlient = try start("ticlient", endpoint, "--retry=50")
    let uuid = try XCTUnwrap(try ticlient.nextLine().wholeMatch(of: /I: request UUID ([0-9A-F]{32})/)).1
    XCTAssertEqual(try ticlient.nextLine(), "I: no reply yet, trying again...")
    let worker = try start("mdworker", endpoint, "--heartbeat=100")
    XCTAssertEqual(try ticlient.waitForExit(), 0)
    XCTAssertTrue(ticlient.output.hasSuffix("I: no reply yet, trying again...\nReply: Hello world\n"), ticlient.output)
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: directory), ["queue"])
    XCTAssertEqual(try queue(), "+\(uuid)\n")
    for program in [worker, titanic] { try stop(program, with: SIGINT) }
  }

  func testServicesSpeakTSP() throws {
    let titanic = try startTitanic()
    try client.send(["MDPC01", "titanic.request", "echo", "Hello", "", "world"])
    let reply = try receive(from: client)
    XCTAssertEqual(reply[..<3].map(\.self), ["MDPC01", "titanic.request", "200"])
    let uuid = reply[3]
    XCTAssertEqual(reply.count, 4)
    XCTAssertEqual(try call("titanic.reply", uuid), ["300"])
    XCTAssertEqual(try call("titanic.reply", "0123456789ABCDEF0123456789ABCDEF"), ["400"])
    XCTAssertEqual(try call("titanic.reply", "../queue"), ["400"])

    // The dispatcher looks the service up, and calls it only when it is there.
    let worker = try context.socket(.dealer)
    try worker.connect(endpoint)
    try worker.send(["", "MDPW01", [1], "echo"])
    var request = try receive(from: worker)
    while request[2] == [4] {
      try worker.send(["", "MDPW01", [4]])
      request = try receive(from: worker)
    }
    XCTAssertEqual(request[4...].map(\.self), ["", "Hello", "", "world"])
    try worker.send(["", "MDPW01", [3], request[3], "", "HELLO", ""])
    while try call("titanic.reply", uuid) == ["300"] { Thread.sleep(forTimeInterval: 0.01) }
    XCTAssertEqual(try call("titanic.reply", uuid), ["200", "HELLO", ""])
    for _ in 0..<2 { XCTAssertEqual(try call("titanic.close", uuid), ["200"]) }
    XCTAssertEqual(try call("titanic.reply", uuid), ["400"])
    try stop(titanic)
  }

  func testTitanicThatIsKilledBetweenRequestAndReplyLosesNothing() throws {
    var titanic = try startTitanic()
    var uuids: [Frame] = []
    for number in 0..<30 {
      uuids.append(try call("titanic.request", "echo", Frame("\(number)"))[1])
      // Killed right after it has accepted a request, again and again.
      if number % 10 == 9 {
        titanic.end()
        if number == 19 { _ = try start("mdworker", endpoint, "--heartbeat=100", "--work=5") }
        titanic = try startTitanic()
      }
    }
    // And once more while it dispatches.
    while try !queue().contains("+") { Thread.sleep(forTimeInterval: 0.005) }
    titanic.end()
    titanic = try startTitanic()
    for (number, uuid) in uuids.enumerated() {
      var reply = try call("titanic.reply", uuid)
      while reply == ["300"] {
        Thread.sleep(forTimeInterval: 0.01)
        reply = try call("titanic.reply", uuid)
      }
      XCTAssertEqual(reply, ["200", Frame("\(number)")])
      XCTAssertEqual(try call("titanic.close", uuid), ["200"])
    }
    try stop(titanic)
    XCTAssertEqual(try queue(), uuids.map { "+\($0)\n" }.joined())
  }

  func testAServiceThatDoesNotReplyDoesNotHoldUpAnother() throws {
    let titanic = try startTitanic("--timeout=60000")
    let worker = try context.socket(.dealer)
    try worker.connect(endpoint)
    try worker.send(["", "MDPW01", [1], "silent"])
    _ = try call("titanic.request", "silent", "Hello")
    while try receive(from: worker)[2] != [2] { try worker.send(["", "MDPW01", [4]]) }
    let echo = try start("mdworker", endpoint, "--heartbeat=100")
    try waitForWorkers(of: "echo", at: endpoint)
    let uuid = try call("titanic.request", "echo", "Hello")[1]
    while try call("titanic.reply", uuid) == ["300"] { Thread.sleep(forTimeInterval: 0.01) }
    XCTAssertEqual(try call("titanic.reply", uuid), ["200", "Hello"])
    for program in [echo, titanic] { try stop(program) }
  }

  func testClientEndsWithFailureAtAFatalStatus() throws {
    let broker = try context.socket(.rep)
    for (status, line) in [("400", "E: client fatal error, aborting\n"), ("500", "E: server fatal error, aborting\n")] {
      let ticlient = try start("ticlient", try broker.bind("tcp://127.0.0.1:*"))
      XCTAssertEqual(try receive(from: broker), ["MDPC01", "titanic.request", "echo", "Hello world"])
      try broker.send(["MDPC01", "titanic.request", Frame(status)])
      XCTAssertEqual(try ticlient.waitForExit(), 1)
      XCTAssertEqual(ticlient.output, line)
    }
  }

  /// Starts titanic, and waits until its services are there.
  private func startTitanic(_ timeout: String = "--timeout=300") throws -> Program {
    let titanic = try start("titanic", endpoint, "--directory=\(directory)", "--heartbeat=100", timeout)
    for service in ["titanic.request", "titanic.reply", "titanic.close"] { try waitForWorkers(of: Frame(service), at: endpoint) }
    return titanic
  }

  /// Calls a service until it replies, as a client does whose request was lost.
  private func call(_ service: Frame, _ body: Frame...) throws -> Message {
    let request: Message = ["MDPC01", service] + body
    while true {
      try client.send(request)
      if let reply = try client.receive(timeout: .milliseconds(500)) {
        XCTAssertEqual(reply[..<2].map(\.self), ["MDPC01", service])
        return Message(reply[2...])
      }
      client.close()
      client = try context.socket(.req)
      try client.connect(endpoint)
    }
  }

  private func queue() throws -> String {
    try String(contentsOfFile: directory + "/queue", encoding: .utf8)
  }
}
