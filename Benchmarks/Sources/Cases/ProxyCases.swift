import CBaseline
import ZeroMQ

extension Workload {
  /// Four PUSH send to a proxy, and one PULL receives from it; the time is that in which the proxy runs.
  static let proxying = Workload(
    name: "proxy", number: 10, title: "a proxy between four PUSH and a PULL, their threads included", unit: "message",
    settings: settings,
    cases: [
      Case("zmq_proxy", c: baseline_proxy),
      Case("proxy") { try timeOfProxy($0, $1, frames: 1, captures: false) },
    ])

  /// The same with messages of three frames.
  static let proxyingFrames = Workload(
    name: "proxyframes", number: 10, title: "the same, three frames of a message", unit: "message", settings: settings,
    cases: [
      Case("zmq_proxy", c: baseline_proxy_frames),
      Case("proxy") { try timeOfProxy($0, $1, frames: 3, captures: false) },
    ])

  /// The same with a capture.
  static let proxyingCapture = Workload(
    name: "proxycapture", number: 10, title: "the same, one frame, with a capture", unit: "message", settings: settings,
    cases: [
      Case("zmq_proxy", c: baseline_proxy_capture),
      Case("proxy") { try timeOfProxy($0, $1, frames: 1, captures: true) },
    ])

  private static var settings: [Setting] { [Setting(.inproc, 64), Setting(.tcp, 64)] }
}

private func timeOfProxy(_ setting: Setting, _ count: Int, frames: Int, captures: Bool) throws -> Time {
  let context = try Context()
  func endpoint(_ number: Int) -> String {
    setting.transport == .inproc ? "\(setting.transport.endpoint)\(number)" : setting.transport.endpoint
  }
  let (frontend, backend) = (try context.socket(.pull), try context.socket(.push))
  let (front, back) = (try frontend.bind(endpoint(0)), try backend.bind(endpoint(1)))
  let (receiver, watcher) = (try context.socket(.pull), try context.socket(.pull))
  try receiver.connect(back)
  let capture = try context.socket(.push)
  if captures { try watcher.connect(try capture.bind(endpoint(2))) }
  let proxying = Handover((frontend, backend, captures ? capture : nil))
  let forwarder = Worker {
    let (frontend, backend, capture) = proxying.take()
    let start = baseline_now()
    try proxy(frontend: frontend, backend: backend, capture: capture)
    return baseline_now() - start
  }
  let sender = Worker {
    let sockets = try (0..<4).map { _ in try context.socket(.push) }
    for socket in sockets { try socket.connect(front) }
    let payload = [UInt8](repeating: 1, count: setting.size)
    for index in 0..<count {
      for frame in 1...frames { try sockets[index % 4].send(UniqueFrame(copying: payload.span.bytes), more: frame < frames) }
    }
  }
  var frame = UniqueFrame()
  for _ in 0..<count {
    for _ in 0..<frames { try receiver.receive(into: &frame) }
    if captures { try watcher.receive(into: &frame) }
  }
  try sender.join()
  context.shutdown()
  return try forwarder.join()
}

/// Sockets on their way to another thread, which nobody else uses any more.
private final class Handover<Value>: @unchecked Sendable {
  private let value: Value

  init(_ value: Value) { self.value = value }

  func take() -> Value { value }
}
