import Cases
import Foundation

/// How figures look in the terminal.
enum Table {
  static func heading(_ workload: Workload) -> String {
    "\(workload.number). \(workload.title): time for one \(workload.unit), and the speed as a part of C's (C / time)\n"
      + row(["", "", "median", "spread", "of C", "spread", ""])
  }

  static func rows(_ cell: Cell, of workload: Workload) -> String {
    cell.entries.map { row(columns($0, in: cell, of: workload)) }.joined(separator: "\n") + "\n"
  }

  /// What a table says of a case.
  static func columns(_ entry: Cell.Entry, in cell: Cell, of workload: Workload) -> [String] {
    let statistics = entry.statistics
    let comparison = cell.compare(entry)
    let isBaseline = entry.library == .c && entry.name == cell.baseline?.name
    return [
      describe(cell.setting, of: workload), "\(entry.library.rawValue) \(entry.name)", duration(statistics.median),
      percent(statistics.spread), comparison.map { String(format: "%.2f", $0.speed) } ?? "",
      isBaseline ? "" : comparison.map { percent($0.spread) } ?? "",
      isBaseline ? "C" : entry.library == .c ? "" : comparison?.verdict ?? "",
    ]
  }

  static func describe(_ setting: Setting, of workload: Workload) -> String {
    if [6, 11, 12].contains(workload.number) { return "\(setting.size) sockets" }
    if workload.number == 8 { return bytes(setting.size) }
    if workload.number == 9 { return setting.size == 1 ? "1 thread" : "\(setting.size) threads" }
    return "\(setting.transport.rawValue) \(bytes(setting.size))" + (setting.isPinned ? ", one core" : "")
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

  /// Puts columns side by side: two to the left, four to the right, and what is said about them.
  private static func row(_ columns: [String]) -> String {
    let text =
      pad(columns[0], 22) + pad(columns[1], 38) + columns[2..<6].map { pad($0, 10, left: true) }.joined() + "  " + columns[6]
    return String(text.reversed().drop { $0 == " " }.reversed())
  }

  static func pad(_ text: String, _ width: Int, left: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(1, width - text.count))
    return left ? spaces + text : text + spaces
  }
}
