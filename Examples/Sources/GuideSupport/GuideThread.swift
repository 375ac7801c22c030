import Foundation
import ZeroMQ

/// A thread of a program, which makes its own sockets and shares only the context.
public struct GuideThread: Sendable {
  private let end = DispatchGroup()

  /// Starts a thread, which ends with its body or when the context is shut down; any other error ends the program.
  public init(_ body: @escaping @Sendable () throws -> Void) {
    end.enter()
    Thread.detachNewThread { [end] in
      do {
        try body()
      } catch {
        guard (error as? ZeroMQError)?.code == .contextTerminated else { fatalError("\(error)") }
      }
      end.leave()
    }
  }

  /// Waits for the thread's end.
  public func join() {
    end.wait()
  }
}
