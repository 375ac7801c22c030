@preconcurrency import Foundation

/// Prints a part of a line, such as a prompt or a dot of progress, and shows it at once.
public func printNow(_ text: String) {
  print(text, terminator: "")
  fflush(stdout)
}
