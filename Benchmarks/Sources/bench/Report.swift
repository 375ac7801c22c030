import Cases
import Foundation

/// Writes RESULTS.md from the figures of a full run and of the instruction counts, whichever there are.
struct Report {
  let folder: String

  func write() throws {
    let run = try RunResults.read(from: "\(folder)/results.json")
    let counts = try InstructionCounter.Results.read(from: "\(folder)/instructions.json")
    let memory = try MemoryCheck.Results.read(from: "\(folder)/memory.json")
    let peers = try RunResults.read(from: "\(folder)/peers.json")
    let sections = [counts.map(instructions), memory.map(bytes), run.map(times), peers.map(compared)].compactMap { $0 }
    if sections.isEmpty { throw Options.Mistake(description: "\(folder) has no results: run make bench first") }
    let text = ([Self.introduction] + sections).joined(separator: "\n")
    let path = URL(fileURLWithPath: folder).deletingLastPathComponent().appendingPathComponent("RESULTS.md")
    try Data(text.utf8).write(to: path, options: .atomic)
    print("\(path.lastPathComponent) is written")
  }

  private static let introduction = """
    # Results

    Every figure is compared with the same work written in C against the same libzmq, in whichever of C's two styles (`zmq_msg_t`, or
    `zmq_send` and `zmq_recv` with a buffer) does better. [README.md](README.md) says how they are measured and how to read them. This
    file is written by `make bench`, `make bench-instructions`, `make bench-memory`, and `make bench-peers`.

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
      text += line(["", "Way"] + InstructionCounter.titles.dropFirst(2))
      text += line(["---", "---"] + [String](repeating: "--:", count: 4) + ["---"])
      for size in workload.countedSizes {
        let cell = counts.filter { $0.size == size }
        for count in cell { text += line(InstructionCounter.columns(count, in: cell, of: workload)) }
      }
      text += "\n"
    }
    return text
  }

  private func bytes(_ results: MemoryCheck.Results) -> String {
    var text = """
      ## Memory

      The bytes of heap that one takes, and the growth of the memory in RAM while messages are received. \(results.machine.summary).


      """
    text += line(MemoryCheck.titles) + line(["---", "--:", "--:", "--:"])
    for heap in results.heap { text += line(MemoryCheck.columns(heap)) }
    text += "\n" + line(["Received", "Messages", "Growth after the first tenth"]) + line(["---", "--:", "--:"])
    for growth in results.growth { text += line([growth.name, "\(growth.messages)", "\(growth.bytes >> 10) KiB"]) }
    return text
  }

  private func times(_ results: RunResults) -> String {
    var text = """
      ## Time

      \(results.date.prefix(10)). \(results.machine.summary).

      All cases of a cell were run in turn, round after round. *CPU* is the time of all processors for one, *wall* that of a clock. *Spread*
      is the distance between the quartiles, as a part of the median. *Of C* is the median of the ratios to C, taken round by round, so that
      1.1 is ten percent more. The spread behind it is theirs, and above 10 % nothing is concluded.

      """
    for picture in ["throughput", "latency"] where FileManager.default.fileExists(atPath: "\(folder)/\(picture).svg") {
      text += "\n![\(picture.capitalized) over message size](\(URL(fileURLWithPath: folder).lastPathComponent)/\(picture).svg)\n"
    }
    for workload in Workload.all {
      let cells = results.cells.filter { $0.workload == workload.name }
      if cells.isEmpty { continue }
      text += "\n### \(workload.number). \(workload.title)\n\n"
      text += "For one \(workload.unit).\n\n" + line(["", "Way"] + Table.titles)
      text += line(["---", "---"] + [String](repeating: "--:", count: Table.titles.count - 1) + ["---"])
      for cell in cells {
        for entry in cell.entries { text += line(Table.columns(entry, in: cell, of: workload)) }
      }
    }
    return text
  }

  /// One line for each cell, and a column for C and each of the ways that compare.
  private func compared(_ results: RunResults) -> String {
    let ways = [
      "cppzmq message_t", "Swift UniqueFrame", "Swift Message", "Swift async Message", "pyzmq send and recv", "pyzmq asyncio",
    ]
    var text = """
      ## Other libraries

      \(results.date.prefix(10)). \(results.machine.summary).

      The CPU time of C, and that of the others divided by it, each in its way that takes least; in brackets, the wall time divided by
      that of C. Where the former's spread is above 10 %, the cell says "noisy".


      """
    text += line(["", "C"] + ways) + line(["---"] + [String](repeating: "--:", count: ways.count + 1))
    for cell in results.cells {
      guard let workload = Workload.all.first(where: { $0.name == cell.workload }), let c = cell.baseline(\.cpu),
        let wall = cell.baseline(\.wall)
      else { continue }
      let ratios = ways.map { way in
        // Several ways begin with `Message`, for example.
        let found = cell.entries.filter { "\($0.library.rawValue) \($0.name)".hasPrefix(way) }
        guard let entry = found.min(by: { Statistics($0.cpu).median < Statistics($1.cpu).median }) else { return "" }
        let ratio = cell.ratio(entry, to: c, \.cpu)
        return String(format: "%.2f (%.2f)", ratio.median, cell.ratio(entry, to: wall, \.wall).median)
          + (ratio.spread > Cell.tolerance ? " noisy" : "")
      }
      let setting = "\(workload.name) \(Table.describe(cell.setting, of: workload))"
      text += line([setting, Table.duration(Statistics(c.cpu).median)] + ratios)
    }
    return text
  }

  private func line(_ columns: [String]) -> String {
    "| " + columns.joined(separator: " | ") + " |\n"
  }
}
