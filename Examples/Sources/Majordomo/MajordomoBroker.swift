public import ZeroMQ

/// The decisions of a Majordomo broker (MDP/0.1), without its socket: messages go in, and the messages to send come out.
///
/// So the same broker serves a blocking loop, an actor, or a test. The messages are those of a ROUTER, with the peer's routing ID as
/// first frame.
///
/// Requests are kept in memory until their service has a free worker. A request is lost if its worker dies while it works on it, or
/// if the broker dies; the client asks again.
public struct MajordomoBroker {
  private struct Worker {
    let service: Frame
    var deadline: ContinuousClock.Instant
  }

  private struct Service {
    /// The requests that wait for a worker, each with its client's envelope.
    var requests = Fifo<Message>()
    /// The free workers, the one that has been free for longest first.
    var freeWorkers: [Frame] = []
    /// The number of workers, free or busy.
    var workerCount = 0
  }

  private var services: [Frame: Service] = [:]
  private var workers: [Frame: Worker] = [:]
  private let interval: Duration
  private let liveness: Int

  /// The time at which ``heartbeats(at:)`` has something to do.
  public private(set) var nextHeartbeat: ContinuousClock.Instant

  /// Creates a broker that knows no workers yet.
  ///
  /// - Parameters:
  ///   - heartbeat: The time between two heartbeats.
  ///   - liveness: The number of such times after which a silent free worker is forgotten.
  ///   - now: The current time.
  public init(heartbeat: Duration = .milliseconds(2500), liveness: Int = 3, at now: ContinuousClock.Instant = .now) {
    interval = heartbeat
    self.liveness = liveness
    nextHeartbeat = now + heartbeat
  }

  /// Handles a message from a client or worker.
  ///
  /// - Returns: The messages to send, in order.
  /// - Throws: ``MDP/Violation`` for a message that is not one of MDP/0.1; it is without effect.
  public mutating func receive(_ message: Message, at now: ContinuousClock.Instant = .now) throws(MDP.Violation) -> [Message] {
    guard message.count >= 4, message[1].isEmpty else { throw MDP.Violation(message: message) }
    switch message[2] {
    case MDP.client: return try receiveFromClient(message, at: now)
    case MDP.worker: return try receiveFromWorker(message, at: now)
    default: throw MDP.Violation(message: message)
    }
  }

  /// Forgets silent workers and returns heartbeats for the free ones, if it is time.
  public mutating func heartbeats(at now: ContinuousClock.Instant = .now) -> [Message] {
    guard now >= nextHeartbeat else { return [] }
    nextHeartbeat = now + interval
    forgetSilentWorkers(at: now)
    return services.values.flatMap(\.freeWorkers).map { command(.heartbeat, to: $0) }
  }

  /// Handles [client, "", header, service, body...].
  private mutating func receiveFromClient(_ message: Message, at now: ContinuousClock.Instant) throws(MDP.Violation) -> [Message] {
    guard message.count >= 5 else { throw MDP.Violation(message: message) }
    let service = message[3]
    if service.isReserved {
      var code: Frame = "501"
      if service == "mmi.service" {
        forgetSilentWorkers(at: now)
        code = services[message[message.count - 1]].map { $0.workerCount > 0 } == true ? "200" : "404"
      }
      return [message.dropLast() + [code]]
    }
    services[service, default: Service()].requests.append([message[0], ""] + message[4...])
    return dispatch(service, at: now)
  }

  /// Handles [worker, "", header, command, ...].
  private mutating func receiveFromWorker(_ message: Message, at now: ContinuousClock.Instant) throws(MDP.Violation) -> [Message] {
    let (id, isKnown) = (message[0], workers[message[0]] != nil)
    switch MDP.Command(message[3]) {
    case .ready where message.count == 5:
      guard !isKnown, !message[4].isReserved else { return disconnect(id) }
      workers[id] = Worker(service: message[4], deadline: now)
      services[message[4], default: Service()].workerCount += 1
      return free(id, at: now)
    case .reply where message.count >= 6 && message[5].isEmpty:
      guard let service = workers[id]?.service else { return disconnect(id) }
      return [[message[4], "", MDP.client, service] + message[6...]] + free(id, at: now)
    case .heartbeat:
      guard isKnown else { return disconnect(id) }
      let deadline = now + interval * liveness
      workers[id]?.deadline = deadline
      return []
    case .disconnect:
      forget(id)
      return []
    default:
      throw MDP.Violation(message: message)
    }
  }

  /// Gives a worker that has become free its next request, or lets it wait for one.
  private mutating func free(_ id: Frame, at now: ContinuousClock.Instant) -> [Message] {
    guard let service = workers[id]?.service else { return [] }
    let deadline = now + interval * liveness
    workers[id]?.deadline = deadline
    if services[service]?.freeWorkers.contains(id) == false { services[service]?.freeWorkers.append(id) }
    return dispatch(service, at: now)
  }

  /// Gives requests of a service to its free workers.
  private mutating func dispatch(_ service: Frame, at now: ContinuousClock.Instant) -> [Message] {
    var messages: [Message] = []
    while services[service]?.requests.isEmpty == false, let worker = takeFreeWorker(of: service, at: now),
      let request = services[service]?.requests.popFirst()
    {
      messages.append(command(.request, to: worker) + request)
    }
    return messages
  }

  private mutating func takeFreeWorker(of service: Frame, at now: ContinuousClock.Instant) -> Frame? {
    while let id = services[service]?.freeWorkers.first {
      if let worker = workers[id], worker.deadline > now {
        services[service]?.freeWorkers.removeFirst()
        return id
      }
      forget(id)
    }
    return nil
  }

  /// Forgets the free workers whose time has passed; a busy one is silent, since it works.
  private mutating func forgetSilentWorkers(at now: ContinuousClock.Instant) {
    for id in services.values.flatMap(\.freeWorkers) {
      if let worker = workers[id], worker.deadline <= now { forget(id) }
    }
  }

  private mutating func forget(_ id: Frame) {
    guard let service = workers.removeValue(forKey: id)?.service else { return }
    services[service]?.freeWorkers.removeAll { $0 == id }
    services[service]?.workerCount -= 1
  }

  private mutating func disconnect(_ id: Frame) -> [Message] {
    forget(id)
    return [command(.disconnect, to: id)]
  }

  private func command(_ command: MDP.Command, to worker: Frame) -> Message {
    [worker, "", MDP.worker, command.frame]
  }
}

extension Frame {
  /// A Boolean value that indicates whether the frame names a service of the broker itself.
  fileprivate var isReserved: Bool { starts(with: "mmi.".utf8) }
}
