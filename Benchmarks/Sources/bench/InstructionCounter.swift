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
    let way: Case.Way
    let name: String
    let instructions: Double
    /// Calls of Swift's allocator.
    let swiftAllocations: Double
    /// Calls of malloc, libzmq's own among them.
    let mallocs: Double
    let goal: Case.Goal?
  }

  /// The numbers of messages of the two runs.
  private static let fewer = 1000
  private static let more = 6000

  private let workloads: [Workload]
  private let probe: String

  init(_ options: Options) throws {
    workloads = options.chosen.filter { $0.number == 1 || $0.number == 4 }
    probe = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("probe").path
    guard FileManager.default.isExecutableFile(atPath: probe) else {
      throw Options.Mistake(description: "\(probe) is missing: build the package's product probe")
    }
  }

  func count() throws -> Results {
    var counts: [Count] = []
    for workload in workloads {
      print("\(workload.number). \(workload.title): instructions for one \(workload.unit)\n" + Self.row(Self.titles))
      for setting in workload.settings {
        let cell = try workload.cases.map { try count(workload, setting, $0) }
        for count in cell { print(Self.row(Self.columns(count, in: cell))) }
        print("")
        counts += cell
      }
    }
    return Results(machine: Machine(), counts: counts)
  }

  private func count(_ workload: Workload, _ setting: Setting, _ counted: Case) throws -> Count {
    let (first, second) = (
      try run(workload, setting, counted, Self.fewer), try run(workload, setting, counted, Self.more)
    )
    func each(_ number: (Callgrind) -> Int) -> Double {
      Double(number(second) - number(first)) / Double(Self.more - Self.fewer)
    }
    return Count(
      workload: workload.name, size: setting.size, library: counted.library, way: counted.way, name: counted.name,
      instructions: each(\.instructions), swiftAllocations: each { $0.calls["swift_slowAlloc", default: 0] },
      mallocs: each { $0.calls["malloc", default: 0] }, goal: counted.goal)
  }

  private func run(_ workload: Workload, _ setting: Setting, _ counted: Case, _ count: Int) throws -> Callgrind {
    try Callgrind(
      running: probe, [workload.name, counted.library.rawValue, counted.name, String(setting.size), String(count)])
  }

  /// C in whichever of its styles takes fewer instructions.
  static func baseline(_ cell: [Count]) -> Count? {
    cell.filter { $0.library == .c }.min { $0.instructions < $1.instructions }
  }

  static let titles = ["", "", "instructions", "of C", "goal", "Swift allocations", "goal", "malloc calls"]

  /// What a table says of a count.
  static func columns(_ count: Count, in cell: [Count]) -> [String] {
    let baseline = baseline(cell)?.instructions ?? .nan
    let goal = count.goal
    return [
      Table.bytes(count.size), "\(count.library.rawValue) \(count.name)", String(format: "%.0f", count.instructions),
      String(format: "%.3f", count.instructions / baseline),
      goal.map { String(format: "≤ %.2f", $0.ratio) + (count.instructions <= $0.ratio * baseline ? " met" : " missed") } ?? "",
      String(format: "%.2f", count.swiftAllocations),
      goal.map { String(format: "≤ %.0f", $0.allocations) + (count.swiftAllocations <= $0.allocations + 0.01 ? " met" : " missed") }
        ?? "", String(format: "%.2f", count.mallocs),
    ]
  }

  private static func row(_ columns: [String]) -> String {
    Table.pad(columns[0], 8) + Table.pad(columns[1], 38)
      + zip(columns.dropFirst(2), [13, 8, 15, 18, 11, 13]).map { Table.pad($0, $1, left: true) }.joined()
  }
}
