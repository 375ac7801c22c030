import Clone
import XCTest

final class PendingUpdatesTests: XCTestCase {
  private let update = KeyValue(key: "k", uuid: "0123456789abcdef", body: "1")

  func testUpdatesOfClientsArePendingUntilTheyArePublished() {
    var pending = PendingUpdates()
    pending.add(update)
    XCTAssertEqual(pending.updates, [update])
    pending.markPublished(update)
    XCTAssertEqual(pending.updates, [])
  }

  func testUpdatesThatWerePublishedFirstAreNotPending() {
    var pending = PendingUpdates()
    pending.markPublished(update)
    pending.add(update)
    XCTAssertEqual(pending.updates, [])
    pending.add(update)
    XCTAssertEqual(pending.updates, [update])
  }

  func testDeletionsAndUpdatesWithoutUUIDMatchNothing() {
    var pending = PendingUpdates()
    pending.add(update)
    pending.markPublished(KeyValue(key: "k", uuid: update.uuid))
    pending.markPublished(KeyValue(key: "k", body: "1"))
    XCTAssertEqual(pending.updates, [update])
  }
}
