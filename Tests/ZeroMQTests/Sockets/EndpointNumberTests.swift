import XCTest
import ZeroMQ

/// libzmq cuts the integers of endpoints to what fits, and so would bind and connect elsewhere.
final class EndpointNumberTests: ZeroMQTestCase {
  func testPortsOutOfRangeAreRefused() throws {
    let socket = try context.socket(.pull)
    for port in ["65536", "70000", "4294967296", "99999999999999999999", "80x", "8 0"] {
      for scheme in ["tcp", "udp", "ws"] {
        let endpoint = "\(scheme)://127.0.0.1:\(port)"
        XCTAssertEqual(assertThrows(.invalidArgument) { try socket.bind(endpoint) }?.subject, endpoint)
        XCTAssertEqual(assertThrows(.invalidArgument) { try socket.connect(endpoint) }?.subject, endpoint)
      }
    }
  }

  func testPortsOfBothAddressesAreLookedAt() throws {
    let socket = try context.socket(.pull)
    assertThrows(.invalidArgument) { try socket.connect("tcp://127.0.0.1:70000;127.0.0.1:80") }
    assertThrows(.invalidArgument) { try socket.connect("tcp://127.0.0.1:0;127.0.0.1:70000") }
  }

  func testZonesAndOtherIntegersOutOfRangeAreRefused() throws {
    let socket = try context.socket(.pull)
    try socket.set(.ipv6, to: true)
    assertThrows(.invalidArgument) { try socket.connect("tcp://[fe80::1%4294967296]:80") }
    for endpoint in ["tipc://{4294967296,0,0}", "tipc://<1.2.3:4294967296>"] {
      let code = thrownCode { try socket.bind(endpoint) }
      XCTAssertEqual(code, .invalidArgument, endpoint)
    }
  }

  func testIntegersInRangeAreTaken() throws {
    let socket = try context.socket(.pull)
    try socket.set(.ipv6, to: true)
    let endpoints = [
      "tcp://127.0.0.1:65535", "tcp://127.0.0.1:0;127.0.0.1:80", "tcp://[::1]:80", "tcp://localhost:1", "inproc://70000:99999",
    ]
    for endpoint in endpoints { try socket.connect(endpoint) }
    try socket.bind("tcp://127.0.0.1:*")
  }

  func testErrorsNameTheCureForTheTransport() throws {
    let (first, second) = (try context.socket(.pull), try context.socket(.pull))
    try first.bind("inproc://name")
    func advice(_ code: ZeroMQError.Code, _ endpoint: String) -> String {
      assertThrows(code) { try second.bind(endpoint) }?.description ?? ""
    }
    XCTAssertTrue(advice(.addressInUse, "inproc://name").hasSuffix("another socket of this context has bound that name"))
    XCTAssertTrue(advice(.noSuchDevice, "tcp://no-such-interface:*").contains("numeric address or an interface name"))
    XCTAssertTrue(advice(.noSuchDevice, "tcp://[::1]:*").contains("for IPv6 set the ipv6 option first"))
    let taken = try first.bind("tcp://127.0.0.1:*")
    XCTAssertTrue(advice(.addressInUse, taken).contains("wildcard port"))
  }
}
