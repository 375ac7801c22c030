import Cases
import Foundation

/// How figures look in the terminal.
enum Table {
  static let titles = ["CPU", "spread", "of C", "spread", "wall", "spread", "of C", "goal"]

  static func heading(_ workload: Workload) -> String {
    "\(workload.number). \(workload.title): CPU and wall time for one \(workload.unit), and the same as a factor of C's\n"
      + row(["", ""] + titles)
  }

  static func rows(_ cell: Cell, of workload: Workload) -> String {
    cell.entries.map { row(columns($0, in: cell, of: workload)) }.joined(separator: "\n") + "\n"
  }

  /// What a table says of a case.
  static func columns(_ entry: Cell.Entry, in cell: Cell, of workload: Workload) -> [String] {
    let (cpu, wall) = (Statistics(entry.cpu), Statistics(entry.wall))
    let ofC = cell.baseline(\.cpu).map { cell.ratio(entry, to: $0, \.cpu) }
    let isBaseline = entry.library == .c && entry.name == cell.baseline(\.cpu)?.name
    return [
      describe(cell.setting, of: workload), "\(entry.library.rawValue) \(entry.name)", duration(cpu.median), percent(cpu.spread),
      ofC.map { String(format: "%.2f", $0.median) } ?? "", isBaseline ? "" : ofC.map { percent($0.spread) } ?? "",
      duration(wall.median), percent(wall.spread),
      cell.baseline(\.wall).map { String(format: "%.2f", cell.ratio(entry, to: $0, \.wall).median) } ?? "",
      cell.verdict(entry, of: workload),
    ]
  }

  static func describe(_ setting: Setting, of workload: Workload) -> String {
    switch workload.sizeMeans {
    case .payload: "\(setting.transport.rawValue) \(bytes(setting.size))" + (setting.isPinned ? ", one core" : "")
    case .bytes: bytes(setting.size)
    case .sockets: "\(setting.size) sockets"
    case .waiting: "\(setting.size) waiting"
    }
  }

  static func bytes(_ size: Int) -> String {
    if size >= 1 << 20 { return "\(size >> 20) MiB" }
    return size >= 1024 ? "\(size >> 10) KiB" : "\(size) B"
  }

  static func duration(_ nanoseconds: Double) -> String {
    if nanoseconds < 1e4 { return String(format: "%.0f ns", nanoseconds) }
    return nanoseconds < 1e7 ? String(format: "%.1f µs", nanoseconds / 1e3) : String(format: "%.1f ms", nanoseconds / 1e6)
  }

  static func percent(_ part: Double) -> String {
    String(format: "%.1f %%", 100 * part)
  }

  /// Puts columns side by side: two to the left, seven to the right, and what is said about them.
  private static func row(_ columns: [String]) -> String {
    let text =
      pad(columns[0], 22) + pad(columns[1], 42) + columns[2..<9].map { pad($0, 9, left: true) }.joined() + "  " + columns[9]
    return String(text.reversed().drop { $0 == " " }.reversed())
  }

  static func pad(_ text: String, _ width: Int, left: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(1, width - text.count))
    return left ? spaces + text : text + spaces
  }
}
