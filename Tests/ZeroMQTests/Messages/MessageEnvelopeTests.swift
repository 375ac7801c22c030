import XCTest
import ZeroMQ

final class MessageEnvelopeTests: ZeroMQTestCase {
  func testEnvelopeEndsWithTheFirstEmptyFrame() {
    var message: Message = ["one", "two", "", "body", "", "more"]
    XCTAssertEqual(message.removeEnvelope(), ["one", "two", ""])
    XCTAssertEqual(message, ["body", "", "more"])
  }

  func testEnvelopeMayBeTheEmptyFrameAlone() {
    var message: Message = ["", "body"]
    XCTAssertEqual(message.removeEnvelope(), [""])
    XCTAssertEqual(message, ["body"])
  }

  func testNothingMayFollowTheEnvelope() {
    var message: Message = ["one", ""]
    XCTAssertEqual(message.removeEnvelope(), ["one", ""])
    XCTAssertEqual(message.count, 0)
    XCTAssertNil(message.removeEnvelope())
  }

  func testMessageWithoutAnEmptyFrameHasNoEnvelopeAndStaysAsItIs() {
    var message: Message = ["one", "body"]
    XCTAssertNil(message.removeEnvelope())
    XCTAssertEqual(message, ["one", "body"])
    var none = Message()
    XCTAssertNil(none.removeEnvelope())
  }

  func testEnvelopesAreRemovedOneByOne() {
    var message: Message = ["worker", "", "client", "", "reply"]
    XCTAssertEqual(message.removeEnvelope(), ["worker", ""])
    XCTAssertEqual(message.removeEnvelope(), ["client", ""])
    XCTAssertEqual(message, "reply")
  }

  func testCopiesKeepTheEnvelope() {
    let message: Message = ["one", "", "body"]
    var copy = message
    var envelope = copy.removeEnvelope()
    envelope?.append("appended")
    copy.append("appended too")
    XCTAssertEqual(message, ["one", "", "body"])
    XCTAssertEqual(envelope, ["one", "", "appended"])
    XCTAssertEqual(copy, ["body", "appended too"])
  }

  func testEnvelopeWithLargeFramesOutlivesTheMessage() {
    let large = Payload.bytes(3000, seed: 1)
    let envelope: Message?
    do {
      var message: Message = [Frame(copying: large), "", Frame(copying: large)]
      envelope = message.removeEnvelope()
    }
    XCTAssertEqual(envelope?.arrays, [large, []])
  }

  func testReplyBehindTheEnvelopeGoesBackOverThreeHops() throws {
    for transport in Transport.allCases {
      let (router, client) = try pair(.router, .req, over: transport)
      var (backends, frontends): ([DealerSocket], [RouterSocket]) = ([], [router])
      for _ in 0..<2 {
        let (frontend, backend) = try pair(.router, .dealer, over: transport)
        backends.append(backend)
        frontends.append(frontend)
      }
      try client.send("request")
      for (frontend, backend) in zip(frontends, backends) { try backend.send(next(frontend)) }

      var request = try next(frontends[2])
      let envelope = try XCTUnwrap(request.removeEnvelope())
      XCTAssertEqual(request, "request")
      XCTAssertEqual(envelope.map(\.count), [5, 5, 5, 0], "over \(transport)")
      try frontends[2].send(envelope + ["reply"])
      for (frontend, backend) in zip(frontends, backends).reversed() { try frontend.send(next(backend)) }
      XCTAssertEqual(try next(client), "reply")
    }
  }
}
