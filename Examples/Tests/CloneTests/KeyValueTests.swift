import Clone
import XCTest
import ZeroMQ

final class KeyValueTests: XCTestCase {
  func testSequenceHasEightBytesTheMostSignificantFirst() {
    let update = KeyValue(key: "k", sequence: 0x0102_0304_0506_0708, body: "b")
    XCTAssertEqual(update.message(.simple), ["k", [1, 2, 3, 4, 5, 6, 7, 8], "b"])
    XCTAssertEqual(KeyValue(update.message(.simple), .simple), update)
  }

  func testPropertiesAreLines() {
    let update = KeyValue(key: "k", uuid: "0123456789abcdef", properties: ["ttl": "5", "a": "x=y"], body: "b")
    XCTAssertEqual(update.message(.full)[3], "a=x=y\nttl=5\n")
    XCTAssertEqual(KeyValue(update.message(.full), .full), update)
  }

  func testLastOfTwoEqualPropertiesCounts() {
    let update = KeyValue(["k", [0, 0, 0, 0, 0, 0, 0, 1], "", "p=1\np=2\n", ""], .full)
    XCTAssertEqual(update?.properties, ["p": "2"])
  }

  func testOtherMessagesAreNoUpdates() {
    let number: Frame = [0, 0, 0, 0, 0, 0, 0, 1]
    for message: Message in [["k", number], ["k", "1", "b"], ["k", number, "b", ""], Message()] {
      XCTAssertNil(KeyValue(message, .simple))
    }
    for message: Message in [["k", number, "short", "", "b"], ["k", number, "", "no property\n", "b"], ["k", number, "b"]] {
      XCTAssertNil(KeyValue(message, .full))
    }
  }
}

final class CloneStateTests: XCTestCase {
  func testAcceptedUpdatesAreNumbered() {
    var state = CloneState(.simple)
    XCTAssertEqual(state.accept(KeyValue(key: "a", sequence: 77, body: "1"), now: 0).sequence, 1)
    XCTAssertEqual(state.accept(KeyValue(key: "b", body: "2"), now: 0).sequence, 2)
    XCTAssertEqual(Set(state.values.keys), ["a", "b"])
  }

  func testOlderUpdatesAreNotApplied() {
    var state = CloneState(.simple)
    XCTAssertTrue(state.apply(KeyValue(key: "a", sequence: 5, body: "new")))
    XCTAssertFalse(state.apply(KeyValue(key: "a", sequence: 5, body: "old")))
    XCTAssertEqual(state.values["a"]?.body, "new")
  }

  func testEmptyBodyDeletes() {
    var state = CloneState(.simple)
    _ = state.apply(KeyValue(key: "a", sequence: 1, body: "1"))
    _ = state.apply(KeyValue(key: "a", sequence: 2))
    XCTAssertTrue(state.values.isEmpty)
  }

  func testValuesExpireAndOthersStay() {
    var state = CloneState(.full)
    let update = state.accept(KeyValue(key: "brief", properties: ["ttl": "2"], body: "1"), now: 1000)
    XCTAssertEqual(update.timeToLive, 2)
    XCTAssertEqual(state.values["brief"]?.timeToLive, 3000)
    for (key, time) in [("none", nil), ("zero", "0"), ("nonsense", "soon")] as [(Frame, String?)] {
      _ = state.accept(KeyValue(key: key, properties: time.map { ["ttl": $0] } ?? [:], body: "1"), now: 1000)
    }
    XCTAssertEqual(state.expire(now: 2999), [])
    let deletions = state.expire(now: 3000)
    XCTAssertEqual(deletions.map(\.key), ["brief"])
    XCTAssertEqual(deletions.map(\.sequence), [5])
    XCTAssertEqual(deletions.map(\.body), [""])
    XCTAssertEqual(Set(state.values.keys), ["none", "zero", "nonsense"])
  }

  func testSnapshotHasOneSubtreeAndItsEnd() {
    var state = CloneState(.simple)
    for key in ["/client/1", "/other/2"] as [Frame] { _ = state.accept(KeyValue(key: key, body: "x"), now: 0) }
    let messages = state.snapshot(of: "/client/")
    XCTAssertEqual(messages, [["/client/1", [0, 0, 0, 0, 0, 0, 0, 1], "x"], ["KTHXBAI", [0, 0, 0, 0, 0, 0, 0, 2], ""]])
    var copy = CloneState(.simple)
    XCTAssertEqual(messages.map { copy.addSnapshot($0) }, [false, true])
    XCTAssertEqual(copy.sequence, 2)
    XCTAssertEqual(copy.values.count, 1)
  }
}
