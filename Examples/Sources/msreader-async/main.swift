// Reading from two sockets at once, msreader with async and await: a task for each socket, until Ctrl-C.
//
// The Guide's msreader looks at its sockets in turn and sleeps in between. A task that waits costs nothing, and has each message as it
// comes; both tasks share one thread.
// Run it with wuserver and taskvent, which needs a tasksink for its start signal.
// Arguments: the endpoints of the ventilator and of the weather server, and what weather updates begin with ("10001 ").
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()
try context.shutdownOnSignals()  // ends the loops over messages

let executor = SocketExecutor()
try await executor.run {
  try await withThrowingDiscardingTaskGroup { group in
    group.addTask {
      let receiver = try context.socket(.pull)
      try receiver.connect(argument(1, default: "tcp://127.0.0.1:5557"))
      for try await task in receiver.messages { print("Task \(task)") }
    }
    group.addTask {
      let subscriber = try context.socket(.sub)
      try subscriber.connect(argument(2, default: "tcp://127.0.0.1:5556"))
      try subscriber.subscribe(to: argument(3, default: "10001 "))
      for try await update in subscriber.messages { print("Weather \(update)") }
    }
  }
  try await context.terminate()
}
