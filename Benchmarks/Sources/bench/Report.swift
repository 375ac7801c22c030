import Cases
import Foundation

/// Writes RESULTS.md from the figures of a full run and of the instruction counts, whichever there are.
struct Report {
  let folder: String

  func write() throws {
    let run = try RunResults.read(from: "\(folder)/results.json")
    let counts = try InstructionCounter.Results.read(from: "\(folder)/instructions.json")
    guard run != nil || counts != nil else {
      throw Options.Mistake(description: "\(folder) has neither results.json nor instructions.json: run make bench first")
    }
    let text = [Self.introduction, counts.map(instructions), run.map(times)].compactMap { $0 }.joined(separator: "\n")
    let path = URL(fileURLWithPath: folder).deletingLastPathComponent().appendingPathComponent("RESULTS.md")
    try Data(text.utf8).write(to: path, options: .atomic)
    print("\(path.lastPathComponent) is written")
  }

  private static let introduction = """
    # Results

    Every figure is compared with the same work written in C against the same libzmq, in whichever of C's two styles (`zmq_msg_t`, or
    `zmq_send` and `zmq_recv` with a buffer) does better. [README.md](README.md) says how they are measured and how to read them. This
    file is written by `make bench` and `make bench-instructions`.

    """

  private func instructions(_ results: InstructionCounter.Results) -> String {
    var text = """
      ## Instructions and allocations

      Exact counts by valgrind's callgrind, for one message. \(results.machine.summary).


      """
    for workload in Workload.all {
      let counts = results.counts.filter { $0.workload == workload.name }
      if counts.isEmpty { continue }
      text += "### \(workload.number). \(workload.title), for one \(workload.unit)\n\n"
      text += line(["Size", "Way"] + InstructionCounter.titles.dropFirst(2))
      text += line(["---", "---"] + [String](repeating: "--:", count: 6))
      for size in workload.settings.map(\.size) {
        let cell = counts.filter { $0.size == size }
        for count in cell { text += line(InstructionCounter.columns(count, in: cell)) }
      }
      text += "\n"
    }
    return text
  }

  private func times(_ results: RunResults) -> String {
    var text = """
      ## Time

      \(results.date.prefix(10)). \(results.machine.summary).

      All cases of a cell were run in turn, round after round. *Spread* is the distance between the quartiles, as a part of the median;
      *of C* is C's median time divided by this one's, so that 1.00 is as fast as C and more is faster; the spread behind it is that of
      the same ratio taken round by round, and above 10 % nothing is concluded.

      """
    for picture in ["throughput", "latency"] where FileManager.default.fileExists(atPath: "\(folder)/\(picture).svg") {
      text += "\n![\(picture.capitalized) over message size](\(URL(fileURLWithPath: folder).lastPathComponent)/\(picture).svg)\n"
    }
    for workload in Workload.all {
      let cells = results.cells.filter { $0.workload == workload.name }
      if cells.isEmpty { continue }
      text += "\n### \(workload.number). \(workload.title)\n\n"
      text += line(["", "Way", "Median for one \(workload.unit)", "Spread", "Of C", "Spread", ""])
      text += line(["---", "---", "--:", "--:", "--:", "--:", "---"])
      for cell in cells {
        for entry in cell.entries { text += line(Table.columns(entry, in: cell, of: workload)) }
      }
    }
    return text
  }

  private func line(_ columns: [String]) -> String {
    "| " + columns.joined(separator: " | ") + " |\n"
  }
}
