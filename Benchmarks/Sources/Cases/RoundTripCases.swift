import CBaseline
import ZeroMQ

extension Workload {
  /// Two threads; a REQ asks, a REP sends back what it received.
  ///
  /// Each setting is run with the threads on any core and on one.
  static let roundTrip = Workload(
    name: "roundtrip", number: 3, title: "round trip, REQ to REP and back, two threads", unit: "round trip",
    settings: [.inproc, .tcp].flatMap { transport in
      sizes.flatMap { [Setting(transport, $0), Setting(transport, $0, isPinned: true)] }
    },
    cases: [
      Case("zmq_msg_t", c: baseline_roundtrip_message),
      Case("buffers", c: baseline_roundtrip_buffer),
      Case("UniqueFrame", goals: [Goal(.cpu, 1.03)]) { try roundTrips($0, $1, ask: askFrames, serve: serveFrames) },
      Case("Message", goals: [Goal(.cpu, 1.18)]) { try roundTrips($0, $1, ask: askMessages, serve: serveMessages) },
      Case("UniqueFrame, spinning 100 µs") {
        try roundTrips(
          $0, $1,
          ask: { socket, payload, count in
            socket.spinTime = .microseconds(100)
            return try askFrames(socket, payload, count)
          },
          serve: { socket, count in
            socket.spinTime = .microseconds(100)
            try serveFrames(socket, count)
          })
      },
    ] + asyncRoundTrips)
}

private func roundTrips(
  _ setting: Setting, _ count: Int,
  ask: (_ socket: ReqSocket, _ payload: [UInt8], _ count: Int) throws -> Int,
  serve: @escaping @Sendable (_ socket: RepSocket, _ count: Int) throws -> Void
) throws -> Time {
  let context = try Context()
  let req = try context.socket(.req)
  let endpoint = try req.bind(setting.transport.endpoint)
  let warmUp = Int(baseline_warm_up(setting.size))
  let server = Worker {
    let rep = try context.socket(.rep)
    try rep.connect(endpoint)
    try serve(rep, warmUp + count)
  }
  let payload = [UInt8](repeating: 1, count: setting.size)
  _ = try ask(req, payload, warmUp)
  let start = baseline_now()
  let sum = try ask(req, payload, count)
  let time = baseline_now() - start
  try expect(sum, count)
  try server.join()
  req.close()
  try context.terminate()
  return time
}

private func askFrames(_ socket: ReqSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  var reply = UniqueFrame()
  for _ in 0..<count {
    try socket.send(UniqueFrame(copying: payload.span.bytes), more: false)
    try socket.receive(into: &reply)
    sum += lastByte(reply.bytes)
  }
  return sum
}

private func serveFrames(_ socket: RepSocket, _ count: Int) throws {
  var frame = UniqueFrame()
  for _ in 0..<count {
    try socket.receive(into: &frame)
    try socket.send(&frame, more: false)
  }
}

private func askMessages(_ socket: ReqSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try socket.send(payload)
    let reply = try socket.receive()
    sum += reply.count
  }
  return sum
}

private func serveMessages(_ socket: RepSocket, _ count: Int) throws {
  for _ in 0..<count { try socket.send(try socket.receive()) }
}
