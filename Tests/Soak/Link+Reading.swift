import ZeroMQ

extension Link {
  /// Receives until all streams have ended, in every way that there is.
  ///
  /// - Parameters:
  ///   - worker: what to tell about it.
  ///   - isOnlyReader: whether no other task receives from the same socket.
  func read(_ worker: Worker, isOnlyReader: Bool) async throws {
    while !hasReceivedAll {
      switch Int.random(in: 0..<(isNervous ? 8 : 6), using: &random) {
      // Between several loops a message may be overtaken: a task that is on another executor than its actor goes to it anew each time.
      case 1 where isOnlyReader:
        worker.note(.iterating)
        var count = Int.random(in: 1...8, using: &random)
        for try await message in socket.messages {
          try record(message)
          worker.advance()
          count -= 1
          if count == 0 || hasReceivedAll { break }
        }
      case 0, 1:
        worker.note(.receiving)
        try record(try await socket.receive())
      case 2, 3:
        worker.note(.receivingFrames)
        try await readFrames()
      case 4:
        worker.note(.waitingUntilReadable)
        let events = try await socket.wait(for: .readable, timeout: timeout)
        guard events == .readable || isNervous else { throw Fault("\(name) waited for a message and got \(events)") }
        while let message = try socket.receiveIfReady() { try record(message) }
      case 5:
        worker.note(.polling)
        var poller = Poller()
        poller.add(socket, for: .readable)
        let ready = try await poller.wait(timeout: timeout)
        if ready.contains(socket), let message = try socket.receiveIfReady() { try record(message) }
      default:
        worker.note(.receivingInTime)
        if let message = try await socket.receive(timeout: .microseconds(Int.random(in: 0...2000, using: &random))) {
          try record(message)
        }
      }
      // Wherever it waited, the task is back where the socket is.
      checkIsolation()
      worker.advance()
      if random.isOne(in: 300) {
        worker.note(.resting)
        try await rest()
      }
    }
    worker.note(.finished)
  }

  /// Lets the other side come to its high-water mark.
  func rest() async throws {
    try await Task.sleep(for: .microseconds(Int.random(in: 0...1500, using: &random)))
    // Swift 6.3.1, when it optimizes, does not come back to the actor at the end of a function that ends with the sleep.
    rests += 1
  }

  /// How long a wait lasts at most.
  private var timeout: Duration? {
    isNervous ? .microseconds(Int.random(in: 0...3000, using: &random)) : nil
  }

  /// Receives one message frame by frame.
  private func readFrames() async throws {
    var frame = UniqueFrame()
    var inspection = Draft.Inspection()
    try await socket.receive(into: &frame)
    var peer: Frame?
    if isRouter {
      peer = Frame(copying: frame.bytes)
      try await socket.receive(into: &frame)
    }
    inspection.add(frame.bytes)
    while frame.hasMore {
      // The rest is there: nothing comes in between, and a cancellation waits.
      if random.isOne(in: 2) {
        try await socket.receive(into: &frame)
      } else {
        guard try socket.receiveIfReady(into: &frame) else { throw Fault("\(name) received half a message") }
      }
      inspection.add(frame.bytes)
    }
    try record(try inspection.result(), from: peer)
  }
}
