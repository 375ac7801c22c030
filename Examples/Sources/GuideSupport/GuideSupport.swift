@preconcurrency import Foundation

/// The program's argument at a position, or what the Guide has there.
public func argument(_ position: Int, default standard: String) -> String {
  CommandLine.arguments.count > position ? CommandLine.arguments[position] : standard
}

/// The program's argument at a position as a number, or what the Guide has there.
public func argument(_ position: Int, default standard: Int) -> Int {
  guard CommandLine.arguments.count > position else { return standard }
  guard let number = Int(CommandLine.arguments[position]) else {
    fputs("argument \(position) is a number, not \"\(CommandLine.arguments[position])\"\n", stderr)
    exit(2)
  }
  return number
}

/// Shows each line as it is printed, also when the output goes to a pipe or file.
public func printLineByLine() {
  setvbuf(stdout, nil, _IOLBF, 0)
}
