import Disturbances
import Foundation
import ZeroMQ

/// Children made by `fork` beside everything else, each of which tries what it has inherited, and a context of its own.
enum ForkedChildren {
  /// Starts to make them, for as long as the process lives.
  ///
  /// - Parameter pause: The milliseconds between two children.
  static func start(pausing pause: UInt32) {
    Thread.detachNewThread {
      do { try make(pausing: pause) } catch { fail("the children's sockets: \(error)") }
    }
  }

  private static func make(pausing pause: UInt32) throws -> Never {
    let context = try Context()
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try push.connect(try pull.bind("inproc://children"))
    for number in 0... {
      try push.send("\(number)")
      let child = ForkedChild {
        guard isRefused({ _ = try pull.receive(timeout: .seconds(1)) }), isRefused({ try push.send("child") }) else { return 1 }
        push.close()
        pull.close()
        guard (try? exchange()) ?? false else { return 2 }
        return 0
      }
      let result = child.join()
      guard result == 0 else { fail("a child ended with \(result)") }
      guard try pull.receive() == Message("\(number)") else { fail("a message was lost beside a child") }
      Thread.sleep(forTimeInterval: Double(pause) / 1000)
    }
    fatalError("there are more numbers")
  }

  private static func isRefused(_ body: () throws -> Void) -> Bool {
    do { try body() } catch .notPermitted { return true } catch {}
    return false
  }

  /// Sends a message in a child's own context.
  private static func exchange() throws -> Bool {
    let context = try Context()
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try push.connect(try pull.bind("inproc://child"))
    try push.send("text")
    let isThere = try pull.receive(timeout: .seconds(5)) == "text"
    push.close()
    pull.close()
    try context.terminate()
    return isThere
  }
}
