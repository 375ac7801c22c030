import XCTest
import ZeroMQ

final class Chapter1Tests: GuideTestCase {
  func testVersionIsTheLibrarys() throws {
    let version = try start("version")
    XCTAssertEqual(try version.waitForExit(), 0)
    XCTAssertEqual(version.output, "Current 0MQ version is \(LibZMQ.version)\n")
  }

  func testHelloWorld() throws {
    let endpoint = try freeEndpoint()
    let server = try start("hwserver", endpoint, "1")
    let client = try start("hwclient", endpoint)
    XCTAssertEqual(try client.waitForExit(), 0)
    let exchanges = (0..<10).map { "Sending Hello \($0)...\nReceived World \($0)\n" }
    XCTAssertEqual(client.output, "Connecting to hello world server...\n" + exchanges.joined())
    try stop(server)
    XCTAssertEqual(server.output, String(repeating: "Received Hello\n", count: 10))
  }

  func testHelloWorldServerShowsWhatItReceivesWhileItRuns() throws {
    let endpoint = try freeEndpoint()
    let server = try start("hwserver", endpoint, "1")
    let requester = try context.socket(.req)
    try requester.connect(endpoint)
    for request in ["Hello", "Hello again"] {
      try requester.send(request)
      XCTAssertEqual(try receive(from: requester), "World")
      XCTAssertEqual(try server.nextLine(), "Received \(request)")
    }
    try stop(server, with: SIGINT)
  }

  func testHelloWorldClientSendsHelloTenTimes() throws {
    let responder = try context.socket(.rep)
    let client = try start("hwclient", try responder.bind("tcp://127.0.0.1:*"))
    for number in 0..<10 {
      XCTAssertEqual(try receive(from: responder), "Hello")
      try responder.send("World")
      try client.waitForOutput("Received World \(number)\n")
    }
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertNil(try responder.receiveIfReady())
  }

  func testWeather() throws {
    let endpoint = try freeEndpoint()
    let server = try start("wuserver", endpoint)
    let clients = try ["1", "00"].map { try start("wuclient", $0, endpoint, "50") }
    for (client, filter) in zip(clients, ["1", "00"]) {
      XCTAssertEqual(try client.nextLine(), "Collecting updates from weather server...")
      let average = try client.nextLine()
      XCTAssertEqual(average.wholeMatch(of: /Average temperature for zipcode '(\d+)' was -?\d+F/)?.1, Substring(filter), average)
      XCTAssertEqual(try client.waitForExit(), 0)
    }
    try stop(server)
    XCTAssertEqual(server.output, "")
  }

  func testWeatherServerPublishesZipCodeTemperatureAndHumidity() throws {
    let endpoint = try freeEndpoint()
    let server = try start("wuserver", endpoint)
    let subscriber = try context.socket(.sub)
    try subscriber.connect(endpoint)
    try subscriber.subscribe(to: "")
    var zipCodes: Set<Substring> = []
    for _ in 0..<1000 {
      let update = try receive(from: subscriber)
      XCTAssertEqual(update.count, 1)
      let fields = try XCTUnwrap("\(update)".wholeMatch(of: /(\d{5}) (-?\d+) (\d+)/), "\(update)").output
      zipCodes.insert(fields.1)
      XCTAssertTrue(-80..<135 ~= Int(fields.2)!, "\(update)")
      XCTAssertTrue(10..<60 ~= Int(fields.3)!, "\(update)")
    }
    XCTAssertGreaterThan(zipCodes.count, 900)
    XCTAssertTrue(zipCodes.contains { $0.hasPrefix("0") })
    try stop(server, with: SIGINT)
  }

  func testWeatherClientAveragesTheFirstHundredUpdatesOfItsZipCode() throws {
    // An XPUB socket learns of subscriptions.
    let publisher = try context.socket(.xpub)
    let client = try start("wuclient", "10001 ", try publisher.bind("tcp://127.0.0.1:*"))
    XCTAssertEqual(try receive(from: publisher), "\u{1}10001 ")
    for number in 0..<100 {
      try publisher.send("10002 1000 50")
      try publisher.send("10001 \(-number) 50")
    }
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertEqual(try client.nextLine(), "Collecting updates from weather server...")
    XCTAssertEqual(try client.nextLine(), "Average temperature for zipcode '10001 ' was -49F")
  }

