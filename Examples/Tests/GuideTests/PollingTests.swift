import XCTest
import ZeroMQ

final class PollingTests: GuideTestCase {
  func testReaderTakesTasksAndWeather() throws {
    try checkReader("msreader")
  }

  func testPollerTakesTasksAndWeather() throws {
    try checkReader("mspoller")
  }

  func testTasksTakeTasksAndWeather() throws {
    try checkReader("msreader-async")
  }

  /// Runs a reader with the ventilator and the weather server.
  private func checkReader(_ name: String) throws {
    let (tasks, weather) = (try freeEndpoint(), try freeEndpoint())
    let sink = try context.socket(.pull)
    let server = try start("wuserver", weather)
    let ventilator = try start("taskvent", tasks, try sink.bind("tcp://127.0.0.1:*"))
    let reader = try start(name, tasks, weather, "100")
    try reader.waitForOutput("Weather 100")
    try ventilator.waitForOutput(": ")
    try ventilator.write("\n")
    XCTAssertEqual(try receive(from: sink), "0")
    var workloads: [Int] = []
    while workloads.count < 100 {
      let line = try reader.nextLine()
      if let task = line.wholeMatch(of: /Task (\d+)/) {
        workloads.append(Int(task.1)!)
      } else {
        XCTAssertNotNil(line.wholeMatch(of: /Weather 100\d\d -?\d+ \d+/), line)
      }
    }
    XCTAssertEqual(try ventilator.waitForExit(), 0)
    XCTAssertEqual(try expectedCost(ventilator), workloads.reduce(0, +))
    try stop(reader)
    try stop(server)
  }

  func testReaderSubscribesToTheGuidesZipCode() throws {
    try checkSubscription("msreader")
  }

  func testPollerSubscribesToTheGuidesZipCode() throws {
    try checkSubscription("mspoller")
  }

  func testTasksSubscribeToTheGuidesZipCode() throws {
    try checkSubscription("msreader-async")
  }

  /// Plays the ventilator and the weather server for a reader.
  private func checkSubscription(_ name: String) throws {
    let ventilator = try context.socket(.push)
    let publisher = try context.socket(.xpub)
    let reader = try start(name, try ventilator.bind("tcp://127.0.0.1:*"), try publisher.bind("tcp://127.0.0.1:*"))
    XCTAssertEqual(try receive(from: publisher), "\u{1}10001 ")
    try publisher.send("10002 1 2")
    try publisher.send("10001 3 4")
    XCTAssertEqual(try reader.nextLine(), "Weather 10001 3 4")
    try ventilator.send("5")
    XCTAssertEqual(try reader.nextLine(), "Task 5")
    try stop(reader, with: SIGINT)
  }

  func testPipelineWithKillSignal() throws {
    let (tasks, results, control) = (try freeEndpoint(), try freeEndpoint(), try freeEndpoint())
    let ventilator = try start("taskvent", tasks, results)
    try ventilator.waitForOutput(": ")
    let sink = try start("tasksink2", results, control)
    let workers = try (0..<2).map { _ in try start("taskwork2", tasks, results, control) }
    let listener = try context.socket(.sub)
    try listener.connect(control)
    try listener.subscribe(to: "")
    try pressEnter(ventilator)
    XCTAssertEqual(try receive(from: listener), "KILL")
    XCTAssertEqual(try sink.waitForExit(), 0)
    XCTAssertNotNil(sink.output.wholeMatch(of: batchReport), sink.output)
    for worker in workers { XCTAssertEqual(try worker.waitForExit(), 0) }
    let workloads = workers.flatMap { $0.output.split(separator: ".").compactMap { Int($0) } }
    XCTAssertEqual(workloads.count, 100)
    XCTAssertEqual(try expectedCost(ventilator), workloads.reduce(0, +))
  }

  func testWorkerEndsAtAControlMessage() throws {
    let ventilator = try context.socket(.push)
    let sink = try context.socket(.pull)
    let controller = try context.socket(.xpub)
    let worker = try start(
      "taskwork2", try ventilator.bind("tcp://127.0.0.1:*"), try sink.bind("tcp://127.0.0.1:*"),
      try controller.bind("tcp://127.0.0.1:*"))
    XCTAssertEqual(try receive(from: controller), "\u{1}")
    for task in ["1", "20"] {
      try ventilator.send(task)
      XCTAssertEqual(try receive(from: sink), [""])
      try worker.waitForOutput("\(task).")
    }
    XCTAssertTrue(worker.isRunning)
    try controller.send("KILL")
    XCTAssertEqual(try worker.waitForExit(), 0)
    XCTAssertEqual(worker.output, "1.20.")
    XCTAssertNil(try sink.receiveIfReady())
  }
}
