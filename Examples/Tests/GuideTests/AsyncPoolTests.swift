import XCTest
import ZeroMQ

final class AsyncPoolTests: GuideTestCase {
  func testClientsAreAnsweredByTheProgramsOwnWorkers() throws {
    let endpoint = try freeEndpoint()
    let front = try start("asyncpool", endpoint, try freeEndpoint(), "3")
    let clients = try (0..<3).map { _ in try start("rrclient", endpoint) }
    for client in clients {
      XCTAssertEqual(try client.waitForExit(), 0)
      XCTAssertEqual(client.output.matches(of: /Received reply \d \[World\]/).count, 10, client.output)
    }
    try stop(front)
    XCTAssertEqual(front.output, "")
  }

  func testRequestThatAWorkerDiedWithIsMadeAgain() throws {
    let (clients, workers) = (try freeEndpoint(), try freeEndpoint())
    let front = try start("asyncpool", clients, workers, "0", "500", "10")
    // Takes its request and dies at once, before any other worker is there.
    let victim = try start("rrworker", workers, "60000")
    let client = try context.socket(.req)
    try client.connect(clients)
    try client.send("Hello")
    try victim.waitForOutput("Received request: [Hello]")
    victim.signal(SIGKILL)
    XCTAssertThrowsError(try victim.waitForExit())
    let worker = try start("rrworker", workers, "0")
    XCTAssertEqual(try receive(from: client), "World")
    try front.waitForOutput("No reply to [Hello] (attempt 1)")
    try stop(worker)
    try stop(front)
  }

  func testEachOfManyRequestsGetsItsOwnReply() throws {
    let (clients, workers) = (try freeEndpoint(), try freeEndpoint())
    let front = try start("asyncpool", clients, workers, "0", "20000")
    let service = try context.socket(.router)
    try service.connect(workers)
    let client = try context.socket(.dealer)
    try client.connect(clients)
    for number in 0..<200 { try client.send("\(number)", "", "question \(number)") }
    // A worker that replies in another order.
    var requests: [Message] = []
    for _ in 0..<200 { requests.append(try receive(from: service)) }
    for request in requests.shuffled() { try service.send(request.dropLast() + ["reply to \(request.last?.text ?? "")"]) }
    var replies: Set<Message> = []
    for _ in 0..<200 { replies.insert(try receive(from: client)) }
    XCTAssertEqual(replies, Set((0..<200).map { ["\($0)", "", "reply to question \($0)"] }))
    try stop(front)
  }

  func testClientIsToldThatNoWorkerReplies() throws {
    let endpoint = try freeEndpoint()
    let front = try start("asyncpool", endpoint, try freeEndpoint(), "0", "20", "2")
    let client = try context.socket(.req)
    try client.connect(endpoint)
    try client.send("Hello")
    XCTAssertEqual(try receive(from: client), "no worker replies")
    try stop(front)
  }
}