  func testPipeline() throws {
    let (tasks, results) = (try freeEndpoint(), try freeEndpoint())
    let ventilator = try start("taskvent", tasks, results)
    try ventilator.waitForOutput(": ")
    let sink = try start("tasksink", results)
    let workers = try (0..<2).map { _ in try start("taskwork", tasks, results) }
    try pressEnter(ventilator)
    XCTAssertEqual(try sink.waitForExit(), 0)
    XCTAssertNotNil(sink.output.wholeMatch(of: batchReport), sink.output)
    for worker in workers { try stop(worker) }
    let workloads = workers.flatMap { $0.output.split(separator: ".").compactMap { Int($0) } }
    XCTAssertEqual(workloads.count, 100)
    XCTAssertEqual(try expectedCost(ventilator), workloads.reduce(0, +))
  }

  func testVentilatorSendsAHundredTasksAfterEnter() throws {
    try checkVentilator { try $0.write("\n") }
  }

  func testVentilatorTakesTheEndOfItsInputForEnter() throws {
    try checkVentilator { try $0.closeInput() }
  }

  /// Plays the worker and the sink for a ventilator.
  private func checkVentilator(pressEnter: (Program) throws -> Void) throws {
    let endpoint = try freeEndpoint()
    let worker = try context.socket(.pull)
    let sink = try context.socket(.pull)
    let ventilator = try start("taskvent", endpoint, try sink.bind("tcp://127.0.0.1:*"))
    try worker.connect(endpoint)
    try ventilator.waitForOutput("Press Enter when the workers are ready: ")
    XCTAssertNil(try worker.receive(timeout: .milliseconds(50)))
    XCTAssertNil(try sink.receiveIfReady())
    try pressEnter(ventilator)
    XCTAssertEqual(try receive(from: sink), "0")
    var total = 0
    for _ in 0..<100 {
      let task = try receive(from: worker)
      XCTAssertEqual(task.count, 1)
      let workload = try XCTUnwrap(Int("\(task)"), "\(task)")
      XCTAssertTrue(1...100 ~= workload, "\(task)")
      total += workload
    }
    XCTAssertEqual(try ventilator.waitForExit(), 0)
    XCTAssertEqual(try expectedCost(ventilator), total)
    XCTAssertNil(try worker.receiveIfReady())
    XCTAssertNil(try sink.receiveIfReady())
  }

  func testWorkerSendsAnEmptyResultForEachTask() throws {
    let ventilator = try context.socket(.push)
    let sink = try context.socket(.pull)
    let worker = try start("taskwork", try ventilator.bind("tcp://127.0.0.1:*"), try sink.bind("tcp://127.0.0.1:*"))
    for task in ["1", "20", "3"] {
      try ventilator.send(task)
      XCTAssertEqual(try receive(from: sink), [""])
      try worker.waitForOutput("\(task).")
    }
    try stop(worker)
    XCTAssertEqual(worker.output, "1.20.3.")
    XCTAssertNil(try sink.receiveIfReady())
  }

  func testWorkerEndsAlthoughTheSinkIsGone() throws {
    let ventilator = try context.socket(.push)
    let worker = try start("taskwork", try ventilator.bind("tcp://127.0.0.1:*"), try freeEndpoint())
    try ventilator.send("1")
    try worker.waitForOutput("1.")
    try ventilator.send("2")
    try worker.waitForOutput("2.")
    try stop(worker)
  }

  func testSinkCountsAHundredResults() throws {
    let endpoint = try freeEndpoint()
    let sink = try start("tasksink", endpoint)
    let sender = try context.socket(.push)
    try sender.connect(endpoint)
    try sender.send("0")
    try sender.send("")
    try sink.waitForOutput(":")
    for _ in 1..<99 { try sender.send("") }
    try sink.waitForOutput(String(repeating: ":.........", count: 10).dropLast())
    XCTAssertTrue(sink.isRunning)
    try sender.send("")
    XCTAssertEqual(try sink.waitForExit(), 0)
    XCTAssertNotNil(sink.output.wholeMatch(of: batchReport), sink.output)
  }
}
