import CBaseline
import ZeroMQ

extension Workload {
  /// One task; a PAIR sends, another receives, and neither ever has to wait.
  static let asyncPairs: [Case] = [
    Case("async UniqueFrame", goals: [Goal(.instructions, 1.2) { $0.size == 64 }]) { try onPair($0, $1, exchangeFrames) },
    Case("async bytes sent, Message received", goals: [Goal(.instructions, 1.25) { $0.size == 64 }]) {
      try onPair($0, $1, receiveMessages)
    },
    Case("async bytes sent, received with a timeout", goals: [moreThanReceived(200)]) {
      try onPair($0, $1, receiveMessagesInTime)
    },
    Case("async bytes sent, messages iterated", goals: [moreThanReceived(100)]) { try onPair($0, $1, iterateMessages) },
    Case("async Message built, sent, received") { try onPair($0, $1, exchangeMessages) },
  ]

  /// One task; a ROUTER sends back what it received as it is.
  static let asyncEnvelopesForwarded: [Case] = [
    Case("async Message") { try withEnvelopes($0, $1, forward) }
  ]

  /// One task; a ROUTER takes what it received apart and puts another message together.
  static let asyncEnvelopesApart: [Case] = [
    Case("async Message") { try withEnvelopes($0, $1, takeApart) }
  ]

  /// One task; a PUB sends one message, each of eight SUBs receives it.
  static let asyncFanouts: [Case] = [
    Case("async UniqueFrame") { try withSubscribers($0, $1, publishFrames) },
    Case("async Message") { try withSubscribers($0, $1, publishMessages) },
  ]

  /// One task; large messages, whose bytes are copied in.
  static let asyncLargeCopied: [Case] = [
    Case("async UniqueFrame") { try onPair($0, $1, exchangeFrames) },
    Case("async Message") { try onPair($0, $1, receiveMessages) },
  ]

  /// One task; large messages, whose bytes are lent to libzmq.
  static let asyncLargeAdopted: [Case] = [
    Case("async UniqueFrame") { try onPair($0, $1, exchangeAdoptingFrames) },
    Case("async Message") { try onPair($0, $1, exchangeAdoptingMessages) },
  ]
}

private func moreThanReceived(_ instructions: Double) -> Goal {
  Goal(.instructions, 1, of: "async bytes sent, Message received", more: instructions)
}

private func onPair(
  _ setting: Setting, _ count: Int,
  _ exchange: @escaping @Sendable (PairSocket, PairSocket, _ payload: [UInt8], _ count: Int) async throws -> Int
) throws -> Time {
  try inOneTask(setting, count) { context, exchangeAll in
    let sender = try context.socket(.pair)
    try sender.bind(setting.transport.endpoint)
    let receiver = try context.socket(.pair)
    try receiver.connect(setting.transport.endpoint)
    return try await exchangeAll { try await exchange(sender, receiver, $0, $1) }
  }
}

private func withEnvelopes(
  _ setting: Setting, _ count: Int,
  _ exchange: @escaping @Sendable (DealerSocket, RouterSocket, _ payload: [UInt8], _ count: Int) async throws -> Int
) throws -> Time {
  try inOneTask(setting, count) { context, exchangeAll in
    let router = try context.socket(.router)
    try router.bind(setting.transport.endpoint)
    let dealer = try context.socket(.dealer)
    try dealer.connect(setting.transport.endpoint)
    return try await exchangeAll { try await exchange(dealer, router, $0, $1) }
  }
}

private func withSubscribers(
  _ setting: Setting, _ count: Int,
  _ exchange: @escaping @Sendable (PubSocket, [SubSocket], _ payload: [UInt8], _ count: Int) async throws -> Int
) throws -> Time {
  try inOneTask(setting, count, receivers: Workload.subscriberCount) { context, exchangeAll in
    let publisher = try context.socket(.pub)
    let subscribers = try subscribed(to: publisher, setting)
    return try await exchangeAll { try await exchange(publisher, subscribers, $0, $1) }
  }
}

