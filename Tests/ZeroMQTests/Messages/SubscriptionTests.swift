import XCTest
import ZeroMQ

final class SubscriptionTests: ZeroMQTestCase {
  private static let prefixes: [[UInt8]] = [0, 1, 5, 22, 23, 24, 33, 34, 200].map { Payload.bytes($0) }

  func testMessageIsAByteAndThePrefix() {
    for prefix in Self.prefixes {
      XCTAssertEqual(Subscription.subscribe(to: Frame(copying: prefix)).message.arrays, [[1] + prefix])
      XCTAssertEqual(Subscription.unsubscribe(from: Frame(copying: prefix)).message.arrays, [[0] + prefix])
    }
  }

  func testMessageIsReadAsItWasBuilt() {
    for prefix in Self.prefixes.map({ Frame(copying: $0) }) {
      for subscription in [Subscription.subscribe(to: prefix), .unsubscribe(from: prefix)] {
        XCTAssertEqual(Subscription(subscription.message), subscription)
        XCTAssertEqual(subscription.prefix, prefix)
      }
    }
  }

  func testWhatIsNoSubscriptionGivesNil() {
    let garbage: [Message] = [[], "", [[2]], [[255, 1]], "1A", ["\u{1}A", "B"], [[1], []], ["", [1, 65]]]
    for message in garbage { XCTAssertNil(Subscription(message), "\(message)") }
  }

  func testEqualSubscriptionsHashAlike() {
    let all: Set<Subscription> = [
      .subscribe(to: "A"), .subscribe(to: "A"), .unsubscribe(from: "A"), .subscribe(to: "B"), .subscribe(to: ""),
    ]
    XCTAssertEqual(all.count, 4)
  }

  func testDescriptionNamesTheActionAndThePrefix() {
    XCTAssertEqual("\(Subscription.subscribe(to: "A"))", "subscribe to \"A\"")
    XCTAssertEqual("\(Subscription.unsubscribe(from: ""))", "unsubscribe from \"\"")
    XCTAssertEqual("\(Subscription.subscribe(to: [0, 1]))", "subscribe to 0x0001")
  }

  func testXPubReceivesSubscriptionsOfSub() throws {
    for transport in Transport.allCases {
      let (publisher, subscriber) = try pair(.xpub, .sub, over: transport)
      for prefix in Self.prefixes.map({ Frame(copying: $0) }) {
        try subscriber.subscribe(to: prefix)
        XCTAssertEqual(Subscription(try next(publisher)), .subscribe(to: prefix), "\(prefix.count) bytes over \(transport)")
        try subscriber.unsubscribe(from: prefix)
        XCTAssertEqual(Subscription(try next(publisher)), .unsubscribe(from: prefix), "\(prefix.count) bytes over \(transport)")
      }
    }
  }

  func testXPubReceivesSubscriptionsThatXSubSends() throws {
    for transport in Transport.allCases {
      let (publisher, subscriber) = try pair(.xpub, .xsub, over: transport)
      for prefix in Self.prefixes.map({ Frame(copying: $0) }) {
        try subscriber.send(Subscription.subscribe(to: prefix).message)
        XCTAssertEqual(Subscription(try next(publisher)), .subscribe(to: prefix))
        let topic = Message([Frame(copying: [UInt8](prefix) + [9]), "body"])
        try publisher.send(topic)
        XCTAssertEqual(try next(subscriber), topic)
        try subscriber.unsubscribe(from: prefix)
        XCTAssertEqual(Subscription(try next(publisher)), .unsubscribe(from: prefix))
      }
    }
  }

  func testXSubSubscribesAsSubDoes() throws {
    let (topic, bytes) = ("news \(1)", [UInt8]("news 1".utf8))
    for transport in Transport.allCases {
      let (publisher, subscriber) = try pair(.xpub, .xsub, over: transport)
      try subscriber.subscribe(to: topic)
      XCTAssertEqual(Subscription(try next(publisher)), .subscribe(to: "news 1"))
      try subscriber.unsubscribe(from: bytes.span)
      XCTAssertEqual(Subscription(try next(publisher)), .unsubscribe(from: "news 1"))
      try subscriber.subscribe(to: bytes[..<4])
      XCTAssertEqual(Subscription(try next(publisher)), .subscribe(to: "news"))
      try publisher.send("weather: rain")
      try publisher.send("news: none")
      XCTAssertEqual(try next(subscriber), "news: none")
    }
  }

  func testSubSubscribesToTextAndBytes() throws {
    let (topic, bytes) = ("news \(1)", [UInt8]("news 1".utf8))
    for transport in Transport.allCases {
      let (publisher, subscriber) = try pair(.xpub, .sub, over: transport)
      try subscriber.subscribe(to: topic)
      XCTAssertEqual(Subscription(try next(publisher)), .subscribe(to: "news 1"))
      try subscriber.unsubscribe(from: bytes.span)
      XCTAssertEqual(Subscription(try next(publisher)), .unsubscribe(from: "news 1"))
      try subscriber.subscribe(to: bytes[..<4])
      XCTAssertEqual(Subscription(try next(publisher)), .subscribe(to: "news"))
    }
  }

  func testLastPeerIsSubscribedToTextAndBytes() throws {
    let (topic, bytes) = ("news \(1)", [UInt8]("news 1".utf8))
    for transport in Transport.allCases {
      let (publisher, subscriber) = try pair(.xpub, .xsub, over: transport)
      try publisher.set(.xpubManual, to: true)
      try subscriber.subscribe(to: "all")
      XCTAssertEqual(Subscription(try next(publisher)), .subscribe(to: "all"))
      try publisher.subscribeLastPeer(to: topic)
      try publisher.send("all 1")
      try publisher.send("news 1")
      XCTAssertEqual(try next(subscriber), "news 1")
      try publisher.unsubscribeLastPeer(from: bytes)
      try publisher.subscribeLastPeer(to: bytes[..<1])
      try publisher.send("all 2")
      try publisher.send("now")
      XCTAssertEqual(try next(subscriber), "now")
    }
  }

  func testMessageOfSeveralFramesIsNoPrefix() throws {
    let (publisher, subscriber) = try pair(.xpub, .sub, over: .inproc)
    let message: Message = ["a", "b"]
    assertThrows(.invalidArgument) { try subscriber.subscribe(to: message) }
    assertThrows(.invalidArgument) { try subscriber.unsubscribe(from: message) }
    assertThrows(.invalidArgument) { try publisher.subscribeLastPeer(to: message) }
    assertThrows(.invalidArgument) { try publisher.unsubscribeLastPeer(from: message) }
    let raw = try context.socket(.xsub)
    assertThrows(.invalidArgument) { try raw.subscribe(to: message) }
    assertThrows(.invalidArgument) { try raw.unsubscribe(from: message) }
  }

  func testOtherMessagesOfXSubAreNoSubscriptions() throws {
    for transport in Transport.allCases {
      let (publisher, subscriber) = try pair(.xpub, .xsub, over: transport)
      try subscriber.send("a question")
      let message = try next(publisher)
      XCTAssertEqual(message, "a question")
      XCTAssertNil(Subscription(message))
    }
  }
}
