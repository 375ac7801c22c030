@preconcurrency import Foundation

/// The program's arguments without its options and flags.
public var operands: [String] {
  CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("-") }
}

/// A Boolean value that indicates whether a flag, such as `-v`, was given.
public func hasFlag(_ flag: String) -> Bool {
  CommandLine.arguments.dropFirst().contains(flag)
}

/// The value of an option, given as `--name=value`, or what the Guide has there.
public func option(_ name: String, default standard: String) -> String {
  let prefix = "--\(name)="
  return CommandLine.arguments.last { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) } ?? standard
}

/// The value of an option as a number, or what the Guide has there.
public func option(_ name: String, default standard: Int) -> Int {
  let text = option(name, default: String(standard))
  guard let number = Int(text) else {
    fputs("--\(name) is a number, not \"\(text)\"\n", stderr)
    exit(2)
  }
  return number
}

/// The value of an option in milliseconds, or what the Guide has there.
public func option(_ name: String, default standard: Duration) -> Duration {
  .milliseconds(option(name, default: Int(standard / .milliseconds(1))))
}
