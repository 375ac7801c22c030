import Foundation
import XCTest
import ZeroMQ

final class RequestTests: AsyncTestCase {
  @PinnedActor
  func testReplyIsReceived() async throws {
    for transport in Transport.allCases {
      let (rep, req) = try pair(.rep, .req, over: transport)
      let server = Task { for try await request in rep.messages { try await rep.send(["re"] + request) } }
      for timeout in [Self.ages, nil] {
        for number in 0..<20 {
          let reply = try await req.ask(["\(number)", "more"], timeout: timeout)
          XCTAssertEqual(reply, ["re", Frame("\(number)"), "more"])
        }
      }
      server.cancel()
      _ = await server.result
    }
  }

  @PinnedActor
  func testRequestTakesParts() async throws {
    for transport in Transport.allCases {
      let (rep, req) = try pair(.rep, .req, over: transport)
      let server = Task { for try await request in rep.messages { try await rep.send("re", request) } }
      let (text, bytes) = ("Grüße", [7, 0, 255] as [UInt8])
      let reply = try await req.request("get", text, bytes)
      XCTAssertEqual(reply, ["re", "get", "Grüße", [7, 0, 255]])
      let inTime = try await req.request("get", text, timeout: Self.ages)
      XCTAssertEqual(inTime, ["re", "get", "Grüße"])
      server.cancel()
      _ = await server.result
    }
  }

  @PinnedActor
  func testLateReplyIsNotTakenForTheNextOne() async throws {
    for transport in Transport.allCases {
      // A ROUTER, which answers when it likes.
      let (router, req) = try pair(.router, .req, over: transport)
      for round in 0..<10 {
        let nothing = try await req.request("late \(round)", timeout: .milliseconds(5))
        XCTAssertNil(nothing)
        let late = try await next(from: router)
        XCTAssertEqual(late.last, Frame("late \(round)"))
        let request = Task { try await req.request("in time \(round)", timeout: Self.ages) }
        let inTime = try await next(from: router)
        XCTAssertEqual(inTime.last, Frame("in time \(round)"))
        try await router.send(late.dropLast() + ["reply to late"])
        try await router.send(inTime.dropLast() + ["reply to in time"])
        let reply = try await request.value
        XCTAssertEqual(reply, "reply to in time")
      }
    }
  }

  /// The late reply is there already when the next request is made.
  @PinnedActor
  func testReplyThatCameTooLateIsDropped() async throws {
    for transport in Transport.allCases {
      let (router, req) = try pair(.router, .req, over: transport)
      let nothing = try await req.request("late", timeout: .milliseconds(5))
      XCTAssertNil(nothing)
      let late = try await next(from: router)
      try await router.send(late.dropLast() + ["reply to late"])
      let isThere = try await req.wait(for: .readable, timeout: .milliseconds(100))
      _ = isThere
      let request = Task { try await req.request("in time", timeout: Self.ages) }
      let inTime = try await next(from: router)
      try await router.send(inTime.dropLast() + ["reply to in time"])
      let reply = try await request.value
      XCTAssertEqual(reply, "reply to in time")
    }
  }

  @PinnedActor
  func testRequestAfterACancelledOneGetsItsOwnReply() async throws {
    for transport in Transport.allCases {
      let (router, req) = try pair(.router, .req, over: transport)
      for timeout in [nil, Self.ages] {
        let cancelled = Task { try await req.ask("cancelled", timeout: timeout) }
        let first = try await next(from: router)
        cancelled.cancel()
        await assertPrompt("cancellation") { await assertCancelled { _ = try await cancelled.value } }
        try await router.send(first.dropLast() + ["reply to cancelled"])
        let request = Task { try await req.request("next", timeout: Self.ages) }
        let second = try await next(from: router)
        try await router.send(second.dropLast() + ["reply to next"])
        let reply = try await request.value
        XCTAssertEqual(reply, "reply to next")
      }
    }
  }

  @PinnedActor
  func testRequestWithoutAPeerTimesOutAndSendsNothing() async throws {
    for transport in Transport.allCases {
      let req = try context.socket(.req)
      let endpoint = try req.bind(transport.newEndpoint())
      let nothing = try await assertPrompt("no peer") { try await req.request("lost", timeout: .milliseconds(10)) }
      XCTAssertNil(nothing)
      let cancelled = Task { try await req.request("lost") }
      await letOthersWait()
      cancelled.cancel()
      await assertPrompt("cancellation") { await assertCancelled { _ = try await cancelled.value } }
      let rep = try context.socket(.rep)
      try rep.connect(endpoint)
      let request = Task { try await req.request("first", timeout: Self.ages) }
      let received = try await next(from: rep)
      XCTAssertEqual(received, "first")
      try await rep.send("reply")
      let reply = try await request.value
      XCTAssertEqual(reply, "reply")
    }
  }

