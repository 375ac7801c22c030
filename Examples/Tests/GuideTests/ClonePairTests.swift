import Clone
import Foundation
import XCTest
import ZeroMQ

/// The pair of clone servers, of which one is killed.
final class ClonePairTests: GuideTestCase {
  private struct Ports {
    var server: Int
    var star: Int
  }

  /// Three ports in a row for each server, and one for its heartbeats.
  private func ports() throws -> [Ports] {
    try (0..<2).map { _ in
      let first = try freePorts(4)
      return Ports(server: first, star: first + 3)
    }
  }

  private func startServer(_ index: Int, _ ports: [Ports]) throws -> Program {
    try start(
      "clonesrv6", index == 0 ? "-p" : "-b", "--port=\(ports[index].server)", "--peer-port=\(ports[1 - index].server)",
      "--star=\(ports[index].star)", "--peer-star=\(ports[1 - index].star)", "--heartbeat=100")
  }

  /// The state of a server, from its own snapshot.
  private func snapshot(at port: Int) throws -> CloneState {
    var state = CloneState(.full)
    let dealer = try context.socket(.dealer)
    try dealer.connect("tcp://127.0.0.1:\(port)")
    try dealer.send(["ICANHAZ?", ""])
    while !state.addSnapshot(try receive(from: dealer)) {}
    return state
  }

  func testSixClientsHaveTheSameStateAfterTheirServerWasKilledAndRestarted() throws {
    let ports = try ports()
    var servers = [try startServer(0, ports), try startServer(1, ports)]
    let clients = try (0..<6).map { _ in
      let client = try CloneClient(context, subtree: "/client/", patience: .milliseconds(500))
      for port in ports { try client.connect(to: "tcp://127.0.0.1", port: port.server) }
      return client
    }
    try servers[0].waitForOutput("I: now active")
    try servers[1].waitForOutput("I: now passive")
    /// Sets a value by each client in turn, until every client has the last one.
    func update(_ round: String) throws {
      for (index, client) in clients.enumerated() {
        let key = Frame("/client/\(round)/\(index)")
        var seen = Set<Int>()
        while (seen.count < clients.count) && (remainingTime > .zero) {
          try client.set(key, to: "value \(index)")
          for (other, reader) in clients.enumerated() where try reader.value(of: key) == "value \(index)" { seen.insert(other) }
        }
        XCTAssertEqual(seen.count, clients.count, "\(round), client \(index)")
      }
    }
    try update("before")
    try clients[0].set("/client/brief", to: "gone soon", timeToLive: 1)

    servers[0].end()
    try servers[1].waitForOutput("I: now active")
    try update("while the primary is down")
    servers[0] = try startServer(0, ports)
    try servers[0].waitForOutput("I: now passive")
    try servers[0].waitForOutput("I: received snapshot=")
    try update("after")
    try servers[1].waitForOutput("I: publishing delete=")

    let active = try snapshot(at: ports[1].server)
    for key in active.values.keys {
      for client in clients { XCTAssertEqual(try client.value(of: key), active.values[key]?.body) }
    }
    XCTAssertEqual(active.values.count, 18)
    try servers[0].waitForOutput("I: received update=\(active.sequence)\n")
    servers[1].end()
    try servers[0].waitForOutput("I: now active")
    let survivor = try snapshot(at: ports[0].server)
    XCTAssertEqual(survivor.values.mapValues(\.body), active.values.mapValues(\.body))
    try stop(servers[0])
  }

  func testClientProgramChangesServers() throws {
    let ports = try ports()
    let servers = [try startServer(0, ports), try startServer(1, ports)]
    let client = try start(
      "clonecli6", "tcp://127.0.0.1", "\(ports[0].server)", "\(ports[1].server)", "20", "500")
    try client.waitForOutput("I: received from tcp://127.0.0.1:\(ports[0].server) update=")
    try servers[1].waitForOutput("I: now passive")
    servers[0].end()
    try client.waitForOutput("I: server at tcp://127.0.0.1:\(ports[0].server) didn't give HUGZ")
    try client.waitForOutput("I: received from tcp://127.0.0.1:\(ports[1].server) update=")
    try stop(client, with: SIGINT)
    try stop(servers[1], with: SIGINT)
  }

  func testServerWithoutItsPartPrintsUsage() throws {
    let server = try start("clonesrv6")
    XCTAssertEqual(try server.waitForExit(), 0)
    XCTAssertEqual(server.output, "Usage: clonesrv6 { -p | -b }\n")
  }
}
