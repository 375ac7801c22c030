import CBaseline
import Cases
import Foundation

/// Measures every workload: in each setting all cases in turn, round after round, each round beginning with another case.
///
/// What the machine does beside disturbs all cases alike then, and shows in the spread.
final class Runner {
  private let options: Options
  private let peers: [Peer]
  private let start = baseline_now().wall

  /// The fewest rounds from which quartiles are taken, and the most that a setting gets.
  private static let rounds = 5...31

  /// The part of a sample's count that a shorter run before it has, whose time of the processors is taken off.
  ///
  /// So what a case spends once does not count. Little, since threads that meet another scheduling in the shorter run bring that in.
  private static let shorter = 1.0 / 16

  init(_ options: Options) throws {
    self.options = options
    peers = try options.peers.map { try Peer($0.library, $0.command) }
  }

  func run() throws -> RunResults {
    let machine = Machine(peers: peers.map(\.version))
    print("\(machine.summary)\n")
    let openFiles = baseline_raise_open_files()
    var plan: [(workload: Workload, setting: Setting)] = []
    // Those whose samples take longer than their share of the time come last, so that the others have theirs.
    let isLarge = { (workload: Workload) in workload.number == 7 }
    for workload in options.chosen.filter({ !isLarge($0) }) + options.chosen.filter(isLarge) {
      for setting in workload.settings {
        if [.sockets, .waiting].contains(workload.sizeMeans), setting.size + 64 > openFiles {
          print("\(workload.name) with \(setting.size) sockets is left out: the process may open only \(openFiles) files\n")
        } else if setting.isPinned, baseline_pin(1) != 0 {
          print("\(workload.title), on one core, is left out: this system does not let threads choose theirs\n")
        } else {
          plan.append((workload, setting))
        }
      }
    }
    baseline_pin(0)
    var cells: [Cell] = []
    for (index, (workload, setting)) in plan.enumerated() {
      let elapsed = Double(baseline_now().wall - start) / 1e9
      let slice = max(0, options.seconds - elapsed) / Double(plan.count - index)
      let cell = try measure(workload, setting, seconds: slice)
      if workload.name != cells.last?.workload { print(Table.heading(workload)) }
      print(Table.rows(cell, of: workload))
      cells.append(cell)
    }
    for peer in peers { peer.stop() }
    return RunResults(machine: machine, date: ISO8601DateFormatter().string(from: Date()), cells: cells)
  }

  private func measure(_ workload: Workload, _ setting: Setting, seconds: Double) throws -> Cell {
    let cases = (workload.cases + peers.flatMap { $0.cases(for: workload) }).filter { $0.largestSize >= setting.size }
    baseline_pin(setting.isPinned ? 1 : 0)
    defer { baseline_pin(0) }
    // A fifth of the time goes into finding the counts, and the rest is for at least eight rounds where samples can be so short.
    let sample = max(0.02, seconds * 0.8 / Double(8 * cases.count) / (1 + Self.shorter))
    let end = baseline_now().wall + Int64(seconds * 1e9)
    let counts = try cases.map { try calibrate($0, setting, seconds: min(sample, 0.2), workload) }
    var entries = cases.map { Cell.Entry(library: $0.library, name: $0.name) }
    for round in 0..<Self.rounds.upperBound where round < Self.rounds.lowerBound || baseline_now().wall < end {
      for step in cases.indices {
        let index = (round + step) % cases.count
        let (many, few) = (counts[index], max(1, Int(Double(counts[index]) * Self.shorter)))
        let short = try time(cases[index], setting, few, workload)
        let long = try time(cases[index], setting, many, workload)
        entries[index].cpu.append(Double(long.cpu - short.cpu) / Double(many - few))
        entries[index].wall.append(Double(long.wall) / Double(many))
      }
    }
    return Cell(workload: workload.name, setting: setting, entries: entries)
  }

  /// Finds out how often a case has to be run for a sample to take about so long, from the faster of two tries.
  ///
  /// The processors' time decides, unless a case only waits: what a busy machine makes of wall time would let every sample be too short.
  private func calibrate(_ measured: Case, _ setting: Setting, seconds: Double, _ workload: Workload) throws -> Int {
    var count = 2
    while true {
      let tries = try (0..<2).map { _ in try time(measured, setting, count, workload) }
      let nanoseconds = Double(tries.map { max(1, $0.cpu, $0.wall / 4) }.min()!)
      let wanted = seconds * 1e9 / (nanoseconds / Double(count))
      if nanoseconds > seconds * 0.2e9 || wanted <= Double(count) { return max(2, Int(wanted)) }
      count = min(Int(wanted) + 1, 10 * count)
    }
  }

  /// Runs a case once; nothing that hangs does so for ever.
  private func time(_ measured: Case, _ setting: Setting, _ count: Int, _ workload: Workload) throws -> Time {
    let setup = Table.describe(setting, of: workload)
    baseline_deadline(60, "\(workload.title), \(setup), \(measured.library.rawValue) \(measured.name)")
    defer { baseline_deadline(0, "") }
    return try measured.run(setting, count)
  }
}