  @PinnedActor
  func testPeerThatIsReplacedAnswersTheNextRequest() async throws {
    let req = try context.socket(.req)
    let first = try context.socket(.rep)
    let endpoint = try first.bind(Transport.tcp.newEndpoint())
    try req.connect(endpoint)
    let nothing = try await req.request("lost", timeout: .milliseconds(20))
    XCTAssertNil(nothing)
    first.close()
    let second = try context.socket(.rep)
    while thrownCode({ try second.bind(endpoint) }) != nil { await Task.yield() }
    let server = Task { for try await request in second.messages { try await second.send(request) } }
    var reply: Message?
    while reply == nil { reply = try await req.request("again", timeout: .milliseconds(200)) }
    XCTAssertEqual(reply, "again")
    server.cancel()
    _ = await server.result
  }

  @PinnedActor
  func testErrorsAreTyped() async throws {
    let (_, req) = try pair(.rep, .req, over: .inproc)
    await assertError(.invalidArgument) { _ = try await req.request(Message()) }
    req.close()
    await assertError(.notSocket) { _ = try await req.request("lost") }
    let context = try Context()
    let other = try context.socket(.req)
    let request = Task { try await other.request("lost") }
    await letOthersWait()
    context.shutdown()
    await assertPrompt("shutdown") { await assertError(.contextTerminated) { _ = try await request.value } }
  }

  /// An actor lets others in while it waits for its reply.
  func testRequestsOfSeveralTasksGetTheirOwnReplies() async throws {
    actor Client {
      let socket: ReqSocket
      init(_ socket: sending ReqSocket) { self.socket = socket }
      func ask(_ question: Message, timeout: Duration?) async throws -> Message? {
        try await socket.ask(question, timeout: timeout)
      }
    }
    for transport in Transport.allCases {
      let req = try context.socket(.req)
      let endpoint = try req.bind(transport.newEndpoint())
      let client = Client(req)
      let rep = try context.socket(.rep)
      try rep.connect(endpoint)
      let server = Task { for try await request in rep.messages { try await rep.send(["re"] + request) } }
      try await withThrowingTaskGroup { group in
        for number in 0..<50 {
          group.addTask {
            let timeout = number.isMultiple(of: 2) ? AsyncTestCase.moment : nil
            let reply = try await client.ask(["\(number)"], timeout: timeout)
            XCTAssertEqual(reply, ["re", Frame("\(number)")])
          }
        }
        try await group.waitForAll()
      }
      server.cancel()
      _ = await server.result
    }
  }

  func testRequestThatWaitsForAnotherOnesReplyTimesOutAndIsCancelled() async throws {
    actor Client {
      let socket: ReqSocket
      init(_ socket: sending ReqSocket) { self.socket = socket }
      func ask(_ question: Message, timeout: Duration?) async throws -> Message? {
        try await socket.ask(question, timeout: timeout)
      }
    }
    let req = try context.socket(.req)
    let endpoint = try req.bind(Transport.inproc.newEndpoint())
    let client = Client(req)
    let rep = try context.socket(.rep)
    try rep.connect(endpoint)
    let first = Task { try await client.ask("first", timeout: nil) }
    let request = try await next(from: rep)
    XCTAssertEqual(request, "first")
    let late = try await assertPrompt("timeout") { try await client.ask("second", timeout: .milliseconds(10)) }
    XCTAssertNil(late)
    let cancelled = Task { try await client.ask("third", timeout: nil) }
    await letOthersWait()
    cancelled.cancel()
    await assertPrompt("cancellation") { await assertCancelled { _ = try await cancelled.value } }
    try await rep.send("reply")
    let reply = try await first.value
    XCTAssertEqual(reply, "reply")
    let nothing = try rep.receiveIfReady()
    XCTAssertNil(nothing)
  }
}

extension ReqSocket {
  /// Makes a request in one of the two ways.
  fileprivate func ask(_ request: Message, timeout: Duration?) async throws -> Message? {
    guard let timeout else { return try await self.request(request) }
    return try await self.request(request, timeout: timeout)
  }
}
