import XCTest
import ZeroMQ

final class LibZMQTests: XCTestCase {
  func testVersionIsOneThatTheLibrarySupports() {
    XCTAssertGreaterThanOrEqual(LibZMQ.version, LibZMQ.Version(4, 3, 3))
    XCTAssertLessThan(LibZMQ.version, LibZMQ.Version(5, 0, 0))
  }

  func testVersionsAreOrderedByTheirFirstDifferentNumber() {
    let sorted = [
      LibZMQ.Version(3, 9, 9), LibZMQ.Version(4, 0, 10), LibZMQ.Version(4, 2, 0), LibZMQ.Version(4, 2, 1), LibZMQ.Version(10, 0, 0),
    ]
    XCTAssertEqual(sorted.reversed().sorted(), sorted)
    XCTAssertFalse(LibZMQ.Version(4, 3, 4) < LibZMQ.Version(4, 3, 4))
  }

  func testVersionIsPrintedWithDots() {
    XCTAssertEqual("\(LibZMQ.Version(4, 3, 12))", "4.3.12")
  }

  func testTransportsThatEveryBuildHasArePresent() {
    XCTAssertTrue(LibZMQ.has(.ipc))
  }

  func testCapabilitiesAreThoseOfTheLibraryThatWasLoaded() {
    // What a build has shows in what it does.
    XCTAssertEqual(LibZMQ.has(.curve), (try? CurveKeyPair()) != nil)
  }

  func testUnknownCapabilityIsMissing() {
    XCTAssertFalse(LibZMQ.has(LibZMQ.Capability(rawValue: "telepathy")))
    XCTAssertFalse(LibZMQ.has(LibZMQ.Capability(rawValue: "")))
  }

  func testCapabilitiesHaveTheNamesThatLibzmqKnowsThemBy() {
    let names = [
      (LibZMQ.Capability.ipc, "ipc"), (.pgm, "pgm"), (.tipc, "tipc"), (.norm, "norm"), (.vmci, "vmci"), (.ws, "WS"), (.wss, "WSS"),
      (.curve, "curve"), (.gssapi, "gssapi"), (.draft, "draft"),
    ]
    for (capability, name) in names { XCTAssertEqual(capability.rawValue, name) }
  }
}
