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

  /// The numbers of messages of the two runs; libzmq's queues allocate every 256 messages, so the difference is a multiple of that.
  private static func counts(size: Int) -> [Int] {
    size > 4096 ? [128, 384] : [512, 2560]
  }

  private let workloads: [Workload]
  private let probe: String

  init(_ options: Options) throws {
    workloads = options.chosen.filter { [1, 4, 8].contains($0.number) }
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
        let cell = try workload.cases.map { try count(workload, setting.size, $0) }
        for count in cell { print(Self.row(Self.columns(count, in: cell))) }
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
      workload: workload.name, size: size, library: counted.library, way: counted.way, name: counted.name,
      instructions: each(\.instructions), swiftAllocations: each { $0.calls["swift_slowAlloc", default: 0] },
      mallocs: each { $0.calls["malloc", default: 0] }, goal: counted.goal)
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
      number(count.swiftAllocations),
      goal.flatMap { $0.largestSize < count.size ? nil : $0 }.map {
        String(format: "≤ %.0f", $0.allocations) + (count.swiftAllocations <= $0.allocations + 0.01 ? " met" : " missed")
      }
        ?? "", number(count.mallocs),
    ]
  }

  /// A number with two digits, of which none is a negative zero.
  private static func number(_ value: Double) -> String {
    String(format: "%.2f", abs(value) < 0.005 ? 0 : value)
  }

  private static func row(_ columns: [String]) -> String {
    Table.pad(columns[0], 8) + Table.pad(columns[1], 38)
      + zip(columns.dropFirst(2), [13, 8, 15, 18, 11, 13]).map { Table.pad($0, $1, left: true) }.joined()
  }
}
