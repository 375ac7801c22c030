import Foundation

/// What valgrind's callgrind counted in one process.
struct Callgrind {
  /// All instructions, of all threads.
  private(set) var instructions = 0
  /// How often each function was called.
  private(set) var calls: [String: Int] = [:]

  /// Runs a program under callgrind.
  ///
  /// - Returns: the counts of those of its child processes whose numbers it prints.
  static func run(_ program: String, _ arguments: [String]) throws -> [Callgrind] {
    let folder = URL(fileURLWithPath: NSTemporaryDirectory())
      .appendingPathComponent("callgrind-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [
        "valgrind", "--quiet", "--tool=callgrind", "--callgrind-out-file=\(folder.path)/%p", "--compress-strings=no",
        "--compress-pos=no", program,
      ] + arguments
    // A seed by chance for hashing would make two runs differ.
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_DETERMINISTIC_HASHING": "1"]) { $1 }
    process.standardOutput = output
    try process.run()
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Options.Mistake(description: "valgrind failed (is it installed?): \(program) \(arguments.joined(separator: " "))")
    }
    return try printed.split(separator: "\n").map {
      Callgrind(try String(contentsOf: folder.appendingPathComponent(String($0)), encoding: .utf8))
    }
  }

  /// Reads the lines `cfn=NAME`, `calls=NUMBER …` and `totals: NUMBER`.
  private init(_ text: String) {
    var callee = ""
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      if line.starts(with: "cfn=".utf8) {
        callee = String(decoding: line.dropFirst(4), as: UTF8.self)
      } else if line.starts(with: "calls=".utf8) {
        calls[callee, default: 0] += Self.number(line.dropFirst(6))
      } else if line.starts(with: "totals: ".utf8) {
        instructions += Self.number(line.dropFirst(8))
      }
    }
  }

  private static func number(_ text: Substring.UTF8View.SubSequence) -> Int {
    text.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
  }
}
