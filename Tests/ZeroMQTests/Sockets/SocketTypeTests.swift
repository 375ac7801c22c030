import XCTest
import ZeroMQ

final class SocketTypeTests: ZeroMQTestCase {
  private static let types: [SocketType] = [
    .pair, .pub, .sub, .req, .rep, .dealer, .router, .pull, .push, .xpub, .xsub, .stream,
  ]

  func testKindMakesASocketOfItsType() throws {
    func type<Kind: TypedSocketKind>(_ kind: Kind) throws -> Int { try context.socket(kind).get(.raw(16)) }
    XCTAssertEqual(try type(.pair), 0)
    XCTAssertEqual(try type(.pub), 1)
    XCTAssertEqual(try type(.sub), 2)
    XCTAssertEqual(try type(.req), 3)
    XCTAssertEqual(try type(.rep), 4)
    XCTAssertEqual(try type(.dealer), 5)
    XCTAssertEqual(try type(.router), 6)
    XCTAssertEqual(try type(.pull), 7)
    XCTAssertEqual(try type(.push), 8)
    XCTAssertEqual(try type(.xpub), 9)
    XCTAssertEqual(try type(.xsub), 10)
    XCTAssertEqual(try type(.stream), 11)
  }

  func testTypeChosenAtRunTimeMakesASocketOfThatType() throws {
    for (number, type) in Self.types.enumerated() {
      XCTAssertEqual(type.rawValue, Int32(number))
      let socket = try context.socket(ofType: type)
      XCTAssertEqual(try socket.get(.raw(16)), number)
    }
  }

  func testTypesAreNamedAsInZMTP() {
    XCTAssertEqual(
      Self.types.map(\.description),
      ["PAIR", "PUB", "SUB", "REQ", "REP", "DEALER", "ROUTER", "PULL", "PUSH", "XPUB", "XSUB", "STREAM"])
    XCTAssertEqual(SocketType(rawValue: 99).description, "socket type 99")
  }

  func testUnknownTypesAndDraftsAreRefused() throws {
    for number in [-1, 99] + Array(12...20) as [Int32] {
      let error = assertThrows(.invalidArgument) { _ = try context.socket(ofType: SocketType(rawValue: number)) }
      XCTAssertEqual(error?.operation, "zmq_socket")
      XCTAssertEqual(error?.subject, "socket type \(number)")
    }
  }
}
