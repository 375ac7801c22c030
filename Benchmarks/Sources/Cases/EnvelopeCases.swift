import CBaseline
import ZeroMQ

extension Workload {
  /// One thread; a DEALER sends ["", body], the ROUTER sends [id, "", body] back as it is, the DEALER receives.
  static let envelopeForward = Workload(
    name: "forward", number: 4, title: "[id, empty, body] forwarded by a ROUTER, one thread", unit: "message there and back",
    settings: [Setting(.inproc, 64)], countedSizes: [64],
    cases: [
      Case("zmq_msg_t", c: baseline_envelope_forward),
      Case("buffers", c: baseline_envelope_buffer),
      Case("UniqueFrame") { try withEnvelopes($0, $1, exchangeFrames) },
      Case("Message", goals: fourMessages) { try withEnvelopes($0, $1, forwardMessages) },
    ] + asyncEnvelopesForwarded)

  /// The same, but the ROUTER takes the message apart and puts another together.
  static let envelopeApart = Workload(
    name: "apart", number: 4, title: "[id, empty, body] taken apart by a ROUTER, one thread", unit: "message there and back",
    settings: [Setting(.inproc, 64)], countedSizes: [64],
    cases: [
      Case("zmq_msg_t", c: baseline_envelope_apart),
      Case("buffers", c: baseline_envelope_buffer),
      Case("UniqueFrame") { try withEnvelopes($0, $1, takeFramesApart) },
      Case("Message", goals: fourMessages) { try withEnvelopes($0, $1, takeMessagesApart) },
      Case("parts sent, Message received", goals: fourMessages) { try withEnvelopes($0, $1, takePartsApart) },
    ] + asyncEnvelopesApart)

  /// The same, but the ROUTER sends another body back.
  static let envelopeReplace = Workload(
    name: "replace", number: 4, title: "[id, empty, body] sent back by a ROUTER with another body, one thread",
    unit: "message there and back", settings: [Setting(.inproc, 64)], countedSizes: [64],
    cases: [
      Case("zmq_msg_t", c: baseline_envelope_replace),
      Case("Message", goals: [Goal(.instructions, 1.25), Goal(.allocations)]) { try withEnvelopes($0, $1, replaceBody) },
    ])
}

/// What may be spent on two messages sent and two received.
private let fourMessages = [Goal(.instructions, 1.2), Goal(.allocations)]

private func withEnvelopes(
  _ setting: Setting, _ count: Int,
  _ exchange: (_ dealer: DealerSocket, _ router: RouterSocket, _ payload: [UInt8], _ count: Int) throws -> Int
) throws -> Time {
  let context = try Context()
  let router = try context.socket(.router)
  try router.bind(setting.transport.endpoint)
  let dealer = try context.socket(.dealer)
  try dealer.connect(setting.transport.endpoint)
  let payload = [UInt8](repeating: 1, count: setting.size)
  _ = try exchange(dealer, router, payload, Int(baseline_warm_up(setting.size)))
  let start = baseline_now()
  let sum = try exchange(dealer, router, payload, count)
  let time = baseline_now() - start
  try expect(sum, count)
  dealer.close()
  router.close()
  try context.terminate()
  return time
}

private func exchangeFrames(_ dealer: DealerSocket, _ router: RouterSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try dealer.send(UniqueFrame(), more: true)
    try dealer.send(UniqueFrame(copying: payload.span.bytes), more: false)
    var peer = UniqueFrame()
    var delimiter = UniqueFrame()
    var body = UniqueFrame()
    try router.receive(into: &peer)
    try router.receive(into: &delimiter)
    try router.receive(into: &body)
    try router.send(peer, more: true)
    try router.send(delimiter, more: true)
    try router.send(body, more: false)
    sum += try receiveFrames(dealer)
  }
  return sum
}

private func takeFramesApart(_ dealer: DealerSocket, _ router: RouterSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try dealer.send(UniqueFrame(), more: true)
    try dealer.send(UniqueFrame(copying: payload.span.bytes), more: false)
    var peer = UniqueFrame()
    var delimiter = UniqueFrame()
    var body = UniqueFrame()
    try router.receive(into: &peer)
    try router.receive(into: &delimiter)
    try router.receive(into: &body)
    try router.send(peer, more: true)
    try router.send(UniqueFrame(), more: true)
    try router.send(body, more: false)
    sum += try receiveFrames(dealer)
  }
  return sum
}

private func receiveFrames(_ dealer: DealerSocket) throws -> Int {
  var delimiter = UniqueFrame()
  var body = UniqueFrame()
  try dealer.receive(into: &delimiter)
  try dealer.receive(into: &body)
  return lastByte(body.bytes)
}

private func forwardMessages(_ dealer: DealerSocket, _ router: RouterSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try dealer.send(["", Frame(copying: payload)])
    try router.send(try router.receive())
    let reply = try dealer.receive()
    sum += reply.count - 1
  }
  return sum
}

private func takeMessagesApart(_ dealer: DealerSocket, _ router: RouterSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try dealer.send(["", Frame(copying: payload)])
    var message = try router.receive()
    let peer = message.removeFirst()
    try router.send([peer, "", message[1]])
    let reply = try dealer.receive()
    sum += reply.count - 1
  }
  return sum
}

private func takePartsApart(_ dealer: DealerSocket, _ router: RouterSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try dealer.send("", payload)
    var message = try router.receive()
    let peer = message.removeFirst()
    try router.send(peer, "", message[1])
    let reply = try dealer.receive()
    sum += reply.count - 1
  }
  return sum
}

private func replaceBody(_ dealer: DealerSocket, _ router: RouterSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try dealer.send(["", Frame(copying: payload)])
    var message = try router.receive()
    message[2] = Frame(copying: payload)
    try router.send(consume message)
    let reply = try dealer.receive()
    sum += reply.count - 1
  }
  return sum
}
