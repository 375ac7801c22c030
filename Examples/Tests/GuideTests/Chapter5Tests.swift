import Foundation
import XCTest
import ZeroMQ

final class Chapter5Tests: GuideTestCase {
  func testEspressoShowsSubscriptionsAndOnlyWhatSomebodySubscribedTo() throws {
    let (publishers, subscribers) = (try freeEndpoint(), try freeEndpoint())
    let espresso = try start("espresso", publishers, subscribers, "1")
    try espresso.waitForOutput("subscribe to A\n")
    try espresso.waitForOutput("unsubscribe from ")
    let subscriber = try context.socket(.sub)
    try subscriber.subscribe(to: "C")
    try subscriber.connect(subscribers)
    try espresso.waitForOutput("subscribe to C\n")
    let message = try receive(from: subscriber)
    XCTAssertNotNil(String(decoding: message[0], as: UTF8.self).wholeMatch(of: /C-\d{5}/), "\(message)")
    try espresso.waitForOutput("\(message)")
    try stop(espresso, with: SIGINT)
    let lines = espresso.output.split(separator: "\n")
    let end = try XCTUnwrap(lines.firstIndex { $0.hasPrefix("unsubscribe") })
    let inner = lines[..<end].filter { !$0.hasPrefix("subscribe") }
    XCTAssertGreaterThanOrEqual(inner.count, 5)
    XCTAssert(inner.allSatisfy { $0.wholeMatch(of: /[AB]-\d{5}/) != nil }, "\(inner)")
  }

  func testPathologicalPublisherSendsEveryTopicInOrderAndThenRandomOnes() throws {
    let endpoint = try freeEndpoint()
    let publisher = try start("pathopub", endpoint, "500", "1")
    let subscriber = try context.socket(.sub)
    try subscriber.set(.receiveHighWaterMark, to: 0)
    try subscriber.subscribe(to: "")
    try subscriber.connect(endpoint)
    for number in 0..<1000 {
      let topic = Frame(String(String(1000 + number).dropFirst()))
      XCTAssertEqual(try receive(from: subscriber), [topic, "Save Roger"])
    }
    for _ in 0..<3 {
      let message = try receive(from: subscriber)
      XCTAssertEqual(message.count, 2)
      XCTAssertEqual(message[0].count, 3)
      XCTAssertEqual(message[1], "Off with his head!")
    }
    try stop(publisher)
  }

  func testPathologicalSubscriberChoosesATopicAndPrintsTheText() throws {
    let publisher = try context.socket(.xpub)
    let subscriber = try start("pathosub", try publisher.bind("tcp://127.0.0.1:*"))
    guard case .subscribe(let topic) = Subscription(try receive(from: publisher)) else { return XCTFail("no subscription") }
    XCTAssertNotNil(String(decoding: topic, as: UTF8.self).wholeMatch(of: /\d{3}/))
    try publisher.send([topic, "Save Roger"])
    XCTAssertEqual(try subscriber.nextLine(), "Save Roger")
    try stop(subscriber, with: SIGINT)
  }

  func testLateSubscribersGetTheLastValueOfTheirTopic() throws {
    let endpoint = try freeEndpoint()
    let publisher = try context.socket(.xpub)
    let cache = try start("lvcache", try publisher.bind("tcp://127.0.0.1:*"), endpoint)
    XCTAssertEqual(Subscription(try receive(from: publisher)), .subscribe(to: ""))
    for (topic, text) in [("001", "old"), ("001", "new"), ("002", "other")] { try publisher.send([Frame(topic), Frame(text)]) }
    // Its update passes through the cache after the others.
    let witness = try context.socket(.sub)
    try witness.subscribe(to: "999")
    try witness.connect(endpoint)
    while try witness.receive(timeout: .milliseconds(20)) == nil { try publisher.send(["999", "witness"]) }
    for _ in 0..<2 {
      let subscriber = try start("pathosub", endpoint, "001")
      XCTAssertEqual(try subscriber.nextLine(), "new")
      try cache.waitForOutput("Sending cached topic 001\n")
      try stop(subscriber)
    }
    let subscriber = try context.socket(.sub)
    try subscriber.subscribe(to: "002")
    try subscriber.connect(endpoint)
    XCTAssertEqual(try receive(from: subscriber), ["002", "other"])
    try stop(cache, with: SIGINT)
  }

  func testSnailThatCannotKeepUpEndsItselfAndTheProgram() throws {
    let snail = try start("suisnail", try freeEndpoint(), "50", "5")
    XCTAssertEqual(try snail.nextLine(), "E: subscriber cannot keep up, aborting")
    XCTAssertEqual(try snail.waitForExit(), 0)
  }

  func testSnailsPublisherSendsTheTimeOfDay() throws {
    let endpoint = try freeEndpoint()
    let snail = try start("suisnail", endpoint, "15000", "1")
    let subscriber = try context.socket(.sub)
    try subscriber.subscribe(to: "")
    try subscriber.connect(endpoint)
    let time = try XCTUnwrap(Int(String(decoding: try receive(from: subscriber)[0], as: UTF8.self)))
    XCTAssertLessThan(abs(Int(Date().timeIntervalSince1970 * 1000) - time), 15_000)
    try stop(snail, with: SIGINT)
  }
}
