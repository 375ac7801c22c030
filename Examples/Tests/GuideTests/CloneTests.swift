import Foundation
import XCTest
import ZeroMQ

final class ClonePatternTests: GuideTestCase {
  /// A sequence as the frames have it.
  private func frame(_ sequence: UInt8) -> Frame { [0, 0, 0, 0, 0, 0, 0, sequence] }

  private func number(_ frame: Frame) -> UInt64 { frame.reduce(0) { $0 << 8 | UInt64($1) } }

  /// The three endpoints of a server.
  private func endpoints() throws -> [String] { try (0..<3).map { _ in try freeEndpoint() } }

  private func connectedDealer(_ endpoint: String) throws -> DealerSocket {
    let dealer = try context.socket(.dealer)
    try dealer.connect(endpoint)
    return dealer
  }

  /// Takes a snapshot, of which the last message has the sequence.
  private func snapshot(from dealer: DealerSocket, _ request: Message) throws -> (values: [Message], sequence: UInt64) {
    try dealer.send(request)
    var values: [Message] = []
    while true {
      let message = try receive(from: dealer)
      if message[0] == "KTHXBAI" { return (values, number(message[1])) }
      values.append(message)
    }
  }

  func testModel1PublishesNumberedUpdatesAndBothCountThem() throws {
    let endpoint = try freeEndpoint()
    let server = try start("clonesrv1", endpoint)
    let client = try start("clonecli1", endpoint)
    let subscriber = try context.socket(.sub)
    try subscriber.subscribe(to: "")
    try subscriber.connect(endpoint)
    let (first, second) = (try receive(from: subscriber), try receive(from: subscriber))
    XCTAssertEqual(first.count, 3)
    XCTAssertEqual(first[1].count, 8)
    XCTAssertGreaterThan(number(second[1]), number(first[1]))
    try stop(client, with: SIGINT)
    XCTAssertNotNil(client.output.firstMatch(of: /Interrupted\n\d+ messages in/), client.output)
    try stop(server, with: SIGINT)
    XCTAssertNotNil(server.output.firstMatch(of: /Interrupted\n\d+ messages out/), server.output)
  }

  func testModel2SendsSnapshotsOfTheState() throws {
    let (snapshots, updates) = (try freeEndpoint(), try freeEndpoint())
    let server = try start("clonesrv2", snapshots, updates)
    let client = try start("clonecli2", snapshots, updates)
    XCTAssertNotNil(try client.nextLine().wholeMatch(of: /Received snapshot=\d+/))
    let (values, sequence) = try snapshot(from: connectedDealer(snapshots), "ICANHAZ?")
    XCTAssert(values.allSatisfy { number($0[1]) <= sequence && $0.count == 3 })
    XCTAssertEqual(Set(values.map { $0[0] }).count, values.count)
    try server.waitForOutput("Sending state snapshot=\(sequence)\n")
    try stop(client)
    try stop(server, with: SIGINT)
  }

  func testModel3PutsUpdatesOfClientsInOrder() throws {
    let ends = try endpoints()
    let server = try start("clonesrv3", ends)
    let subscriber = try context.socket(.sub)
    try subscriber.subscribe(to: "")
    try subscriber.connect(ends[1])
    let clients = try (0..<2).map { _ in try start("clonecli3", ends + ["20"]) }
    for client in clients { try client.waitForOutput("I: received snapshot=") }
    var last = number(try receive(from: subscriber)[1])
    for _ in 0..<20 {
      let update = try receive(from: subscriber)
      XCTAssertEqual(number(update[1]), last + 1)
      last += 1
    }
    for client in clients {
      try client.waitForOutput("I: received update=\(last)\n")
      try stop(client)
    }
    try server.waitForOutput("I: publishing update=\(last)\n")
    try stop(server, with: SIGINT)
    XCTAssert(server.output.hasSuffix(" messages handled\n"), server.output)
  }

  func testModel4SendsSubtrees() throws {
    let ends = try endpoints()
    let server = try start("clonesrv4", ends)
    let push = try context.socket(.push)
    try push.connect(ends[2])
    try push.send(["/client/1", frame(0), "ours"])
    try push.send(["/other/2", frame(0), "theirs"])
    try server.waitForOutput("I: publishing update=2\n")
    let dealer = try connectedDealer(ends[0])
    let part = try snapshot(from: dealer, ["ICANHAZ?", "/client/"])
    XCTAssertEqual(part.values, [["/client/1", frame(1), "ours"]])
    XCTAssertEqual(part.sequence, 2)
    XCTAssertEqual(try snapshot(from: dealer, ["ICANHAZ?", ""]).values.count, 2)

    let client = try start("clonecli4", ends + ["50"])
    XCTAssertEqual(try client.nextLine(), "I: received snapshot=2")
    XCTAssertEqual(try client.nextLine(), "I: received update=3")
    try push.send(["/other/3", frame(0), "not for it"])
    try push.send(["/client/4", frame(0), "for it"])
    try client.waitForOutput("I: received update=5\n")
    try stop(client)
    try stop(server)
  }

