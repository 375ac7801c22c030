import Foundation
import XCTest
import ZeroMQ

final class PirateQueueTests: GuideTestCase {
  private let ready: Frame = [0x01]
  private let heartbeat: Frame = [0x02]

  func testSimplePirate() throws {
    let (frontend, backend) = (try freeEndpoint(), try freeEndpoint())
    let queue = try start("spqueue", frontend, backend)
    // Each answers three requests and crashes at the fourth.
    let crashing = try (0..<2).map { _ in try start("spworker", backend, "--work=1", "--crash=1") }
    let lasting = try start("spworker", backend, "--work=1", "--crash=0", "--overload=1", "--delay=5")
    let clients = try ["lpclient", "lpclient-async"].map { try start($0, frontend, "--timeout=300", "--tries=200") }
    for client in clients { try client.waitForOutput("OK (10)\n") }
    for worker in crashing {
      XCTAssertEqual(try worker.waitForExit(), 0)
      XCTAssertEqual(worker.output.matches(of: /\) normal reply\n/).count, 3, worker.output)
      XCTAssertTrue(worker.output.hasSuffix("simulating a crash\n"), worker.output)
    }
    for program in clients + [lasting, queue] { try stop(program) }
    XCTAssertTrue(lasting.output.contains("simulating CPU overload\n"), lasting.output)
  }

  func testSimplePirateQueueGivesRequestsToTheWorkerThatIsFreeForLongest() throws {
    let (frontend, backend) = (try freeEndpoint(), try freeEndpoint())
    let queue = try start("spqueue", frontend, backend)
    let client = try context.socket(.dealer)
    try client.connect(frontend)
    // Nobody is free yet.
    for number in 1...3 { try client.send(["", "\(number)", "", "more"]) }
    let first = try worker("first", of: backend)
    try first.send(["", ready])
    let one = try receive(from: first)
    XCTAssertEqual(one[2...].map(\.self), ["", "1", "", "more"])
    XCTAssertEqual(one[0], "")
    let second = try worker("second", of: backend)
    try second.send(["", ready])
    let two = try receive(from: second)
    XCTAssertEqual(two[3], "2")
    // One request at a time, and the next one for the first that replies.
    XCTAssertNil(try first.receive(timeout: .milliseconds(50)))
    try second.send(two)
    XCTAssertEqual(try receive(from: second)[3], "3")
    try first.send(one)
    XCTAssertEqual(try receive(from: client), ["", "2", "", "more"])
    XCTAssertEqual(try receive(from: client), ["", "1", "", "more"])
    try stop(queue, with: SIGINT)
    XCTAssertEqual(queue.output, "")
  }

  func testSimplePirateWorkerSaysReadyAndReturnsRequests() throws {
    let queue = try context.socket(.router)
    let worker = try start("spworker", try queue.bind("tcp://127.0.0.1:*"), "--work=0", "--crash=1")
    let hello = try receive(from: queue)
    XCTAssertEqual(hello[1...].map(\.self), ["", ready])
    let id = hello[0]
    XCTAssertNotNil(id.description.wholeMatch(of: /[0-9A-F]{4}-[0-9A-F]{4}/))
    XCTAssertEqual(try worker.nextLine(), "I: (\(id)) worker ready")
    for number in 1...3 {
      let request: Message = [id, "", "client", "", "\(number)", "more"]
      try queue.send(request)
      XCTAssertEqual(try receive(from: queue), request)
      XCTAssertEqual(try worker.nextLine(), "I: (\(id)) normal reply")
    }
    try queue.send([id, "", "client", "", "4"])
    XCTAssertEqual(try worker.waitForExit(), 0)
    XCTAssertEqual(try worker.nextLine(), "I: (\(id)) simulating a crash")
  }

  func testParanoidPirateWhoseQueueAndWorkersAreKilledInTurn() throws {
    let (frontend, backend) = (try freeEndpoint(), try freeEndpoint())
    var queue = try startQueue(frontend, backend)
    var workers = [try startWorker(backend), try startWorker(backend)]
    let clients = try ["lpclient", "lpclient-async"].map { try start($0, frontend, "--timeout=400", "--tries=200") }
    var number = 10
    for round in 0..<6 {
      for client in clients { try client.waitForOutput("OK (\(number))\n") }
      number += 10
      switch round % 3 {
      case 0:
        queue.end()
        queue = try startQueue(frontend, backend)
      case let index:
        workers[index - 1].end()
        for client in clients { try client.waitForOutput("OK (\(number))\n") }
        workers[index - 1] = try startWorker(backend)
        _ = try workers[index - 1].nextLine()
      }
    }
    for client in clients {
      try client.waitForOutput("OK (\(number))\n")
      try stop(client)
      let replies = client.output.matches(of: /replied OK \((\d+)\)\n/).compactMap { Int($0.1) }
      XCTAssertEqual(replies, Array(1...replies.count), client.output)
    }
    for program in workers + [queue] { try stop(program, with: SIGINT) }
    XCTAssertEqual(queue.output, "")
  }

  func testParanoidPirateQueueForgetsASilentWorker() throws {
    let (frontend, backend) = (try freeEndpoint(), try freeEndpoint())
    let queue = try startQueue(frontend, backend)
    let client = try context.socket(.req)
    try client.connect(frontend)
    let (silent, alive) = (try worker("silent", of: backend), try worker("alive", of: backend))
    try silent.send(ready)
    // Its heartbeats come at first, and end when it is forgotten.
    var heartbeats = 0
    while let message = try silent.receive(timeout: .milliseconds(400)) {
      XCTAssertEqual(message, Message(heartbeat))
      heartbeats += 1
    }
    XCTAssertTrue(1...3 ~= heartbeats, "\(heartbeats)")
    try client.send("Hello")
    try alive.send(heartbeat)  // Anything makes a worker free.
    var request = try receive(from: alive)
    while request == Message(heartbeat) { request = try receive(from: alive) }
    XCTAssertEqual(request.dropFirst().map(\.self), ["", "Hello"])
    try alive.send([request[0], "", "World", "more"])
    XCTAssertEqual(try receive(from: client), ["World", "more"])
    try alive.send("?")
    XCTAssertEqual(try queue.nextLine(), "E: invalid message from worker: ?")
    XCTAssertNil(try silent.receiveIfReady())
    try stop(queue)
  }

  func testParanoidPirateWorkerSendsHeartbeatsAndConnectsAnew() throws {
    let queue = try context.socket(.router)
    let worker = try start(
      "ppworker", try queue.bind("tcp://127.0.0.1:*"), "--heartbeat=100", "--reconnect=50", "--longest=100", "--work=0", "--crash=1"
    )
    let first = try receive(from: queue)
    XCTAssertEqual(first.dropFirst().map(\.self), [ready])
    // Nothing is heard of the queue, so the worker connects again, and again.
    var next = try receive(from: queue)
    for _ in 0..<2 {
      let old = next[0]
      while next[0] == old { next = try receive(from: queue) }
      XCTAssertEqual(next.dropFirst().map(\.self), [ready])
    }
    let id = next[0]
    XCTAssertNotEqual(id, first[0])
    try worker.waitForOutput("can't reach queue; reconnecting in 50 msec...\n")
    try worker.waitForOutput("can't reach queue; reconnecting in 100 msec...\n")
    try queue.send([id, heartbeat])
    try queue.send([id, "?"])
    for number in 1...3 {
      try queue.send([id, "client", "", "\(number)"])
      var reply = try receive(from: queue)
      while reply == [id, heartbeat] { reply = try receive(from: queue) }
      XCTAssertEqual(reply, [id, "client", "", "\(number)"])
    }
    try queue.send([id, "client", "", "4"])
    XCTAssertEqual(try worker.waitForExit(), 0)
    XCTAssertTrue(worker.output.hasSuffix("I: normal reply\nI: simulating a crash\n"), worker.output)
    XCTAssertTrue(worker.output.contains("I: worker heartbeat\n"), worker.output)
    XCTAssertTrue(worker.output.contains("E: invalid message: ?\n"), worker.output)
  }

  func testParanoidPirateWorkerEndsWhileItWaitsToReconnect() throws {
    let worker = try start("ppworker", try freeEndpoint(), "--heartbeat=20", "--reconnect=60000", "--longest=60000")
    try worker.waitForOutput("reconnecting in 60000 msec...\n")
    try stop(worker)
  }

  private func startQueue(_ frontend: String, _ backend: String) throws -> Program {
    try start("ppqueue", frontend, backend, "--heartbeat=100")
  }

  private func startWorker(_ backend: String) throws -> Program {
    try start("ppworker", backend, "--heartbeat=100", "--reconnect=50", "--longest=100", "--work=1", "--crash=0", "--overload=0")
  }

  /// A worker's socket.
  private func worker(_ id: Frame, of endpoint: String) throws -> DealerSocket {
    let worker = try context.socket(.dealer)
    try worker.set(.routingID, to: id)
    try worker.connect(endpoint)
    return worker
  }
}
