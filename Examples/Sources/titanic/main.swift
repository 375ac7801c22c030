// Titanic: keeps requests and replies on disk, so that neither clients nor workers need to be there at the same time (TSP, RFC 9).
//
// Three Majordomo services, a task each, and a dispatcher, which gives the requests to their services. A request may reach its service
// more than once, if Titanic dies in between.
// Run it with mdbroker, mdworker and ticlient.
// Argument: the endpoint of the broker.
// Options: -v traces; --directory, where the files are (.titanic); --timeout, how many milliseconds a service has for its reply
// (1000); --heartbeat and --reconnect, as for mdworker (2500).
import Foundation
import GuideSupport
import Majordomo
import ZeroMQ

let broker = argument(1, default: "tcp://127.0.0.1:5555")
let timeout = option("timeout", default: .milliseconds(1000))

/// Answers the requests to one of Titanic's services.
func serve(_ service: Frame, in context: Context, by handler: (Message) async throws -> Message) async throws {
  let worker = try MajordomoWorker(
    in: context, broker: broker, service: service, heartbeat: option("heartbeat", default: .milliseconds(2500)),
    reconnectDelay: option("reconnect", default: .milliseconds(2500)))
  while true {
    let request = try await worker.receive()
    try await worker.reply(handler(request.body), to: request)
  }
}

/// titanic.request: stores the request, tells the dispatcher, and returns the UUID.
func acceptRequests(in context: Context, into store: TitanicStore) async throws {
  let dispatcher = try context.socket(.pair)
  try dispatcher.connect("inproc://dispatcher")
  try await serve("titanic.request", in: context) { request in
    guard !request.isEmpty else { return Message(TitanicStatus.unknown) }
    let uuid = try await store.add(request)
    _ = try await dispatcher.send(uuid, timeout: .zero)  // If it is busy, it looks again anyway.
    return [TitanicStatus.ok, Frame(uuid)]
  }
}

/// titanic.reply: returns the reply, if it is there.
func deliverReplies(in context: Context, from store: TitanicStore) async throws {
  try await serve("titanic.reply", in: context) { request in
    switch try await store.state(of: request.first?.description ?? "") {
    case .done(let reply): [TitanicStatus.ok] + reply
    case .pending: Message(TitanicStatus.pending)
    case .unknown: Message(TitanicStatus.unknown)
    }
  }
}

/// titanic.close: forgets the request and its reply.
func closeRequests(in context: Context, of store: TitanicStore) async throws {
  try await serve("titanic.close", in: context) { request in
    try await store.close(request.first?.description ?? "")
    return Message(TitanicStatus.ok)
  }
}

/// The services that are being given their requests.
actor ServicesUnderWay {
  private var services: Set<Frame> = []

  func begin(_ service: Frame) -> Bool { services.insert(service).inserted }
  func end(_ service: Frame) { services.remove(service) }
}

/// Gives the stored requests to their services whenever one comes, and once a second, in a task for each service: a slow one does not
/// hold up the others.
func dispatch(in context: Context, from store: TitanicStore) async throws {
  let wakeups = try context.socket(.pair)
  try wakeups.bind("inproc://dispatcher")
  let underWay = ServicesUnderWay()
  try await withThrowingDiscardingTaskGroup { group in
    while true {
      for service in Set(try await store.pendingRequests().map { $0.request[0] }) where await underWay.begin(service) {
        group.addTask {
          try await callService(service, in: context, from: store)
          await underWay.end(service)
        }
      }
      _ = try await wakeups.receive(timeout: .seconds(1))
    }
  }
}

/// Gives a service its requests, one after the other, if it is there.
func callService(_ service: Frame, in context: Context, from store: TitanicStore) async throws {
  let client = try MajordomoClient(in: context, broker: broker, timeout: timeout, tries: 1)
  for (uuid, request) in try await store.pendingRequests() where request[0] == service {
    if hasFlag("-v") { print("I: processing request \(uuid)") }
    guard try await client.request("mmi.service", Message(service)) == "200" else { return }
    if let reply = try await client.request(service, Message(request[1...])) { try await store.finish(uuid, with: reply) }
  }
}

printLineByLine()

let context = try Context(.init(blocky: false))  // The broker may be gone.
try context.shutdownOnSignals()

try await SocketExecutor().run {
  do {
    let store = try TitanicStore(directory: option("directory", default: ".titanic"))
    try await withThrowingDiscardingTaskGroup { group in
      group.addTask { try await dispatch(in: context, from: store) }
      group.addTask { try await acceptRequests(in: context, into: store) }
      group.addTask { try await deliverReplies(in: context, from: store) }
      group.addTask { try await closeRequests(in: context, of: store) }
    }
  } catch .contextTerminated {}
  try await context.terminate()
}
