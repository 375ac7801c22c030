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
    let name: String
    /// Nanoseconds of the processors for one, in the order of the rounds: the difference of two runs with different counts.
    var cpu: [Double] = []
    /// Nanoseconds for one of a clock that only goes forward.
    var wall: [Double] = []
  }

  /// The ratio's spread above which nothing is concluded from it.
  static let tolerance = 0.1

  let workload: String
  let setting: Setting
  let entries: [Entry]

  /// C in whichever of its styles has the lower median.
  func baseline(_ figure: KeyPath<Entry, [Double]>) -> Entry? {
    entries.filter { $0.library == .c }.min { Statistics($0[keyPath: figure]).median < Statistics($1[keyPath: figure]).median }
  }

  /// One case's time divided by another's, round by round: the median, and its spread.
  func ratio(_ entry: Entry, to reference: Entry, _ figure: KeyPath<Entry, [Double]>) -> Statistics {
    Statistics(zip(entry[keyPath: figure], reference[keyPath: figure]).map { $0 / $1 })
  }

  /// What there is to say of a case's goal for the time of the processors.
  func verdict(_ entry: Entry, of workload: Workload) -> String {
    guard let goal = workload.goal(for: .cpu, of: entry.library, entry.name, in: setting) else { return "" }
    let reference = goal.reference.map { name in entries.first { $0.name == name } } ?? baseline(\.cpu)
    let figure = goal.factor == 0 ? Statistics(entry.cpu) : reference.map { ratio(entry, to: $0, \.cpu) }
    guard let figure, figure.spread <= Self.tolerance else { return "too noisy to tell" }
    return goal.verdict(figure.median, of: 1, Table.duration)
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
