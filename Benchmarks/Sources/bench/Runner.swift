import CBaseline
import Cases
import Foundation

/// Measures every workload: in each setting all cases in turn, round after round, each round beginning with another case.
///
/// What the machine does beside disturbs all cases alike then, and shows in the spread.
final class Runner {
  private let options: Options
  private let peers: [Peer]
  private let start = baseline_now()

  /// The fewest rounds from which quartiles are taken, and the most that a setting gets.
  private static let rounds = 5...31

  init(_ options: Options) throws {
    self.options = options
    peers = try options.peers.map { try Peer($0.library, $0.command) }
  }

  func run() throws -> RunResults {
    let machine = Machine(peers: peers.map(\.version))
    print("\(machine.summary)\n")
    let openFiles = baseline_raise_open_files()
    var plan: [(workload: Workload, setting: Setting)] = []
    for workload in options.chosen {
      for setting in workload.settings {
        if [6, 11, 12].contains(workload.number), setting.size + 64 > openFiles {
          print("polling \(setting.size) sockets is left out: the process may open only \(openFiles) files\n")
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
      let elapsed = Double(baseline_now() - start) / 1e9
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
    let cases = workload.cases + peers.compactMap { $0.makeCase(for: workload) }
    baseline_pin(setting.isPinned ? 1 : 0)
    defer { baseline_pin(0) }
    // A fifth of the time goes into finding the counts, and the rest is for at least ten rounds where samples can be so short.
    let sample = seconds * 0.8 / Double(10 * cases.count)
    let end = baseline_now() + Int64(seconds * 1e9)
    let counts = try cases.map { try calibrate($0, setting, seconds: min(sample, 0.2), workload) }
    var samples = cases.map { _ in [Double]() }
    for round in 0..<Self.rounds.upperBound where round < Self.rounds.lowerBound || baseline_now() < end {
      for step in cases.indices {
        let index = (round + step) % cases.count
        samples[index].append(try time(cases[index], setting, counts[index], workload) / Double(counts[index]))
      }
    }
    let entries = zip(cases, samples).map { Cell.Entry(library: $0.library, way: $0.way, name: $0.name, samples: $1) }
    return Cell(workload: workload.name, setting: setting, entries: entries)
  }

  /// Finds out how often a case has to be run for a sample to take about so long, from the faster of two tries: what a busy machine
  /// makes of one would let every sample be as short.
  private func calibrate(_ measured: Case, _ setting: Setting, seconds: Double, _ workload: Workload) throws -> Int {
    var count = 1
    while true {
      let nanoseconds = min(try time(measured, setting, count, workload), try time(measured, setting, count, workload))
      let wanted = seconds * 1e9 / (nanoseconds / Double(count))
      if nanoseconds > seconds * 0.2e9 || wanted <= Double(count) { return max(1, Int(wanted)) }
      count = min(Int(wanted) + 1, 10 * count)
    }
  }

  /// Takes one sample; nothing that hangs does so for ever.
  private func time(_ measured: Case, _ setting: Setting, _ count: Int, _ workload: Workload) throws -> Double {
    let setup = Table.describe(setting, of: workload)
    baseline_deadline(60, "\(workload.title), \(setup), \(measured.library.rawValue) \(measured.name)")
    defer { baseline_deadline(0, "") }
    return Double(max(1, try measured.run(setting, count)))
  }
}
