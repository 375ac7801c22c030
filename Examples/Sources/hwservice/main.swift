// Hello World server as services are written today: swift-service-lifecycle runs it, swift-log logs, and SIGTERM drains it.
//
// Asked to end, it takes no further request, finishes those that it has, and exits with status 0 once their replies are delivered.
// Requests that still wait in the socket are lost with it: a client that must not lose any asks again, as with `request(_:timeout:)`.
// Run it with one or more hwclient.
// Arguments: the endpoint to bind, how many milliseconds to work on each request (1000), how many requests to work on at once (5), and
// the least severe level to log ("info").
import GuideSupport
import Logging
import ServiceLifecycle
import ZeroMQ

/// Replies "World" to every request.
///
/// Several tasks receive from one socket and send on it, which is why this is an actor.
actor HelloService: Service {
  private let endpoint: String
  private let duration: Duration
  private let tasks: Int
  private let logger: Logger
  private let context: Context
  private let socket: RouterSocket

  init(endpoint: String, duration: Duration, tasks: Int, logger: Logger) throws {
    self.endpoint = endpoint
    self.duration = duration
    self.tasks = tasks
    self.logger = logger
    context = try Context()
    socket = try context.socket(.router)
    try socket.set(.linger, to: .seconds(10))  // How long a client that does not read may hold up the end.
  }

  func run() async throws {
    let endpoint = try socket.bind(endpoint)
    logger.info("ready", metadata: ["endpoint": "\(endpoint)"])
    try await withThrowingDiscardingTaskGroup { group in
      for _ in 0..<tasks { group.addTask { try await self.serve() } }
    }
    socket.close()
    try await context.terminate()  // waits until the replies are delivered
    logger.info("ended")
  }

  /// Works on one request at a time, until the service is to end.
  private func serve() async throws {
    while var request = try await nextRequest() {
      guard let envelope = request.removeEnvelope() else {
        logger.warning("request without envelope")
        continue
      }
      logger.debug("request", metadata: ["contents": "\(request)"])
      try await Task.sleep(for: duration)
      try await socket.send(envelope, "World")
      logger.debug("reply", metadata: ["to": "\(request)"])
    }
  }

  /// The next request; `nil` when the service is to end.
  ///
  /// Then only this wait is cancelled, and not the work on a request.
  private func nextRequest() async throws -> Message? {
    guard !Task.isShuttingDownGracefully else { return nil }
    do {
      return try await cancelWhenGracefulShutdown { try await self.receive() }
    } catch is CancellationError where Task.isShuttingDownGracefully {
      return nil
    }
  }

  private func receive() async throws -> Message {
    try await socket.receive()
  }
}

LoggingSystem.bootstrap(StreamLogHandler.standardError)
var logger = Logger(label: "hwservice")
logger.logLevel = Logger.Level(rawValue: argument(4, default: "info")) ?? .info

let service = try HelloService(
  endpoint: argument(1, default: "tcp://*:5555"), duration: .milliseconds(argument(2, default: 1000)),
  tasks: argument(3, default: 5), logger: logger)
let group = ServiceGroup(services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
try await SocketExecutor().run { try await group.run() }
