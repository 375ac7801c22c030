// ROUTER to REQ: a broker hands out work to whichever of its workers asks for it, and in the end fires them.
//
// Run it alone, or with more workers in other processes.
// Arguments: the endpoint to bind; how many milliseconds to run (5000); how many workers to start (10) and to expect from elsewhere
// (0); how many milliseconds a task takes at most (500).
import GuideSupport
import ZeroMQ

/// A worker thread: asks for work until it is fired.
func work(in context: Context, for endpoint: String, longestTask: Int) throws {
  let worker = try context.socket(.req)
  try worker.set(.routingID, to: randomID())
  try worker.connect(endpoint)

  var total = 0
  while true {
    try worker.send("Hi Boss")  // Tell the broker that we are ready for work.
    if try worker.receive() == "Fired!" { break }
    total += 1
    sleep(for: .milliseconds(Int.random(in: 0...longestTask)))  // Do some random work.
  }
  print("Completed: \(total) tasks")
}

printLineByLine()

let duration = Duration.milliseconds(argument(2, default: 5000))
let count = argument(3, default: 10)
let expected = count + argument(4, default: 0)
let longestTask = argument(5, default: 500)
let context = try Context()
let broker = try context.socket(.router)
let endpoint = try broker.bind(argument(1, default: "tcp://*:5671")).replacing("0.0.0.0", with: "127.0.0.1")

let workers = (0..<count).map { _ in
  GuideThread { try work(in: context, for: endpoint, longestTask: longestTask) }
}

// Encourage the workers until it is time to fire them.
let end = ContinuousClock.now + duration
var fired = 0
while fired < expected {
  // The next message is from the worker that has waited longest: [routing ID, "", "Hi Boss"].
  let worker = try broker.receive()[0]
  if ContinuousClock.now < end {
    try broker.send(worker, "", "Work harder")
  } else {
    try broker.send(worker, "", "Fired!")
    fired += 1
  }
}

for worker in workers { worker.join() }
broker.close()
try context.terminate()
