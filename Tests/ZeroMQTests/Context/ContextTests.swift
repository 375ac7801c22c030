import Foundation
import XCTest
import ZeroMQ

final class ContextTests: ZeroMQTestCase {
  func testMoreSocketsThanTheMaximumAreRefused() throws {
    let context = try Context(.init(maximumSockets: 3, blocky: false))
    let sockets = try (0..<3).map { _ in try context.socket(.push) }
    assertThrows(.tooManyOpenFiles) { _ = try context.socket(.push) }
    XCTAssertEqual(sockets.count, 3)
  }

  func testSocketsCanBeMadeAgainAfterOthersAreClosed() throws {
    let context = try Context(.init(maximumSockets: 2, blocky: false))
    for _ in 0..<20 {
      var sockets: [PushSocket] = []
      while sockets.count < 2 {
        // libzmq closes a socket in the background, and counts it until then.
        try waitUntil("the making of a socket") {
          do {
            sockets.append(try context.socket(.push))
            return true
          } catch .tooManyOpenFiles {
            return false
          }
        }
      }
    }
  }

  func testContextLivesAsLongAsItsSocket() throws {
    for transport in Transport.allCases {
      func orphan() throws -> sending PullSocket { try Context(.init(blocky: false)).socket(.pull) }
      let pull = try orphan()
      let endpoint = try pull.bind(transport.newEndpoint())
      let push = try pull.context.socket(.push)
      try push.connect(endpoint)
      try push.send("alive")
      XCTAssertEqual(try next(pull), "alive")
    }
  }

  func testManyContextsCanBeMadeAndDropped() throws {
    for _ in 0..<200 {
      let context = try Context(.init(blocky: false))
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try push.connect(try pull.bind("inproc://same"))
      try push.send("x")
      XCTAssertEqual(try next(pull), "x")
    }
  }

  func testManyContextsWithoutSocketsCanBeMadeAndDropped() throws {
    for _ in 0..<200 { _ = try Context() }
  }

  func testInprocNamesAreThoseOfOneContext() throws {
    let other = try Context(.init(blocky: false))
    let (first, second) = (try context.socket(.pull), try other.socket(.pull))
    try first.bind("inproc://name")
    try second.bind("inproc://name")
    let push = try other.socket(.push)
    try push.connect("inproc://name")
    try push.send("to the second")
    XCTAssertEqual(try next(second), "to the second")
    XCTAssertNil(try first.receiveIfReady())
  }

  func testDroppingDoesNotWaitForUnsentMessages() throws {
    for endpoint in ["tcp://127.0.0.1:1", Transport.ipc.newEndpoint(), Transport.inproc.newEndpoint()] {
      let time = try elapsed {
        let context = try Context()
        let push = try context.socket(.push)
        XCTAssertNil(try push.get(.linger))
        try push.connect(endpoint)
        try push.send("never delivered")
      }
      XCTAssertLessThan(time, .seconds(5), endpoint)
    }
  }

  func testDroppingStillDelivers() throws {
    for transport in [Transport.tcp, .ipc] {
      let pull = try context.socket(.pull)
      let endpoint = try pull.bind(transport.newEndpoint())
      try sendAndDrop(to: endpoint)
      for number in 0..<10 { XCTAssertEqual(try next(pull), Message("last words \(number)")) }
    }
  }

  private func sendAndDrop(to endpoint: String) throws {
    let push = try Context().socket(.push)
    try push.connect(endpoint)
    for number in 0..<10 { try push.send("last words \(number)") }
  }

  func testTerminatingWaitsForDelivery() throws {
    let pull = try context.socket(.pull)
    let endpoint = try pull.bind("tcp://127.0.0.1:*")
    let sender = TestThread {
      let context = try Context()
      let push = try context.socket(.push)
      try push.connect(endpoint)
      try push.send(Frame(copying: Array(repeating: 7, count: 5_000_000)))
      push.close()
      try context.terminate()
    }
    XCTAssertEqual(try next(pull).first?.count, 5_000_000)
    try sender.join()
  }

  func testSlotOfAClosedSocketWhosePeerNeverCameIsFreeAgain() throws {
    let context = try Context(.init(maximumSockets: 4, blocky: false))
    for number in 0..<50 {
      // Closing takes effect in the background.
      waitUntil("a free slot") {
        thrownCode {
          let socket = try context.socket(.push)
          defer { socket.close() }
          try socket.connect("inproc://name \(number)")
          try socket.send("to nobody")
        } == nil
      }
    }
    try context.terminate()
  }

  func testSlotOfAClosedSocketIsTakenWhileAnotherWaitsForTheSameName() throws {
    // The context needs a slot for itself.
    let context = try Context(.init(maximumSockets: 4, blocky: false))
    let waiting = try context.socket(.push)
    try waiting.connect("inproc://name")
    func connectAndClose() throws {
      let socket = try context.socket(.push)
      try socket.connect("inproc://name")
      socket.close()
    }
    for _ in 0..<2 { try connectAndClose() }
    assertThrows(.tooManyOpenFiles) { try connectAndClose() }
    waiting.close()
    for _ in 0..<10 { waitUntil("a free slot") { thrownCode(connectAndClose) == nil } }
    try context.terminate()
  }

  func testClosingASocketLeavesThePendingConnectionsOfOthers() throws {
    let (first, second) = (try context.socket(.push), try context.socket(.push))
    for socket in [first, second] { try socket.connect("inproc://name") }
    try second.send("kept")
    first.close()
    let pull = try context.socket(.pull)
    try pull.bind("inproc://name")
    XCTAssertEqual(try next(pull), "kept")
    try pull.unbind("inproc://name")
    try second.disconnect("inproc://name")
  }

  func testMessageOfAClosedSocketLingersForTheBind() throws {
    let (push, pull) = (try context.socket(.push), try context.socket(.pull))
    try push.set(.linger, to: nil)
    try push.connect("inproc://name")
    try push.send("hello")
    push.close()
    try pull.bind("inproc://name")
    XCTAssertEqual(try next(pull), "hello")
  }

  func testPendingConnectionCanBeEndedAndMadeAgain() throws {
    let (push, pull) = (try context.socket(.push), try context.socket(.pull))
    try push.connect("inproc://name")
    try push.disconnect("inproc://name")
    try push.connect("inproc://name")
    try pull.bind("inproc://name")
    try push.send("hello")
    XCTAssertEqual(try next(pull), "hello")
  }
}
