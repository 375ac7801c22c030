import Cases
import Foundation

/// Where and with what was measured.
struct Machine: Codable {
  let processor: String
  let cores: Int
  let system: String
  let libzmq: String
  let swift: String
  /// The libraries measured beside this one, with their versions.
  var peers: [String]

  init(peers: [String] = []) {
    processor = Self.processorName
    cores = ProcessInfo.processInfo.activeProcessorCount
    system = "\(Self.distribution), kernel \(Self.kernel)"
    libzmq = libzmqVersion
    swift = Self.output(of: ["swift", "--version"])?.firstMatch(of: /Swift version ([^ ]+)/).map { String($0.1) } ?? "unknown"
    self.peers = peers
  }

  /// One line for the head of a table.
  var summary: String {
    ["\(processor), \(cores) cores", system, "Swift \(swift)", "libzmq \(libzmq)"].joined(separator: "; ")
      + peers.map { "; \($0)" }.joined()
  }

  private static var processorName: String {
    #if os(macOS)
      return output(of: ["sysctl", "-n", "machdep.cpu.brand_string"]) ?? "unknown processor"
    #else
      let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      return text.firstMatch(of: /model name\s*: (.+)/).map { String($0.1) } ?? "unknown processor"
    #endif
  }

  private static var distribution: String {
    let text = (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)) ?? ""
    return text.firstMatch(of: /PRETTY_NAME="(.+)"/).map { String($0.1) } ?? ProcessInfo.processInfo.operatingSystemVersionString
  }

  private static var kernel: String { output(of: ["uname", "-r"]) ?? "unknown" }

  private static func output(of command: [String]) -> String? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
