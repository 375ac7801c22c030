import CBaseline
import Cases

/// Runs one case so many times, for valgrind to count: `probe WORKLOAD LIBRARY CASE SIZE COUNT`.
@main
enum Probe {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 5, let size = Int(arguments[4]), let count = Int(arguments[5]),
      let workload = Workload.all.first(where: { $0.name == arguments[1] }),
      let chosen = workload.cases.first(where: { $0.library.rawValue == arguments[2] && $0.name == arguments[3] }),
      let setting = workload.settings.first
    else {
      print("usage: probe WORKLOAD LIBRARY CASE SIZE COUNT, such as probe pair Swift 'UniqueFrame reused' 64 1000")
      for workload in Workload.all {
        for known in workload.cases { print("  \(workload.name) \(known.library.rawValue) '\(known.name)'") }
      }
      return
    }
    baseline_deadline(300, "\(workload.title), \(chosen.library.rawValue), \(chosen.name)")
    _ = try chosen.run(Setting(setting.transport, size), count)
  }
}
