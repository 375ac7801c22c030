import ZeroMQ

/// Several links in the hands of one task, which sends and receives what is ready and otherwise waits for all of them at once.
enum Loner {
  static func run(_ links: [Link], _ worker: Worker) async throws {
    while links.contains(where: { !$0.hasReceivedAll || !$0.hasSentAll }) {
      var isAnyReady = false
      var poller = Poller()
      for link in links {
        if try step(link) { isAnyReady = true }
        var events: PollEvents = link.hasReceivedAll ? [] : .readable
        if !link.hasSentAll { events.insert(.writable) }
        if !events.isEmpty { poller.add(link.socket, for: events) }
      }
      worker.advance()
      guard !isAnyReady, !poller.isEmpty else { continue }
      worker.note(.polling)
      // What is looked for was not there a moment ago, and nobody else uses the sockets: the wait is a real one.
      _ = try await poller.wait()
    }
    worker.note(.finished)
  }

  /// Sends and receives something without waiting.
  ///
  /// - Returns: whether there was something.
  private static func step(_ link: Link) throws -> Bool {
    var isReady = false
    for index in link.outgoing.indices where !link.outgoing[index].hasEnded {
      let draft = link.draft(index)
      let envelope = link.outgoing[index].peer.map { [$0] } ?? []
      if try link.socket.sendIfReady(Message(envelope + draft.frames.map { Frame(copying: $0) })) {
        link.noteSent(draft, of: index)
        isReady = true
      } else {
        link.round.countRefusal()
      }
    }
    while !link.hasReceivedAll, let message = try link.socket.receiveIfReady() {
      try link.record(message)
      isReady = true
      if link.random.isOne(in: 4) { break }
    }
    return isReady
  }
}
