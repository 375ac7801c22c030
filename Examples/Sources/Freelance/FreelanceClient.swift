public import ZeroMQ

/// A client of several servers that do the same, and of which some may be dead: the Guide's flcliapi, as an actor.
///
/// Each request goes to the first server, in the order of connection, that is believed to be alive. A server that was silent for a while
/// is asked for a sign of life. If it cannot be reached then, or stays silent for longer, its requests go to the next server, so that a
/// service may receive a request several times and must be idempotent. Any number of requests can be under way.
///
/// ```swift
/// let client = try FreelanceClient(in: context)
/// try await withThrowingTaskGroup { group in
///   group.addTask { try await client.run() }
///   try await client.connect(to: "tcp://localhost:5555")
///   let reply = try await client.request("random name")
///   group.cancelAll()
/// }
/// ```
///
/// Servers are ROUTERs whose routing ID is the endpoint that clients connect to.
public actor FreelanceClient {
  private struct Server {
    let endpoint: Frame
    var lastSign = ContinuousClock.now
    var nextPing: ContinuousClock.Instant
  }

  private struct Request {
    let body: Message
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<Message?, any Error>
    /// The server that has the request; `nil` while none can be reached.
    var server: Frame?
  }

  private let router: RouterSocket
  private let timeout: Duration
  private let pingInterval: Duration
  private let timeToLive: Duration
  private var servers: [Server] = []
  private var requests: [Frame: Request] = [:]
  private var lastNumber = 0
  private var end: (any Error)?

  /// Creates a client without servers.
  ///
  /// - Parameters:
  ///   - context: The context for the client's socket.
  ///   - timeout: The maximum time to wait for a reply.
  ///   - pingInterval: The silence after which a server is asked for a sign of life.
  ///   - timeToLive: The silence after which a server counts as dead, until it gives a sign of life.
  public init(
    in context: Context, timeout: Duration = .seconds(3), pingInterval: Duration = .seconds(2), timeToLive: Duration = .seconds(6)
  ) throws {
    self.timeout = timeout
    self.pingInterval = pingInterval
    self.timeToLive = timeToLive
    router = try context.socket(.router)
    // Sending to a server whose connection is down is an error, so that the next one is tried.
    try router.set(.routerMandatory, to: true)
    try router.set(.immediate, to: true)
    try router.set(.linger, to: .zero)
  }

  /// Connects to a server, and waits for a moment until the connection is up; one server at a time.
  ///
  /// - Parameter endpoint: The endpoint, letter by letter the server's routing ID.
  /// - Returns: A Boolean value that indicates whether the connection is up; if not, it may come up later.
  @discardableResult
  public func connect(to endpoint: String) async throws -> Bool {
    let monitor = try router.monitor(.connections)
    defer { monitor.close() }
    try router.connect(endpoint)
    servers.append(Server(endpoint: Frame(endpoint), nextPing: .now + pingInterval))
    guard case .established = try await monitor.waitForConnection(timeout: .milliseconds(100)) else { return false }
    return true
  }

  /// Sends a request and returns the reply; needs ``run()``.
  ///
  /// - Returns: The frames of the reply; `nil` if no server replied in time.
  /// - Throws: `CancellationError`; the error with which ``run()`` has ended.
  public func request(_ body: Message) async throws -> Message? {
    lastNumber += 1
    let number = Frame("\(lastNumber)")
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        if let end = Task.isCancelled ? CancellationError() : end { return continuation.resume(throwing: end) }
        requests[number] = Request(body: body, deadline: .now + timeout, continuation: continuation)
        dispatch(number)
      }
    } onCancel: {
      Task { await self.cancel(number) }
    }
  }

  /// Receives replies and looks after the servers, until the task is cancelled or the context is shut down.
  ///
  /// - Throws: `CancellationError`; a `ZeroMQError`, such as `.contextTerminated`.
  public func run() async throws {
    do {
      while true {
        // A request that no server can take is tried again soon: a connection may just be coming up.
        let isStuck = requests.values.contains { $0.server == nil }
        let wait = isStuck ? .milliseconds(10) : min(pingInterval, timeout) / 10
        if let message = try await router.receive(timeout: wait) { receive(message) }
        try lookAfterServers()
        lookAfterRequests()
      }
    } catch {
      end = error
      for request in requests.values { request.continuation.resume(throwing: error) }
      requests = [:]
      throw error
    }
  }

  /// Handles [endpoint, "PONG"] or [endpoint, number, body...].
  private func receive(_ message: Message) {
    guard message.count >= 2, let index = servers.firstIndex(where: { $0.endpoint == message[0] }) else { return }
    servers[index].lastSign = .now
    servers[index].nextPing = .now + pingInterval
    // A late reply, or a second one, has no request any more.
    requests.removeValue(forKey: message[1])?.continuation.resume(returning: Message(message[2...]))
  }

  /// Asks silent servers for a sign of life, and takes the requests from those that are dead.
  private func lookAfterServers() throws {
    let now = ContinuousClock.now
    for index in servers.indices {
      var isReachable = true
      if servers[index].nextPing <= now {
        isReachable = send([servers[index].endpoint, "PING"])
        servers[index].nextPing = now + pingInterval
      }
      guard !isReachable || servers[index].lastSign + timeToLive <= now else { continue }
      for (number, request) in requests where request.server == servers[index].endpoint { requests[number]?.server = nil }
    }
  }

  private func lookAfterRequests() {
    for (number, request) in requests {
      if request.deadline <= .now {
        requests.removeValue(forKey: number)?.continuation.resume(returning: nil)
      } else if request.server == nil {
        dispatch(number)
      }
    }
  }

  /// Gives a request to the first server that is believed to be alive.
  private func dispatch(_ number: Frame) {
    guard let request = requests[number] else { return }
    for server in servers where server.lastSign + timeToLive > .now {
      if send([server.endpoint, number] + request.body) {
        requests[number]?.server = server.endpoint
        return
      }
    }
  }

  /// Sends a message, if its server can be reached and has room for it.
  private func send(_ message: Message) -> Bool {
    (try? router.sendIfReady(message)) ?? false
  }

  private func cancel(_ number: Frame) {
    requests.removeValue(forKey: number)?.continuation.resume(throwing: CancellationError())
  }
}
