import Foundation
import XCTest
import ZeroMQ

/// Programs that find one another, on the loopback network alone.
final class DiscoveryTests: GuideTestCase {
  private let broadcast = "127.255.255.255"
  private let port = String(Int.random(in: 10_000..<32_000))

  func testPingingPeerFindsItself() throws {
    let peer = try start("udpping1", port, broadcast, "50")
    try peer.waitForOutput("Pinging peers…\n")
    try peer.waitForOutput("Found peer 127.0.0.1:\(port)\n")
    try stop(peer, with: SIGINT)
  }

  func testSecondPeerWithoutAddressReuseEnds() throws {
    let peer = try start("udpping1", port, broadcast, "50")
    try peer.waitForOutput("Found peer")
    let second = try start("udpping1", port, broadcast, "50")
    XCTAssertEqual(try second.waitForExit(), 1)
    XCTAssert(second.output.contains("bind"), second.output)
    try stop(peer)
  }

  func testPeersOfOneHostPingSideBySide() throws {
    let peers = try (0..<2).map { _ in try start("udpping2", port, broadcast, "20") }
    for peer in peers {
      try peer.waitForOutput("Pinging peers…\nPinging peers…\n")
      try stop(peer, with: SIGINT)
    }
  }

  func testPeersJoinAndLeaveAndJoinAgain() throws {
    let watcher = try start("udpping3", port, broadcast, "50", "500")
    var known: Set<Substring> = []
    for _ in 0..<2 {
      let peer = try start("udpping3", port, broadcast, "50", "500")
      let joined = try watcher.nextLine().split(separator: " ")
      XCTAssertEqual(joined.first, "JOINED")
      XCTAssertNotNil(joined[1].wholeMatch(of: /[0-9A-F]{32}/))
      XCTAssert(known.insert(joined[1]).inserted)
      XCTAssert(try peer.nextLine().hasPrefix("JOINED "))
      try stop(peer)
      XCTAssertEqual(try watcher.nextLine(), "LEFT \(joined[1])")
    }
    try stop(watcher, with: SIGINT)
  }

  func testChatPrintsWhatOtherHostsPublish() throws {
    let ann = try start("dechat", "127.0.0.1", "127.0.0.1", "Ann", port)
    let ben = try context.socket(.xpub)
    try ben.bind("tcp://127.0.0.2:\(port)")
    XCTAssertEqual(Subscription(try receive(from: ben)), .subscribe(to: ""))
    try ben.send("Ben: are you there?\n")
    XCTAssertEqual(try ann.nextLine(), "Ben: are you there?")
    try stop(ann, with: SIGINT)
  }

  func testChatPublishesWhatIsTyped() throws {
    let ann = try start("dechat", "127.0.0.1", "127.0.0.1", "Ann", port)
    let listener = try context.socket(.sub)
    try listener.subscribe(to: "")
    try listener.connect("tcp://127.0.0.1:\(port)")
    // Whoever has not yet subscribed misses a line: it is said until it has been heard.
    var heard: Message?
    while heard == nil, remainingTime > .zero {
      try ann.write("hel")
      try ann.write("lo\n")
      heard = try listener.receive(timeout: .milliseconds(50))
    }
    XCTAssertEqual(heard, "Ann: hello\n")
    // It hears itself as well.
    try ann.waitForOutput("Ann: hello\n")
    try ann.closeInput()
    XCTAssertEqual(try ann.waitForExit(), 0, ann.output)
  }

  func testChatEndsWithUsageWithoutItsArguments() throws {
    let chat = try start("dechat", "127.0.0.1")
    XCTAssertEqual(try chat.waitForExit(), 0)
    XCTAssert(chat.output.hasPrefix("usage: dechat"), chat.output)
  }

  func testFullDealerRefusesTheFifthMessage() throws {
    let dealer = try start("eagain", try freeEndpoint())
    XCTAssertEqual(try dealer.waitForExit(), 0)
    let lines = dealer.output.split(separator: "\n")
    XCTAssertEqual(lines.count, 6, dealer.output)
    XCTAssertEqual(lines[4], "Sending message 4")
    XCTAssert(lines[5].contains("EAGAIN"), dealer.output)
  }
}
