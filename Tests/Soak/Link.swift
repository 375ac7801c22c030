import ZeroMQ

/// A socket with the streams that it sends and receives; belongs to whoever has the socket.
final class Link {
  let name: String
  let socket: AnySocket
  let round: Round

  /// Ends the readers once all streams have been received.
  let readers = Stopper()

  /// Whether waits have timeouts.
  let isNervous: Bool

  var outgoing: [Outgoing]
  private var incoming: [Int: Incoming]
  var random: SeededGenerator
  var rests = 0

  /// A stream that is sent.
  struct Outgoing {
    let stream: Int
    /// The peer of a ROUTER.
    var peer: Frame?
    var sent = 0
    var hasEnded = false
  }

  /// A stream that is received.
  struct Incoming {
    var peer: Frame?
    var received = 0
    var hasEnded = false
  }

  init(
    _ name: String, _ socket: Socket<some SocketKind>, sending: [(stream: Int, peer: Frame?)],
    receiving: [(stream: Int, peer: Frame?)],
    isNervous: Bool, in round: Round, random: SeededGenerator
  ) {
    (self.name, self.socket, self.round) = (name, AnySocket(socket), round)
    (self.isNervous, self.random) = (isNervous, random)
    outgoing = sending.map { Outgoing(stream: $0.stream, peer: $0.peer) }
    incoming = Dictionary(uniqueKeysWithValues: receiving.map { ($0.stream, Incoming(peer: $0.peer)) })
  }

  /// Whether the socket is a ROUTER, which names the peer in a frame of its own.
  var isRouter: Bool { outgoing.contains { $0.peer != nil } }

  var hasReceivedAll: Bool { incoming.values.allSatisfy(\.hasEnded) }

  var hasSentAll: Bool { outgoing.allSatisfy(\.hasEnded) }

  /// Whether anything has come from a ROUTER's peer.
  func knows(_ peer: Frame) -> Bool { incoming.values.contains { $0.peer == peer && ($0.received > 0 || $0.hasEnded) } }

  /// Takes note of a message.
  func record(_ message: Message) throws(Fault) {
    var message = message
    let peer = isRouter ? message.removeFirst() : nil
    var inspection = Draft.Inspection()
    for frame in message { inspection.add(frame.bytes) }
    try record(try inspection.result(), from: peer)
  }

  /// Takes note of a message that was looked at already.
  func record(_ message: (stream: Int, number: Int, isEnd: Bool), from peer: Frame?) throws(Fault) {
    guard var stream = incoming[message.stream], !stream.hasEnded, stream.peer == peer else {
      throw Fault("\(name) received message \(message.number) of stream \(message.stream), which is not its own or has ended")
    }
    guard message.number == stream.received else {
      throw Fault("\(name) received message \(message.number) of stream \(message.stream) instead of \(stream.received)")
    }
    stream.received += 1
    stream.hasEnded = message.isEnd
    incoming[message.stream] = stream
    round.countMessage()
    if message.isEnd, hasReceivedAll { readers.stop() }
  }

  /// The next message of a stream.
  func draft(_ index: Int) -> Draft {
    let stream = outgoing[index]
    let isEnd = stream.sent == round.quota - 1 || round.isOver
    return Draft(stream: stream.stream, number: stream.sent, isEnd: isEnd, using: &random)
  }

  /// Takes note that a message of a stream was sent.
  func noteSent(_ draft: Draft, of index: Int) {
    outgoing[index].sent += 1
    outgoing[index].hasEnded = draft.isEnd
    round.watchdog.move()
  }

  /// Checks that a task that has waited is back where the socket is.
  func checkIsolation(_ isolation: (any Actor)? = #isolation) {
    isolation?.preconditionIsolated()
  }

  /// Checks that nothing was received twice, and closes the socket.
  func finish() throws {
    guard hasReceivedAll, hasSentAll else { throw Fault("\(name) ended too early") }
    guard try socket.receiveIfReady() == nil else { throw Fault("\(name) received something after the end") }
    socket.close()
  }
}
