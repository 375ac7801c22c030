import ZeroMQ

extension Link {
  /// Sends one of the streams, in every way that there is.
  func write(_ index: Int, _ worker: Worker) async throws {
    while !outgoing[index].hasEnded {
      let draft = draft(index)
      do {
        let isSent = try await send(draft, to: outgoing[index].peer, worker)
        checkIsolation()
        if isSent {
          noteSent(draft, of: index)
          worker.advance()
        } else {
          round.countRefusal()
        }
      } catch let error as ZeroMQError {
        // A ROUTER learns who is there with their first message.
        guard error.code == .hostUnreachable, let peer = outgoing[index].peer, !knows(peer) else { throw error }
        worker.note(.resting)
        try await rest()
      }
      if random.isOne(in: 500) {
        worker.note(.resting)
        try await rest()
      }
    }
    worker.note(.finished)
  }

  /// Sends a message, if that is possible in time.
  private func send(_ draft: Draft, to peer: Frame?, _ worker: Worker) async throws -> Bool {
    let envelope = peer.map { [$0] } ?? []
    switch Int.random(in: 0..<(isNervous ? 9 : 7), using: &random) {
    case 0 where peer == nil && draft.frames.count == 1:
      worker.note(.sendingBytes)
      let bytes = draft.frames[0]
      if random.isOne(in: 2) { try await socket.send(bytes) } else { try await socket.send(bytes.span) }
      return true
    case 0, 1:
      worker.note(.sending)
      try await socket.send(Message(envelope + draft.frames.map { Frame(copying: $0) }))
      return true
    case 2, 3:
      worker.note(.sendingFrames)
      try await sendFrames(draft, to: peer)
      return true
    case 4:
      worker.note(.waitingUntilWritable)
      return try await sendWhenWritable(Message(envelope + draft.frames.map { Frame(copying: $0) }))
    case 5:
      worker.note(.polling)
      var poller = Poller()
      poller.add(socket, for: .writable)
      _ = try await poller.wait()
      return try await sendOrYield(Message(envelope + draft.frames.map { Frame(copying: $0) }))
    case 6:
      worker.note(.sending)
      let message = Message(envelope + draft.frames.map { Frame(copying: $0) })
      if try socket.sendIfReady(message) { return true }
      round.countRefusal()
      try await socket.send(message)
      return true
    default:
      worker.note(.sendingInTime)
      let timeout = Duration.microseconds(Int.random(in: 0...2000, using: &random))
      return try await socket.send(Message(envelope + draft.frames.map { Frame(copying: $0) }), timeout: timeout)
    }
  }

  private func sendWhenWritable(_ message: Message) async throws -> Bool {
    guard try await socket.wait(for: [.writable]) == .writable else { throw Fault("\(name) waited for nothing") }
    return try await sendOrYield(message)
  }

  /// Sends a message if that needs no waiting; a ROUTER calls itself writable even if the peer that it is for has no room.
  private func sendOrYield(_ message: Message) async throws -> Bool {
    if try socket.sendIfReady(message) { return true }
    if isRouter { try await rest() }
    return false
  }

  /// Sends one message frame by frame.
  private func sendFrames(_ draft: Draft, to peer: Frame?) async throws {
    if let peer { try await socket.send(UniqueFrame(peer), more: true) }
    for (index, bytes) in draft.frames.enumerated() {
      let hasMore = index < draft.frames.count - 1
      // Once begun, a message goes on without waiting, and a cancellation waits.
      if random.isOne(in: 2) || index == 0 {
        try await socket.send(UniqueFrame(copying: bytes), more: hasMore)
      } else {
        var frame = UniqueFrame(copying: bytes)
        guard try socket.sendIfReady(&frame, more: hasMore) else { throw Fault("\(name) sent half a message") }
      }
    }
  }
}
