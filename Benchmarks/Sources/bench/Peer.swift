import CBaseline
import Cases
import Foundation

/// A program that measures another library: reads `WAY WORKLOAD TRANSPORT SIZE PINNED COUNT`, answers with the nanoseconds of wall and
/// processor time, a line each.
///
/// Its first line is its name and version and, behind a tabulator each, the ways in which it uses the library; `WAY` is the number of one.
final class Peer {
  let version: String
  private let ways: [String]
  private let library: Case.Library
  private let process = Process()
  private let lines: Lines

  /// The two ends of the pipes; used by one thread, though cases may be passed on.
  private final class Lines: @unchecked Sendable {
    let input = Pipe()
    let output = Pipe()
    private var buffered = Data()

    func ask(_ question: String) throws -> String {
      try input.fileHandleForWriting.write(contentsOf: Data((question + "\n").utf8))
      return try read()
    }

    func read() throws -> String {
      while true {
        if let end = buffered.firstIndex(of: UInt8(ascii: "\n")) {
          let line = String(decoding: buffered[..<end], as: UTF8.self)
          buffered = Data(buffered[(end + 1)...])
          return line
        }
        let more = output.fileHandleForReading.availableData
        guard !more.isEmpty else { throw Options.Mistake(description: "a program that measures another library ended early") }
        buffered += more
      }
    }
  }

  init(_ library: Case.Library, _ command: [String]) throws {
    self.library = library
    let lines = Lines()
    self.lines = lines
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = lines.input
    process.standardOutput = lines.output
    try process.run()
    let introduction = try lines.read().split(separator: "\t").map { String($0) }
    version = introduction[0]
    ways = Array(introduction.dropFirst())
  }

  /// The cases that have the program do the same work; none if it does not know the workload.
  func cases(for workload: Workload) -> [Case] {
    guard workload.number <= 3 else { return [] }
    return ways.enumerated().map { [lines] number, way in
      Case(library, way) { setting, count in
        let answer = try lines.ask(
          "\(number) \(workload.name) \(setting.transport.rawValue) \(setting.size) \(setting.isPinned ? 1 : 0) \(count)")
        let times = answer.split(separator: " ").compactMap { Int64($0) }
        guard times.count == 2 else { throw Options.Mistake(description: "the peer answered: \(answer)") }
        return Time(wall: times[0], cpu: times[1])
      }
    }
  }

  func stop() {
    try? lines.input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
