//! Monitors and heartbeats.

import ZeroMQ

func watch(_ monitor: sending Monitor) async throws {
  // snippet.show
  for try await event in monitor { print(event) }
  // snippet.hide
}

func count(_ monitor: sending Monitor) async throws {
  // snippet.show
  var counts: [MonitorEvents: Int] = [:]
  for try await event in monitor {
    counts[event.kind.type, default: 0] += 1  // for metrics
    if event.kind.type == .disconnected { print("\(event); \(monitor.connectionCount) connections left") }
  }
  // snippet.hide
}

func beat(_ socket: DealerSocket) throws {
  // snippet.show
  try socket.set(.heartbeatInterval, to: .seconds(5))
  try socket.set(.heartbeatTimeout, to: .seconds(15))
  // snippet.hide
}
