import Foundation
import XCTest
import ZeroMQ

final class PubSubTests: GuideTestCase {
  func testTenSynchronizedSubscribersMissNothing() throws {
    let (updates, synchronization) = (try freeEndpoint(), try freeEndpoint())
    let publisher = try start("syncpub", updates, synchronization, "10", "20000")
    XCTAssertEqual(try publisher.nextLine(), "Waiting for subscribers")
    let subscribers = try (0..<10).map { _ in try start("syncsub", updates, synchronization) }
    for subscriber in subscribers {
      XCTAssertEqual(try subscriber.waitForExit(), 0)
      XCTAssertEqual(subscriber.output, "Received 20000 updates\n")
    }
    XCTAssertEqual(try publisher.waitForExit(), 0)
    XCTAssertEqual(publisher.output, "Waiting for subscribers\nBroadcasting messages\n")
  }

  func testPublisherSendsUpdatesAndThenTheEnd() throws {
    let (updates, synchronization) = (try freeEndpoint(), try freeEndpoint())
    let publisher = try start("syncpub", updates, synchronization, "2", "300")
    XCTAssertEqual(try publisher.nextLine(), "Waiting for subscribers")
    let subscriber = try context.socket(.sub)
    try subscriber.subscribe(to: "")
    try subscriber.connect(updates)
    let client = try context.socket(.req)
    try client.connect(synchronization)
    try client.send("")
    XCTAssertEqual(try receive(from: client), "")
    // The second subscriber takes its time before it synchronizes, in which the subscription above arrives as well.
    let second = try start("syncsub", updates, synchronization)

    for _ in 0..<300 { XCTAssertEqual(try receive(from: subscriber), "Rhubarb") }
    XCTAssertEqual(try receive(from: subscriber), "END")
    XCTAssertEqual(try publisher.waitForExit(), 0)
    XCTAssertEqual(try second.waitForExit(), 0)
    XCTAssertEqual(second.output, "Received 300 updates\n")
  }

  func testSubscriberSubscribesThenSynchronizesThenCounts() throws {
    let publisher = try context.socket(.xpub)
    let service = try context.socket(.rep)
    let subscriber = try start(
      "syncsub", try publisher.bind("tcp://127.0.0.1:*"), try service.bind("tcp://127.0.0.1:*"))
    XCTAssertEqual(Subscription(try receive(from: publisher)), .subscribe(to: ""))
    XCTAssertEqual(try receive(from: service), "")
    try service.send("")
    for update in ["Rhubarb", "", "ENDS"] { try publisher.send(update) }
    try publisher.send("END")
    XCTAssertEqual(try subscriber.waitForExit(), 0)
    XCTAssertEqual(subscriber.output, "Received 3 updates\n")
  }

  func testEnvelopeSelectsWhatTheSubscriberSees() throws {
    let endpoint = try freeEndpoint()
    let publisher = try start("psenvpub", endpoint, "10")
    let subscriber = try start("psenvsub", endpoint)
    for _ in 0..<5 { XCTAssertEqual(try subscriber.nextLine(), "[B] We would like to see this") }
    try stop(subscriber, with: SIGINT)
    try stop(publisher)
    let lines = Set(subscriber.output.split(separator: "\n"))
    XCTAssertEqual(lines, ["[B] We would like to see this"])
    XCTAssertEqual(publisher.output, "")
  }

  func testPublisherSendsEnvelopeAndContents() throws {
    let endpoint = try freeEndpoint()
    let publisher = try start("psenvpub", endpoint, "10")
    let subscriber = try context.socket(.sub)
    try subscriber.subscribe(to: "")
    try subscriber.connect(endpoint)
    // The subscription may arrive between the two messages of a round.
    var message = try receive(from: subscriber)
    if message.first == "B" { message = try receive(from: subscriber) }
    for _ in 0..<3 {
      XCTAssertEqual(message, ["A", "We don't want to see this"])
      XCTAssertEqual(try receive(from: subscriber), ["B", "We would like to see this"])
      message = try receive(from: subscriber)
    }
    try stop(publisher, with: SIGINT)
  }

  func testSubscriberPrintsEnvelopeAndContents() throws {
    let publisher = try context.socket(.xpub)
    let subscriber = try start("psenvsub", try publisher.bind("tcp://127.0.0.1:*"))
    XCTAssertEqual(Subscription(try receive(from: publisher)), .subscribe(to: "B"))
    try publisher.send(["A", "not for you"])
    try publisher.send(["B", "for you"])
    try publisher.send(["Be", ""])
    try publisher.send("B alone")
    XCTAssertEqual(try subscriber.nextLine(), "[B] for you")
    XCTAssertEqual(try subscriber.nextLine(), "[Be] ")
    XCTAssertEqual(try subscriber.nextLine(), "[B alone] []")
    try stop(subscriber)
  }
}
