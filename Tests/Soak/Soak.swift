import Disturbances
import Foundation
import ZeroMQ

/// Looks for missed wake-ups, lost messages and leaks of the asynchronous calls, for as long as it is told.
@main
struct Soak {
  private let options: Options
  private let watchdog: Watchdog
  private let start = ContinuousClock.now

  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments == ["--help"] { return say(Options.usage) }
    guard let options = Options(arguments) else {
      FileHandle.standardError.write(Data("\(Options.usage)\n".utf8))
      exit(2)
    }
    say("seed \(options.seed)")
    let soak = Soak(options: options, watchdog: Watchdog(patience: options.patience))
    if let pause = options.signals { SignalShower.start(pausing: pause) }
    if let pause = options.forks { ForkedChildren.start(pausing: pause) }
    for part in options.parts {
      do {
        let start = ContinuousClock.now
        let result = try await soak.run(part)
        say("\(part): \(result) in \(String(format: "%.1f", (ContinuousClock.now - start) / .seconds(1))) s")
      } catch {
        fail("\(part) with seed \(options.seed): \(error)")
      }
    }
  }

  private func run(_ part: Options.Part) async throws -> String {
    switch part {
    case .messages: try await exchange()
    case .requests: try await Requests(count: options.requests, transports: options.transports, watchdog: watchdog).run()
    case .sockets:
      try await SocketTurns(count: options.sockets, transports: options.transports, watchdog: watchdog).run(seed: options.seed)
    case .watched:
      try await WatchedSockets(count: options.watched, transports: options.transports, watchdog: watchdog).run(seed: options.seed)
    case .storm: try await Storm(count: options.storms, watchdog: watchdog).run(seed: options.seed)
    case .cancellations: try await CancelledWaits(count: options.cancellations, watchdog: watchdog).run()
    }
  }

  /// Exchanges messages over one transport after the other, each time with other sockets.
  private func exchange() async throws -> String {
    var random = SeededGenerator(seed: options.seed)
    let end = ContinuousClock.now + options.time
    var (messages, cancellations, refusals, rounds) = (0, 0, 0, 0)
    while messages < options.messages, ContinuousClock.now < end {
      let transport = options.transports[rounds % options.transports.count]
      let title = "round \(rounds) of seed \(options.seed), over \(transport)"
      let round = Round(title, quota: options.quota, watchdog: watchdog) { ContinuousClock.now >= end }
      var topology = try Topology(over: transport, in: round, using: random.branch())
      try await topology.run()
      messages += round.messages
      cancellations += round.cancellations
      refusals += round.refusals
      rounds += 1
    }
    if messages < options.messages { say("the time was over before \(options.messages) messages") }
    return "\(messages) messages in \(rounds) rounds, \(cancellations) cancellations, \(refusals) refusals at the high-water mark"
  }
}