  func testModel4ClientUnderstandsAnEndWithTheSubtree() throws {
    let (router, publisher) = (try context.socket(.router), try context.socket(.xpub))
    let collector = try context.socket(.pull)
    let client = try start(
      "clonecli4", try router.bind("tcp://127.0.0.1:*"), try publisher.bind("tcp://127.0.0.1:*"),
      try collector.bind("tcp://127.0.0.1:*"), "10")
    let request = try receive(from: router)
    XCTAssertEqual(request.dropFirst().map(\.self), ["ICANHAZ?", "/client/"])
    try router.send([request[0], "KTHXBAI", frame(9), "/client/"])
    XCTAssertEqual(try client.nextLine(), "I: received snapshot=9")
    XCTAssertEqual(Subscription(try receive(from: publisher)), .subscribe(to: "/client/"))
    try publisher.send(["/client/1", frame(9), "old"])
    try publisher.send(["/client/1", frame(10), "new"])
    XCTAssertEqual(try client.nextLine(), "I: received update=10")
    let own = try receive(from: collector)
    XCTAssertEqual(own.count, 3)
    XCTAssert(own[0].starts(with: "/client/".utf8), "\(own)")
    XCTAssertEqual(own[1], frame(0))
    try stop(client)
  }

  func testModel5DeletesWhatHasExpired() throws {
    for program in ["clonesrv5", "clonesrv5-async"] {
      let ends = try endpoints()
      let server = try start(program, ends)
      let subscriber = try context.socket(.sub)
      try subscriber.subscribe(to: "")
      try subscriber.connect(ends[1])
      let push = try context.socket(.push)
      try push.connect(ends[2])
      // Published until the subscription has arrived.
      var update: Message?
      while update == nil {
        try push.send(["/client/stays", frame(0), "", "", "1"])
        update = try subscriber.receive(timeout: .milliseconds(50))
      }
      let uuid: Frame = "0123456789abcdef"
      try push.send(["/client/goes", frame(0), uuid, "ttl=1\nwhat=else\n", "2"])
      var message = try receive(from: subscriber)
      while message[0] == "/client/stays" { message = try receive(from: subscriber) }
      XCTAssertEqual(message.dropFirst(2).map(\.self), [uuid, "ttl=1\nwhat=else\n", "2"])
      let published = number(message[1])
      let dealer = try connectedDealer(ends[0])
      let (values, _) = try snapshot(from: dealer, ["ICANHAZ?", "/client/"])
      let value = try XCTUnwrap(values.first { $0[0] == "/client/goes" })
      let expiry = String(decoding: value[3], as: UTF8.self).firstMatch(of: /ttl=(\d+)/).flatMap { Int($0.1) } ?? 0
      XCTAssertGreaterThan(expiry, Int(Date().timeIntervalSince1970 * 1000) - 5000)
      let deletion = try receive(from: subscriber)
      XCTAssertEqual(deletion[0], "/client/goes")
      XCTAssertEqual(number(deletion[1]), published + 1)
      XCTAssertEqual(deletion[4], "")
      try server.waitForOutput("I: publishing delete=\(published + 1)\n")
      XCTAssertEqual(try snapshot(from: dealer, ["ICANHAZ?", ""]).values.map { $0[0] }, ["/client/stays"])
      try stop(server, with: SIGINT)
    }
  }

  func testModel5ClientsFollowOneAnother() throws {
    let ends = try endpoints()
    let server = try start("clonesrv5", ends)
    let clients = try (0..<2).map { _ in try start("clonecli5", ends + ["20"]) }
    for client in clients { try client.waitForOutput("I: received update=") }
    for client in clients { try stop(client) }
    try stop(server)
  }

  func testSelfTestsSucceed() throws {
    for program in ["tstkvsimple", "tstkvmsg"] {
      let test = try start(program, "-v")
      XCTAssertEqual(try test.waitForExit(), 0, test.output)
      XCTAssert(test.output.hasSuffix("OK\n"), test.output)
    }
  }
}
