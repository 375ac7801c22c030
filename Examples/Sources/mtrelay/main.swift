// Multithreaded relay: three threads pass a signal on over PAIR sockets, and share nothing but the context.
//
// Run it alone.
import Foundation
import GuideSupport
import ZeroMQ

func step1(in context: Context) throws {
  // Connect to step 2 and tell it that we are ready.
  let transmitter = try context.socket(.pair)
  try transmitter.connect("inproc://step2")
  print("Step 1 ready, signaling step 2")
  try transmitter.send("READY")
}

func step2(in context: Context) throws {
  // Bind before step 1 starts, wait for its signal, and pass it on.
  let receiver = try context.socket(.pair)
  try receiver.bind("inproc://step2")
  startThread { try step1(in: context) }
  _ = try receiver.receive()

  let transmitter = try context.socket(.pair)
  try transmitter.connect("inproc://step3")
  print("Step 2 ready, signaling step 3")
  try transmitter.send("READY")
}

func step3(in context: Context) throws {
  let receiver = try context.socket(.pair)
  try receiver.bind("inproc://step3")
  startThread { try step2(in: context) }
  _ = try receiver.receive()
}

/// Runs a step in a thread of its own; an error there ends the program.
func startThread(_ step: @escaping @Sendable () throws -> Void) {
  Thread.detachNewThread {
    do { try step() } catch { fatalError("\(error)") }
  }
}

printLineByLine()

let context = try Context()
try step3(in: context)
print("Test successful!")
try context.terminate()
