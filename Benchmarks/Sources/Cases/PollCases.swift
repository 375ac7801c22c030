import CBaseline
import ZeroMQ

extension Workload {
  /// Waits for sockets of which the last is always ready, and finds it.
  static let poll = Workload(
    name: "poll", number: 6, title: "polling sockets of which one is ready", unit: "wait",
    sizeMeans: .sockets, settings: [2, 64, 1000].map { Setting(.inproc, $0) }, countedSizes: [2, 64, 1000],
    cases: [
      Case("zmq_poll", c: baseline_poll),
      Case("Poller", goals: [Goal(.cpu, 1.15), Goal(.instructions, 1.15)], pollSockets),
    ])
}

@Sendable
private func pollSockets(_ setting: Setting, _ count: Int) throws -> Time {
  let context = try Context()
  let pull = try context.socket(.pull)
  try pull.bind(setting.transport.endpoint)
  let push = try context.socket(.push)
  try push.connect(setting.transport.endpoint)
  var sockets: [PullSocket] = []
  for _ in 1..<setting.size { sockets.append(try context.socket(.pull)) }
  sockets.append(pull)
  var poller = Poller()
  for socket in sockets { poller.add(socket, for: .readable) }
  try push.send("ready")
  _ = try wait(&poller, for: pull, 8)
  let start = baseline_now()
  let ready = try wait(&poller, for: pull, count)
  let time = baseline_now() - start
  try expect(ready, count)
  _ = try pull.receive()
  for socket in sockets { socket.close() }
  push.close()
  try context.terminate()
  return time
}

private func wait(_ poller: inout Poller, for socket: PullSocket, _ count: Int) throws -> Int {
  var ready = 0
  for _ in 0..<count {
    for event in try poller.wait() where event.concerns(socket) { ready += 1 }
  }
  return ready
}