/// Runs a case in a task of its own: `work` makes the sockets, and has what is to be repeated timed.
private func inOneTask(
  _ setting: Setting, _ count: Int, receivers: Int = 1,
  _ work:
    @escaping @Sendable (Context, _ time: (_ exchange: ([UInt8], Int) async throws -> Int) async throws -> Time)
    async throws -> Time
) throws -> Time {
  let context = try Context()
  let time = try AsyncWork.run(on: SocketExecutor()) {
    try await work(context) { exchange in
      let payload = [UInt8](repeating: 1, count: setting.size)
      _ = try await exchange(payload, Int(baseline_warm_up(setting.size)))
      let start = baseline_now()
      let sum = try await exchange(payload, count)
      let time = withExtendedLifetime(payload) { baseline_now() - start }
      try expect(sum, receivers * count)
      return time
    }
  }
  try context.terminate()
  return time
}

private func exchangeFrames(
  _ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int
) async throws -> Int {
  var sum = 0
  var sent = UniqueFrame()
  var received = UniqueFrame()
  for _ in 0..<count {
    sent = UniqueFrame(copying: payload.span.bytes)
    try await sender.send(&sent, more: false)
    try await receiver.receive(into: &received)
    sum += lastByte(received.bytes)
  }
  return sum
}

private func receiveMessages(
  _ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int
) async throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try await sender.send(payload.span)
    let message = try await receiver.receive()
    sum += message.count
  }
  return sum
}

private func receiveMessagesInTime(
  _ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int
) async throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try await sender.send(payload.span)
    guard let message = try await receiver.receive(timeout: .seconds(60)) else { return sum }
    sum += message.count
  }
  return sum
}

private func iterateMessages(
  _ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int
) async throws -> Int {
  var sum = 0
  try await sender.send(payload.span)
  for try await message in receiver.messages {
    sum += message.count
    if sum == count { break }
    try await sender.send(payload.span)
  }
  return sum
}

private func exchangeMessages(
  _ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int
) async throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try await sender.send(Message(copying: payload))
    let message = try await receiver.receive()
    sum += message.count
  }
  return sum
}

private func forward(_ dealer: DealerSocket, _ router: RouterSocket, _ payload: [UInt8], _ count: Int) async throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try await dealer.send(["", Frame(copying: payload)])
    try await router.send(try await router.receive())
    let reply = try await dealer.receive()
    sum += reply.count - 1
  }
  return sum
}

private func takeApart(_ dealer: DealerSocket, _ router: RouterSocket, _ payload: [UInt8], _ count: Int) async throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try await dealer.send(["", Frame(copying: payload)])
    var message = try await router.receive()
    let peer = message.removeFirst()
    try await router.send([peer, "", message[1]])
    let reply = try await dealer.receive()
    sum += reply.count - 1
  }
  return sum
}

private func publishFrames(
  _ publisher: PubSocket, _ subscribers: [SubSocket], _ payload: [UInt8], _ count: Int
) async throws -> Int {
  var sum = 0
  var received = UniqueFrame()
  for _ in 0..<count {
    try await publisher.send(UniqueFrame(copying: payload.span.bytes), more: false)
    for subscriber in subscribers {
      try await subscriber.receive(into: &received)
      sum += lastByte(received.bytes)
    }
  }
  return sum
}

private func publishMessages(
  _ publisher: PubSocket, _ subscribers: [SubSocket], _ payload: [UInt8], _ count: Int
) async throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try await publisher.send(payload)
    for subscriber in subscribers {
      let message = try await subscriber.receive()
      sum += message.count
    }
  }
  return sum
}

private func exchangeAdoptingFrames(
  _ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int
) async throws -> Int {
  var sum = 0
  var received = UniqueFrame()
  for _ in 0..<count {
    try await sender.send(UniqueFrame(adopting: lent) { _ in }, more: false)
    try await receiver.receive(into: &received)
    sum += lastByte(received.bytes)
  }
  return sum
}

private func exchangeAdoptingMessages(
  _ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int
) async throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try await sender.send(Frame(adopting: lent) { _ in })
    let message = try await receiver.receive()
    sum += message.count
  }
  return sum
}
