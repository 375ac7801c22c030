import Foundation
import Synchronization
import XCTest
import ZeroMQ

/// The code of the error that something throws; `nil` if it throws none.
///
/// For threads, where no test's method can be called.
func thrownCode(_ body: () throws -> Void) -> ZeroMQError.Code? {
  do { try body() } catch { return (error as? ZeroMQError)?.code }
  return nil
}

/// Something on its way from one thread to another.
final class Handover<Value>: Sendable {
  private let value: Mutex<Value?>

  /// Takes a value that the giver has no longer.
  init(_ value: sending Value) {
    self.value = Mutex(value)
  }

  /// Gives the value to its new owner, once.
  func take() throws -> sending Value {
    let taken = value.withLock { value -> sending Value? in
      let taken = value
      value = nil
      return taken
    }
    return try XCTUnwrap(taken)
  }
}

/// Lets other threads come to where they block; nothing depends on whether they do.
func letOthersBlock() {
  Thread.sleep(forTimeInterval: 0.02)
}

/// How long something takes.
func elapsed(_ body: () throws -> Void) rethrows -> Duration {
  let start = ContinuousClock.now
  try body()
  return ContinuousClock.now - start
}
