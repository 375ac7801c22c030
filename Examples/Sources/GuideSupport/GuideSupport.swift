@preconcurrency import Foundation

/// The program's argument at a position, options and flags not counted, or what the Guide has there.
public func argument(_ position: Int, default standard: String) -> String {
  operands.count >= position ? operands[position - 1] : standard
}

/// The program's argument at a position as a number, or what the Guide has there.
public func argument(_ position: Int, default standard: Int) -> Int {
  let text = argument(position, default: String(standard))
  guard let number = Int(text) else {
    fputs("argument \(position) is a number, not \"\(text)\"\n", stderr)
    exit(2)
  }
  return number
}

/// Shows each line as it is printed, also when the output goes to a pipe or file.
public func printLineByLine() {
  setvbuf(stdout, nil, _IOLBF, 0)
}
