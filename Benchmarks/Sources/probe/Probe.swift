import CBaseline
import Cases

/// Runs one case for valgrind to count, with several counts: `probe WORKLOAD SIZE LIBRARY NAME COUNT…`.
///
/// Each count gets a child process of its own, whose number is printed: all start with the same heap, on which malloc's work
/// depends from 1 KiB up, and with the program loaded, which takes valgrind longer than the case.
@main
enum Probe {
  private struct Task {
    let counted: Case
    let setting: Setting
    let count: Int
  }

  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count > 5, let size = Int(arguments[2]),
      let workload = Workload.all.first(where: { $0.name == arguments[1] }),
      let counted = workload.cases.first(where: { $0.library.rawValue == arguments[3] && $0.name == arguments[4] })
    else {
      print("usage: probe WORKLOAD SIZE LIBRARY NAME COUNT…, that is, one of")
      for workload in Workload.all {
        for known in workload.cases { print("  probe \(workload.name) SIZE \(known.library.rawValue) '\(known.name)' COUNT…") }
      }
      return
    }
    _ = baseline_raise_open_files()
    // Printed at the end: what the parent does between two children would be counted with the second.
    var children: [Int64] = []
    for count in arguments.dropFirst(5).compactMap({ Int($0) }) {
      var task = Task(counted: counted, setting: Setting(workload.settings[0].transport, size), count: count)
      let child = withUnsafeMutablePointer(to: &task) {
        baseline_in_child({ Probe.run($0.assumingMemoryBound(to: Task.self).pointee) }, $0)
      }
      guard child > 0 else { fatalError("\(counted.library.rawValue) \(counted.name) failed") }
      children.append(child)
    }
    for child in children { print(child) }
  }

  private static func run(_ task: Task) {
    baseline_deadline(300, task.counted.name)
    do {
      _ = try task.counted.run(task.setting, task.count)
    } catch {
      fatalError("\(error)")
    }
  }
}
