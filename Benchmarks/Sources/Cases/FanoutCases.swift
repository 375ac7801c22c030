import CBaseline
import ZeroMQ

extension Workload {
  /// One thread; a PUB sends one message, each of eight SUBs receives it.
  static let fanout = Workload(
    name: "fanout", number: 5, title: "PUB to 8 SUBs, one thread", unit: "message to all 8",
    settings: [Setting(.inproc, 64), Setting(.inproc, 1024)],
    cases: [
      Case("zmq_msg_t", c: baseline_fanout_message),
      Case("buffers", c: baseline_fanout_buffer),
      Case("UniqueFrame") { try toSubscribers($0, $1, publishFrames) },
      Case("Message") { try toSubscribers($0, $1, publishMessages) },
    ] + asyncFanouts)

  /// How many sockets each message is received by.
  static let subscriberCount = 8
}

private func toSubscribers(
  _ setting: Setting, _ count: Int,
  _ exchange: (_ publisher: PubSocket, _ subscribers: [SubSocket], _ payload: [UInt8], _ count: Int) throws -> Int
) throws -> Time {
  let context = try Context()
  let publisher = try context.socket(.pub)
  let subscribers = try subscribed(to: publisher, setting)
  let payload = [UInt8](repeating: 1, count: setting.size)
  _ = try exchange(publisher, subscribers, payload, Int(baseline_warm_up(setting.size)))
  let start = baseline_now()
  let sum = try exchange(publisher, subscribers, payload, count)
  let time = baseline_now() - start
  try expect(sum, Workload.subscriberCount * count)
  for subscriber in subscribers { subscriber.close() }
  publisher.close()
  try context.terminate()
  return time
}

/// Binds a publisher, and makes its subscribers.
func subscribed(to publisher: PubSocket, _ setting: Setting) throws -> [SubSocket] {
  try publisher.bind(setting.transport.endpoint)
  let subscribers = try (0..<Workload.subscriberCount).map { _ in
    let subscriber = try publisher.context.socket(.sub)
    // As in C, and for the reason given there.
    try subscriber.set(.receiveHighWaterMark, to: 0)
    try subscriber.subscribe(to: "")
    try subscriber.connect(setting.transport.endpoint)
    return subscriber
  }
  try waitForSubscriptions(publisher, subscribers)
  return subscribers
}

/// Publishes until a message reaches every subscriber; each takes its own at once, so that none is left.
private func waitForSubscriptions(_ publisher: PubSocket, _ subscribers: [SubSocket]) throws {
  let deadline = ContinuousClock.now + .seconds(5)
  var reached = 0
  while reached < subscribers.count {
    guard .now < deadline else {
      throw UnexpectedResult(description: "only \(reached) of \(subscribers.count) subscriptions reached the publisher")
    }
    try publisher.send("")
    reached = 0
    for subscriber in subscribers where try subscriber.receiveIfReady() != nil { reached += 1 }
  }
}

private func publishFrames(_ publisher: PubSocket, _ subscribers: [SubSocket], _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  var received = UniqueFrame()
  for _ in 0..<count {
    try publisher.send(UniqueFrame(copying: payload.span.bytes), more: false)
    for subscriber in subscribers {
      try subscriber.receive(into: &received)
      sum += lastByte(received.bytes)
    }
  }
  return sum
}

private func publishMessages(_ publisher: PubSocket, _ subscribers: [SubSocket], _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try publisher.send(payload)
    for subscriber in subscribers {
      let message = try subscriber.receive()
      sum += message.count
    }
  }
  return sum
}
