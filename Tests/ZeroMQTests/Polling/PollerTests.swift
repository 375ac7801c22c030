import Foundation
import XCTest
import ZeroMQ

final class PollerTests: ZeroMQTestCase {
  func testReadableSocketIsReported() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      var poller = Poller()
      poller.add(pull, for: .readable)
      XCTAssertTrue(try poller.wait(timeout: .zero).isEmpty)
      try push.send("x")
      var events = try poller.wait(timeout: Self.patience)
      XCTAssertEqual(events.count, 1)
      let event = try XCTUnwrap(events.next())
      XCTAssertTrue(event.concerns(pull))
      XCTAssertTrue(event.isReadable)
      XCTAssertFalse(event.isWritable)
      XCTAssertEqual(event.events, .readable)
      XCTAssertNil(event.fileDescriptor)
      XCTAssertNil(events.next())
      XCTAssertTrue(events.isEmpty)
      XCTAssertEqual(try pull.receiveIfReady(), "x")
    }
  }

  func testWritableSocketIsReported() throws {
    for transport in Transport.allCases {
      let push = try context.socket(.push)
      var poller = Poller()
      poller.add(push, for: .writable)
      XCTAssertTrue(try poller.wait(timeout: .zero).isEmpty)
      let pull = try context.socket(.pull)
      try pull.connect(try push.bind(transport.newEndpoint()))
      var events = try poller.wait(timeout: Self.patience)
      XCTAssertEqual(events.next()?.events, .writable)
    }
  }

  func testSocketIsReportedForAllThatItIsReadyFor() throws {
    let (first, second) = try pair(.pair, .pair, over: .inproc)
    try second.send("x")
    var poller = Poller()
    poller.add(first, for: [.readable, .writable])
    var events = try poller.wait(timeout: Self.patience)
    XCTAssertEqual(events.next()?.events, [.readable, .writable])
  }

  func testReadySocketsComeInTheOrderInWhichTheyWereAdded() throws {
    let pairs = try (0..<5).map { _ in try pair(.pull, .push, over: .inproc) }
    var poller = Poller()
    for (pull, _) in pairs { poller.add(pull, for: .readable) }
    for index in [4, 1, 3] { try pairs[index].1.send("x") }
    let events = try poller.wait(timeout: Self.patience)
    XCTAssertEqual(events.count, 3)
    let order = events.map { event in pairs.firstIndex { event.concerns($0.0) } }
    XCTAssertEqual(order, [1, 3, 4])
    XCTAssertFalse(events.contains(pairs[0].0))
    XCTAssertTrue(events.contains(pairs[4].0))
    XCTAssertFalse(events.contains(pairs[4].0, .writable))
    XCTAssertTrue(events.contains(pairs[4].0, [.readable, .writable]))
  }

  func testFileDescriptorsAndSocketsAreWaitedForTogether() throws {
    let pipe = Pipe()
    let (readingEnd, writingEnd) = (pipe.fileHandleForReading.fileDescriptor, pipe.fileHandleForWriting.fileDescriptor)
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    var poller = Poller()
    poller.add(fileDescriptor: readingEnd, for: .readable)
    poller.add(pull, for: .readable)
    poller.add(fileDescriptor: writingEnd, for: .writable)
    XCTAssertEqual(try poller.wait(timeout: .zero).map(\.fileDescriptor), [writingEnd])
    try pipe.fileHandleForWriting.write(contentsOf: Data("x".utf8))
    try push.send("x")
    let events = try poller.wait(timeout: Self.patience)
    XCTAssertEqual(events.map(\.fileDescriptor), [readingEnd, nil, writingEnd])
    XCTAssertEqual(events.map { $0.concerns(fileDescriptor: readingEnd) }, [true, false, false])
    XCTAssertEqual(events.map { $0.concerns(pull) }, [false, true, false])
    XCTAssertEqual(events.map(\.events), [.readable, .readable, .writable])
  }

  func testFileDescriptorWithoutItsOtherEndIsAnError() throws {
    let pipe = Pipe()
    var poller = Poller()
    poller.add(fileDescriptor: pipe.fileHandleForWriting.fileDescriptor, for: .error)
    try pipe.fileHandleForReading.close()
    var events = try poller.wait(timeout: Self.patience)
    XCTAssertTrue(try XCTUnwrap(events.next()).events.contains(.error))
  }

  func testWhatASocketIsWaitedForCanBeChanged() throws {
    let (first, second) = try pair(.pair, .pair, over: .inproc)
    var poller = Poller()
    poller.add(first, for: .readable)
    XCTAssertTrue(try poller.wait(timeout: .zero).isEmpty)
    XCTAssertTrue(poller.change(first, to: .writable))
    XCTAssertEqual(try poller.wait(timeout: Self.patience).map(\.events), [.writable])
    XCTAssertTrue(poller.change(first, to: []))
    XCTAssertTrue(try poller.wait(timeout: .milliseconds(5)).isEmpty)
    XCTAssertFalse(poller.change(second, to: .writable))
    XCTAssertEqual(poller.count, 1)
  }

  func testWhatAFileDescriptorIsWaitedForCanBeChanged() throws {
    let pipe = Pipe()
    let end = pipe.fileHandleForWriting.fileDescriptor
    var poller = Poller()
    poller.add(fileDescriptor: end, for: [])
    XCTAssertTrue(try poller.wait(timeout: .zero).isEmpty)
    XCTAssertTrue(poller.change(fileDescriptor: end, to: .writable))
    XCTAssertEqual(try poller.wait(timeout: .zero).count, 1)
    XCTAssertFalse(poller.change(fileDescriptor: pipe.fileHandleForReading.fileDescriptor, to: .readable))
  }

  func testWhatIsRemovedIsNotWaitedFor() throws {
    let pipe = Pipe()
    let end = pipe.fileHandleForWriting.fileDescriptor
    let (first, second) = try pair(.pair, .pair, over: .inproc)
    var poller = Poller()
    poller.add(first, for: .writable)
    poller.add(fileDescriptor: end, for: .writable)
    poller.add(second, for: .writable)
    XCTAssertTrue(poller.remove(first))
    XCTAssertFalse(poller.remove(first))
    XCTAssertTrue(poller.remove(fileDescriptor: end))
    XCTAssertFalse(poller.remove(fileDescriptor: end))
    XCTAssertEqual(poller.count, 1)
    let events = try poller.wait(timeout: Self.patience)
    XCTAssertEqual(events.map { $0.concerns(second) }, [true])
  }

  func testAddingAgainChanges() throws {
    let (first, second) = try pair(.pair, .pair, over: .inproc)
    var poller = Poller()
    poller.add(first, for: .readable)
    poller.add(first, for: .writable)
    poller.add(AnySocket(first), for: [.readable, .writable])
    XCTAssertEqual(poller.count, 1)
    try second.send("x")
    XCTAssertEqual(try poller.wait(timeout: Self.patience).map(\.events), [[.readable, .writable]])
    poller.add(fileDescriptor: 0, for: .readable)
    poller.add(fileDescriptor: 0, for: [])
    XCTAssertEqual(poller.count, 2)
  }

  func testAddingAfterRemovingGoesToTheEnd() throws {
    let (first, second) = try pair(.pair, .pair, over: .inproc)
    var poller = Poller()
    poller.add(first, for: .writable)
    poller.add(second, for: .writable)
    poller.remove(first)
    poller.add(first, for: .writable)
    XCTAssertEqual(try poller.wait(timeout: Self.patience).map { $0.concerns(first) }, [false, true])
  }

  func testNothingIsReportedWhenTheTimeHasPassed() throws {
    let pull = try context.socket(.pull)
    var poller = Poller()
    poller.add(pull, for: .readable)
    for time in [Duration.milliseconds(30), .microseconds(300), .zero, .seconds(-1)] {
      let elapsed = try elapsed { XCTAssertTrue(try poller.wait(timeout: time).isEmpty) }
      XCTAssertGreaterThanOrEqual(elapsed, time)
      XCTAssertLessThan(elapsed, .seconds(5))
    }
  }

  func testWaitingForEverEndsWithAMessage() throws {
    for transport in Transport.allCases {
      let pull = try context.socket(.pull)
      let (context, endpoint) = (context, try pull.bind(transport.newEndpoint()))
      let sender = TestThread {
        let push = try context.socket(.push)
        try push.set(.linger, to: nil)
        try push.connect(endpoint)
        letOthersBlock()
        try push.send("x")
      }
      var poller = Poller()
      poller.add(pull, for: .readable)
      XCTAssertTrue(try poller.wait().contains(pull))
      try sender.join()
    }
  }

  func testClosedSocketIsRefused() throws {
    let (first, second) = try pair(.pair, .pair, over: .inproc)
    var poller = Poller()
    poller.add(first, for: .readable)
    poller.add(second, for: .writable)
    first.close()
    assertThrows(.notSocket) { _ = try poller.wait(timeout: .seconds(20)) }
    poller.remove(first)
    _ = try poller.wait(timeout: .zero)
  }

  func testEmptyPollerWithoutTimeoutIsRefused() throws {
    var poller = Poller()
    XCTAssertTrue(poller.isEmpty)
    assertThrows(.invalidArgument) { _ = try poller.wait() }
  }

  func testEmptyPollerReturnsWhenTheTimeHasPassed() throws {
    var poller = Poller()
    let elapsed = try elapsed { XCTAssertTrue(try poller.wait(timeout: .milliseconds(20)).isEmpty) }
    XCTAssertGreaterThanOrEqual(elapsed, .milliseconds(20))
  }

  func testOneOfAThousandSocketsIsFound() throws {
    let context = try Context(.init(maximumSockets: 1100, blocky: false))
    let pulls = try manySockets(in: context, 1000)
    let push = try context.socket(.push)
    try push.connect(try pulls[777].bind(Transport.inproc.newEndpoint()))
    var poller = Poller()
    for pull in pulls { poller.add(pull, for: .readable) }
    XCTAssertTrue(try poller.wait(timeout: .zero).isEmpty)
    try push.send("x")
    let events = try poller.wait(timeout: Self.patience)
    XCTAssertEqual(events.map { event in pulls.firstIndex { event.concerns($0) } }, [777])
  }

  /// Makes sockets, for each of which libzmq opens a descriptor: more than many systems allow at first.
  private func manySockets(in context: Context, _ count: Int) throws -> [PullSocket] {
    var limit = rlimit()
    // SAFETY: the limit lives for the calls.
    unsafe getrlimit(openFileLimit, &limit)
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 4096))
    unsafe setrlimit(openFileLimit, &limit)
    return try (0..<count).map { _ in try context.socket(.pull) }
  }

  func testPollerIsAValue() throws {
    let (first, second) = try pair(.pair, .pair, over: .inproc)
    var poller = Poller()
    poller.add(first, for: .writable)
    var copy = poller
    copy.add(second, for: .writable)
    poller.change(first, to: .readable)
    XCTAssertEqual(poller.count, 1)
    XCTAssertEqual(copy.count, 2)
    XCTAssertEqual(try copy.wait(timeout: Self.patience).count, 2)
    XCTAssertTrue(try poller.wait(timeout: .zero).isEmpty)
  }

  func testEventsStayAsTheyWereWhenThePollerWaitsAgain() throws {
    let (first, second) = try pair(.pair, .pair, over: .inproc)
    try second.send("x")
    var poller = Poller()
    poller.add(first, for: .readable)
    poller.add(second, for: .writable)
    let before = try poller.wait(timeout: Self.patience)
    XCTAssertEqual(try first.receive(), "x")
    let after = try poller.wait(timeout: Self.patience)
    XCTAssertEqual(before.map { $0.concerns(first) }, [true, false])
    XCTAssertEqual(after.map { $0.concerns(first) }, [false])
    XCTAssertEqual(before.count, 2)
  }

  func testPollerKeepsItsSocketsOpen() throws {
    let endpoint = Transport.inproc.newEndpoint()
    func poller() throws -> Poller {
      let pull = try context.socket(.pull)
      try pull.bind(endpoint)
      var poller = Poller()
      poller.add(pull, for: .readable)
      return poller
    }
    var waiting = try poller()
    let push = try context.socket(.push)
    try push.connect(endpoint)
    try push.send("x")
    XCTAssertEqual(try waiting.wait(timeout: Self.patience).count, 1)
  }

  func testShutdownIsSeenByAWaitWithFileDescriptors() throws {
    let (context, started) = (context, DispatchSemaphore(value: 0))
    let thread = TestThread {
      let pipe = Pipe()
      let pull = try context.socket(.pull)
      var poller = Poller()
      poller.add(fileDescriptor: pipe.fileHandleForReading.fileDescriptor, for: .readable)
      poller.add(pull, for: .readable)
      started.signal()
      XCTAssertEqual(thrownCode { _ = try poller.wait() }, .contextTerminated)
    }
    started.wait()
    letOthersBlock()
    context.shutdown()
    try thread.join()
  }
}
