import Foundation

/// Blocks the calling thread for a while.
public func sleep(for duration: Duration) {
  Thread.sleep(forTimeInterval: duration / .seconds(1))
}
