import Cases
import Foundation

/// All that one run measured.
struct RunResults: Codable {
  var machine: Machine
  var date: String
  var cells: [Cell]
}

/// The samples of one workload in one setting, taken in turn.
struct Cell: Codable {
  struct Entry: Codable {
    let library: Case.Library
    let way: Case.Way
    let name: String
    /// Nanoseconds for one, in the order of the rounds.
    let samples: [Double]

    var statistics: Statistics { Statistics(samples) }
  }

  /// How a case compares with C.
  struct Comparison {
    /// C's median time divided by this case's: above 1 is faster than C.
    let speed: Double
    /// The spread of the same ratio taken round by round.
    let spread: Double
    /// What the ratio should be at least; `nil` where nothing was promised.
    let target: Double?

    /// The ratio's spread above which nothing is concluded from it.
    static let tolerance = 0.1

    var verdict: String {
      if spread > Self.tolerance { return "too noisy to tell" }
      guard let target else { return "" }
      let shown = String(format: "%.2f", target)
      return speed >= target ? "≥ \(shown) met" : "≥ \(shown) missed"
    }
  }

  let workload: String
  let setting: Setting
  let entries: [Entry]

  /// C in whichever of its styles has the lower median.
  var baseline: Entry? {
    entries.filter { $0.library == .c }.min { $0.statistics.median < $1.statistics.median }
  }

  func compare(_ entry: Entry) -> Comparison? {
    guard let baseline else { return nil }
    let ratios = zip(baseline.samples, entry.samples).map { $0 / $1 }
    return Comparison(
      speed: baseline.statistics.median / entry.statistics.median, spread: Statistics(ratios).spread, target: target(for: entry))
  }

  /// The targets are for throughput, round trips, and a thousand tasks that wait.
  private func target(for entry: Entry) -> Double? {
    if workload == "wake", entry.way == .async { return setting.size == 1000 ? 1 : nil }
    guard entry.library == .swift, workload == "throughput" || workload == "roundtrip" else { return nil }
    switch entry.way {
    case .bytes: return 0.97
    case .async: return targetOfTasks(on: entry.name.hasSuffix("one executor") ? 1 : 2)
    case .message, .other: return 0.85
    }
  }

  /// Two tasks, beside two threads of C that are not held to one core.
  private func targetOfTasks(on executors: Int) -> Double? {
    guard !setting.isPinned else { return nil }
    switch (workload, setting.transport, executors) {
    case ("throughput", .inproc, _): return setting.size == 64 ? 0.7 : nil
    case ("throughput", .tcp, _): return setting.size == 64 ? 0.9 : nil
    case (_, .inproc, 1): return 3
    case (_, .tcp, 1): return nil
    default: return 1 / 1.1
    }
  }
}

extension Encodable {
  /// Writes a value as JSON.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try (encoder.encode(self) + Data("\n".utf8)).write(to: url, options: .atomic)
  }
}

extension Decodable {
  /// Reads a value from JSON; `nil` if there is no such file.
  static func read(from path: String) throws -> Self? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
