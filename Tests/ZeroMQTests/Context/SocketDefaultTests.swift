import XCTest
import ZeroMQ

/// The options that a context's new sockets begin with.
final class SocketDefaultTests: ZeroMQTestCase {
  func testEverySocketBeginsWithADefault() throws {
    var configuration = Context.Configuration()
    configuration.setDefault(.linger, to: .milliseconds(500))
    configuration.setDefault(.sendHighWaterMark, to: 10)
    configuration.setDefault(.receiveTimeout, to: .milliseconds(5))
    configuration.setDefault(.maximumMessageSize, to: 1 << 20)
    let context = try Context(configuration)
    for type in SocketType.all {
      let socket = try context.socket(ofType: type)
      XCTAssertEqual(try socket.get(.linger), .milliseconds(500), "\(type)")
      XCTAssertEqual(try socket.get(.sendHighWaterMark), 10, "\(type)")
      XCTAssertEqual(try socket.get(.maximumMessageSize), 1 << 20, "\(type)")
    }
    let pull = try context.socket(.pull)
    assertThrows(.wouldBlock) { _ = try pull.receive() }
    try pull.set(.receiveTimeout, to: nil)
    XCTAssertNil(try pull.get(.receiveTimeout))
  }

  func testDefaultOfOneTypeIsForThatTypeAlone() throws {
    var configuration = Context.Configuration()
    configuration.setDefault(.routerMandatory, to: true, for: .router)
    configuration.setDefault(.sendHighWaterMark, to: 10)
    configuration.setDefault(.sendHighWaterMark, to: 20, for: .pub)
    configuration.setDefault(.conflate, to: true, for: .sub)
    let context = try Context(configuration)
    let router = try context.socket(.router)
    assertThrows(.hostUnreachable) { try router.send(["nobody", "lost"]) }
    XCTAssertEqual(try context.socket(.pub).get(.sendHighWaterMark), 20)
    XCTAssertEqual(try context.socket(.push).get(.sendHighWaterMark), 10)
    XCTAssertTrue(try context.socket(.sub).get(.conflate))
    XCTAssertFalse(try context.socket(.dealer).get(.conflate))
  }

  /// The sockets that a monitor is made of keep what they need.
  func testMonitorsAndProxiesDoNotHaveTheDefaults() throws {
    var configuration = Context.Configuration(blocky: false)
    configuration.setDefault(.receiveTimeout, to: .milliseconds(1))
    configuration.setDefault(.receiveHighWaterMark, to: 1)
    let context = try Context(configuration)
    let rep = try context.socket(.rep)
    let monitor = try rep.monitor()
    let req = try context.socket(.req)
    try req.connect(try rep.bind(Transport.tcp.newEndpoint()))
    while try monitor.receive().kind != .handshakeSucceeded {}
  }

  func testInvalidDefaultIsThrownByTheSocketThatItIsFor() throws {
    var configuration = Context.Configuration()
    configuration.setDefault(.routingID, to: "", for: .dealer)
    let context = try Context(configuration)
    XCTAssertNoThrow(try context.socket(.pair))
    let error = assertThrows(.invalidArgument) { _ = try context.socket(.dealer) }
    XCTAssertEqual(error?.subject, "ZMQ_ROUTING_ID")
    XCTAssertEqual("\(context)", "context (open, 0 sockets)")
  }

  func testConfigurationsWithTheSameDefaultsAreEqual() {
    func configuration(_ linger: Duration?) -> Context.Configuration {
      var configuration = Context.Configuration()
      configuration.setDefault(.linger, to: linger)
      return configuration
    }
    XCTAssertEqual(configuration(.zero), configuration(.zero))
    XCTAssertEqual(configuration(.zero).hashValue, configuration(.zero).hashValue)
    XCTAssertNotEqual(configuration(.zero), configuration(nil))
    XCTAssertNotEqual(configuration(.zero), Context.Configuration())
  }
}
