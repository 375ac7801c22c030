import Cases
import Foundation

/// Counts instructions and heap allocations of one message exactly: the difference of two runs that differ only in their number of
/// messages, divided by it.
struct InstructionCounter {
  struct Results: Codable {
    var machine: Machine
    var counts: [Count]
  }

  struct Count: Codable {
    let workload: String
    let size: Int
    let library: Case.Library
    let name: String
    let instructions: Double
    /// Calls of Swift's allocator.
    let swiftAllocations: Double
    /// Calls of malloc, libzmq's own among them.
    let mallocs: Double

    var setting: Setting { Setting(.inproc, size) }
  }

  /// The numbers of messages of the two runs; libzmq's queues allocate every 256 messages, so the difference is a multiple of that.
  private static func counts(size: Int) -> [Int] {
    size > 4096 ? [128, 384] : [512, 2560]
  }

  private let workloads: [Workload]
  private let probe: String

  init(_ options: Options) throws {
    workloads = options.chosen.filter { !$0.countedSizes.isEmpty }
    probe = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("probe").path
    guard FileManager.default.isExecutableFile(atPath: probe) else {
      throw Options.Mistake(description: "\(probe) is missing: build the package's product probe")
    }
  }

  func count() throws -> Results {
    var counts: [Count] = []
    for workload in workloads {
      print("\(workload.number). \(workload.title): instructions for one \(workload.unit)\n" + Self.row(Self.titles))
      for size in workload.countedSizes {
        let cell = try workload.cases.filter { $0.largestSize >= size }.map { try count(workload, size, $0) }
        for count in cell { print(Self.row(Self.columns(count, in: cell, of: workload))) }
        print("")
        counts += cell
      }
    }
    return Results(machine: Machine(), counts: counts)
  }

  private func count(_ workload: Workload, _ size: Int, _ counted: Case) throws -> Count {
    let counts = Self.counts(size: size)
    let runs = try Callgrind.run(
      probe, [workload.name, String(size), counted.library.rawValue, counted.name] + counts.map { String($0) })
    guard runs.count == counts.count else { throw Options.Mistake(description: "\(probe) ended early") }
    func each(_ number: (Callgrind) -> Int) -> Double {
      Double(number(runs[1]) - number(runs[0])) / Double(counts[1] - counts[0])
    }
    return Count(
      workload: workload.name, size: size, library: counted.library, name: counted.name,
      instructions: each(\.instructions), swiftAllocations: each { $0.calls["swift_slowAlloc", default: 0] },
      mallocs: each { $0.calls["malloc", default: 0] })
  }

  /// C in whichever of its styles takes fewer instructions.
  static func baseline(_ cell: [Count]) -> Count? {
    cell.filter { $0.library == .c }.min { $0.instructions < $1.instructions }
  }

  static let titles = ["", "", "instructions", "of C", "Swift allocations", "malloc calls", "goals"]

  /// What a table says of a count.
  static func columns(_ count: Count, in cell: [Count], of workload: Workload) -> [String] {
    let baseline = baseline(cell)?.instructions
    func verdict(_ figure: Goal.Figure, _ value: Double) -> String? {
      guard let goal = workload.goal(for: figure, of: count.library, count.name, in: count.setting) else { return nil }
      let reference = goal.reference.map { name in cell.first { $0.name == name }?.instructions } ?? baseline
      return goal.verdict(value, of: reference) { String(format: "%.0f", $0) }
    }
    let goals = [
      verdict(.instructions, count.instructions), verdict(.allocations, count.swiftAllocations).map { "allocations \($0)" },
    ]
    return [
      Table.describe(count.setting, of: workload), "\(count.library.rawValue) \(count.name)",
      String(format: "%.0f", count.instructions), String(format: "%.3f", count.instructions / (baseline ?? .nan)),
      number(count.swiftAllocations), number(count.mallocs), goals.compactMap { $0 }.joined(separator: "; "),
    ]
  }

  /// A number with two digits, of which none is a negative zero.
  private static func number(_ value: Double) -> String {
    String(format: "%.2f", abs(value) < 0.005 ? 0 : value)
  }

  private static func row(_ columns: [String]) -> String {
    Table.pad(columns[0], 14) + Table.pad(columns[1], 50)
      + zip(columns[2..<6], [13, 8, 18, 13]).map { Table.pad($0, $1, left: true) }.joined() + "  " + columns[6]
  }
}
