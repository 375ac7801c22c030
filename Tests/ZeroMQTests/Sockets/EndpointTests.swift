import Foundation
import XCTest
import ZeroMQ

final class EndpointTests: ZeroMQTestCase {
  func testBindReturnsTheResolvedEndpoint() throws {
    for transport in Transport.allCases {
      let endpoint = transport.newEndpoint()
      let bound = try context.socket(.pull).bind(endpoint)
      switch transport {
      case .inproc, .ipc: XCTAssertEqual(bound, endpoint)
      case .tcp:
        XCTAssertTrue(bound.hasPrefix("tcp://127.0.0.1:"), bound)
        XCTAssertGreaterThan(try XCTUnwrap(Int(bound.dropFirst(16))), 0, bound)
      }
    }
  }

  func testBindToAWildcardPathReturnsThePath() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    let bound = try pull.bind("ipc://*")
    XCTAssertTrue(bound.hasPrefix("ipc://"), bound)
    XCTAssertNotEqual(bound, "ipc://*")
    try push.connect(bound)
    try push.send("found")
    XCTAssertEqual(try next(pull), "found")
  }

  func testBindToALongInprocNameReturnsIt() throws {
    let endpoint = "inproc://" + String(repeating: "n", count: 10_000)
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    XCTAssertEqual(try pull.bind(endpoint), endpoint)
    try push.connect(endpoint)
    try push.send("found")
    XCTAssertEqual(try next(pull), "found")
  }

  func testInprocNameMayHaveAnyCharacters() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try push.connect(try pull.bind("inproc://größe: 5 µ/日本 \\"))
    try push.send("found")
    XCTAssertEqual(try next(pull), "found")
  }

  func testSocketMayBindToSeveralEndpoints() throws {
    let pull = try context.socket(.pull)
    let endpoints = try Transport.allCases.map { try pull.bind($0.newEndpoint()) }
    let pushes = try endpoints.map { endpoint in
      let push = try context.socket(.push)
      try push.connect(endpoint)
      try push.send(endpoint)
      return push
    }
    let messages = try pushes.map { _ in try next(pull) }
    XCTAssertEqual(Set(messages), Set(endpoints.map { Message($0) }))
  }

  func testIPCPathIsTakenOver() throws {
    let endpoint = Transport.ipc.newEndpoint()
    let (former, pull, push) = (try context.socket(.pull), try context.socket(.pull), try context.socket(.push))
    try former.bind(endpoint)
    try pull.bind(endpoint)
    try push.connect(endpoint)
    try push.send("found")
    XCTAssertEqual(try next(pull), "found")
  }

  func testConnectionMayComeBeforeTheBinding() throws {
    for transport in Transport.allCases {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      // A port is fixed before somebody listens there.
      var endpoint = transport.newEndpoint()
      if transport == .tcp {
        endpoint = try pull.bind(endpoint)
        try pull.unbind(endpoint)
      }
      try push.set(.raw(18), to: 10)
      try push.connect(endpoint)
      try push.send("early")
      waitUntil("the binding") { thrownCode { try pull.bind(endpoint) } != .addressInUse }
      XCTAssertEqual(try next(pull), "early")
    }
  }

  func testUnbindTakesWhatBindReturned() throws {
    for transport in Transport.allCases {
      let socket = try context.socket(.pull)
      let endpoint = try socket.bind(transport.newEndpoint())
      try socket.unbind(endpoint)
      assertThrows(.noSuchFileOrDirectory) { try socket.unbind(endpoint) }
    }
  }

  func testUnbindTakesTheResolvedWildcardPath() throws {
    let socket = try context.socket(.pull)
    try socket.unbind(try socket.bind("ipc://*"))
  }

  func testUnboundEndpointCanBeBoundByAnother() throws {
    for transport in Transport.allCases {
      let (first, second) = (try context.socket(.pull), try context.socket(.pull))
      let endpoint = try first.bind(transport.newEndpoint())
      try first.unbind(endpoint)
      // libzmq closes a listener in the background.
      waitUntil("the second binding") { thrownCode { try second.bind(endpoint) } == nil }
    }
  }

  func testUnbindRefusesTheWildcardText() throws {
    let socket = try context.socket(.pull)
    try socket.bind("tcp://127.0.0.1:*")
    let error = assertThrows(.noSuchFileOrDirectory) { try socket.unbind("tcp://127.0.0.1:*") }
    XCTAssertEqual(error?.subject, "tcp://127.0.0.1:*")
  }

  func testDisconnectEndsTheConnection() throws {
    for transport in Transport.allCases {
      let pull = try context.socket(.pull)
      let endpoint = try pull.bind(transport.newEndpoint())
      let push = try context.socket(.push)
      try push.connect(endpoint)
      try push.send("connected")
      XCTAssertEqual(try next(pull), "connected")
      try push.disconnect(endpoint)
      try waitUntil("the end of the connection") { try !push.sendIfReady("late") }
    }
  }

  func testDisconnectFromWhereNothingIsConnectedIsRefused() throws {
    for transport in Transport.allCases {
      let socket = try context.socket(.push)
      let endpoint = transport == .tcp ? "tcp://127.0.0.1:1" : transport.newEndpoint()
      let error = assertThrows(.noSuchFileOrDirectory) { try socket.disconnect(endpoint) }
      XCTAssertEqual(error?.subject, endpoint)
    }
  }

  func testConnectAgainAfterDisconnect() throws {
    for transport in Transport.allCases {
      let pull = try context.socket(.pull)
      let endpoint = try pull.bind(transport.newEndpoint())
      let push = try context.socket(.push)
      for number in 0..<5 {
        try push.connect(endpoint)
        try push.send("\(number)")
        XCTAssertEqual(try next(pull), Message("\(number)"))
        try push.disconnect(endpoint)
      }
    }
  }
}
