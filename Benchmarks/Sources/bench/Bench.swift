import CBaseline
import Cases
import Foundation

/// Measures the library against C: `bench run`, `bench instructions`, `bench memory`, `bench report`.
@main
enum Bench {
  static func main() {
    do {
      try run()
    } catch {
      FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run() throws {
    let options = try Options(CommandLine.arguments.dropFirst())
    switch options.command {
    case .run:
      let run = try Runner(options).run()
      if let path = options.json { try run.write(to: path) }
    case .instructions:
      let counts = try InstructionCounter(options).count()
      if let path = options.json { try counts.write(to: path) }
    case .memory:
      let results = try MemoryCheck.run(messages: options.messages)
      if let path = options.json { try results.write(to: path) }
      if results.hasGrown { exit(1) }
    case .report:
      try Report(folder: options.folder).write()
    case .help:
      print(Options.usage)
    }
  }
}
