import BinaryStar
import XCTest

final class BinaryStarStateTests: XCTestCase {
  private let start = ContinuousClock.now

  func testThePeersStateDecidesWhoIsActive() throws {
    let changes: [(BinaryStarState.State, BinaryStarState.State, BinaryStarState.State)] = [
      (.primary, .primary, .primary), (.primary, .backup, .active), (.primary, .active, .passive), (.primary, .passive, .primary),
      (.backup, .primary, .backup), (.backup, .backup, .backup), (.backup, .active, .passive), (.backup, .passive, .backup),
      (.active, .primary, .active), (.active, .backup, .active), (.active, .passive, .active),
      (.passive, .primary, .active), (.passive, .backup, .active), (.passive, .active, .passive),
    ]
    for (state, peer, expected) in changes {
      var star = try star(in: state)
      XCTAssertEqual(try star.receive(peer, at: start), state != expected, "\(state), \(peer)")
      XCTAssertEqual(star.state, expected, "\(state), \(peer)")
    }
  }

  func testTwoActivesOrTwoPassivesAreFaults() throws {
    for (state, fault) in [(BinaryStarState.State.active, BinaryStarState.Fault.dualActives), (.passive, .dualPassives)] {
      var star = try star(in: state)
      XCTAssertThrowsError(try star.receive(state, at: start)) { XCTAssertEqual($0 as? BinaryStarState.Fault, fault) }
    }
  }

  func testAPassiveServerTakesOverAtARequestAfterItsPeersSilence() throws {
    var star = try star(in: .passive)
    XCTAssertFalse(star.mayServe(at: start + .milliseconds(1999)))
    XCTAssertEqual(star.state, .passive)
    XCTAssertTrue(star.mayServe(at: start + .seconds(2)))
    XCTAssertEqual(star.state, .active)
  }

  func testABackupAloneNeverServes() {
    var star = BinaryStarState(.backup, at: start)
    XCTAssertFalse(star.mayServe(at: start + .seconds(1000)))
    XCTAssertEqual(star.state, .backup)
  }

  func testAPrimaryAloneServesAfterItHasListenedOrAtOnce() {
    var careful = BinaryStarState(.primary, at: start)
    XCTAssertFalse(careful.mayServe(at: start + .milliseconds(1999)))
    XCTAssertTrue(careful.mayServe(at: start + .seconds(2)))
    XCTAssertEqual(careful.state, .active)
    var eager = BinaryStarState(.primary, primaryServesAtOnce: true, at: start)
    XCTAssertTrue(eager.mayServe(at: start))
    XCTAssertEqual(eager.state, .primary)
  }

  private func star(in state: BinaryStarState.State) throws -> BinaryStarState {
    var star = BinaryStarState(state == .backup || state == .passive ? .backup : .primary, at: start)
    if state == .active { _ = try star.receive(.backup, at: start) }
    if state == .passive { _ = try star.receive(.active, at: start) }
    return star
  }
}
