import XCTest
import ZeroMQ

/// A test that reads events.
class MonitorTestCase: ZeroMQTestCase {
  /// Receives events until one fits, which must come in time.
  @discardableResult
  func events(
    _ monitor: Monitor, until fits: (MonitorEvent) -> Bool, file: StaticString = #filePath, line: UInt = #line
  ) throws -> [MonitorEvent] {
    var events: [MonitorEvent] = []
    let end = ContinuousClock.now + Self.patience
    while let event = try monitor.receive(timeout: end - .now) {
      events.append(event)
      if fits(event) { return events }
    }
    XCTFail("the event did not come; others: \(events.suffix(20))", file: file, line: line)
    return events
  }

  /// The next event of one kind, as what the closure makes of it.
  func next<Value>(
    _ monitor: Monitor, file: StaticString = #filePath, line: UInt = #line, _ value: (MonitorEvent) -> Value?
  ) throws -> Value {
    var found: Value?
    try events(
      monitor,
      until: {
        found = value($0)
        return found != nil
      }, file: file, line: line)
    return try XCTUnwrap(found, file: file, line: line)
  }

  /// A port of this machine at which nobody listens.
  func freeEndpoint() throws -> String {
    let socket = try context.socket(.pull)
    let endpoint = try socket.bind("tcp://127.0.0.1:*")
    try socket.unbind(endpoint)
    return endpoint
  }

  /// Lets a socket be a CURVE server with a fixed key.
  func makeCurveServer(_ socket: Socket<some SocketKind>) throws {
    let socket = AnySocket(socket)
    try socket.set(.curveServer, to: true)
    try socket.set(.curveSecretKey, to: CurveSecretKey(z85: "u9rc>{S$73<Y-<E<WV3sVFFjqDQ?cp}P9B(5TFcY"))
  }

  /// Lets a socket be a CURVE client with a fixed key.
  func makeCurveClient(_ socket: Socket<some SocketKind>, of serverKey: String = serverKey) throws {
    let socket = AnySocket(socket)
    try socket.set(.curveServerKey, to: CurvePublicKey(z85: serverKey))
    try socket.set(.curvePublicKey, to: CurvePublicKey(z85: "ut9dhC48[TQG4O+ThxQKM?0]A-byEwzL<zYL&}19"))
    try socket.set(.curveSecretKey, to: CurveSecretKey(z85: "Td@zpJo!y>cps4l=pV+JH:N}%X.u.M3/t-YFUeM/"))
  }

  static let serverKey = "/77)<iSYO:@@l$M?V/9{=n>ZCvxZS]nMUXLl&8J("
  static let anotherKey = "LYy-id9=}!z@dm/zv!9ObwGMWkIC8eWKl0kl2.lW"
}
