@preconcurrency import Foundation

/// The time of day in milliseconds, which other processes and machines share.
public func millisecondsOfDay() -> Int {
  Int((Date().timeIntervalSince1970 * 1000).rounded())
}
