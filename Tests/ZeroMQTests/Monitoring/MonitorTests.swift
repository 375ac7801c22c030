import Foundation
import XCTest
import ZeroMQ

/// Every event, provoked.
final class MonitorTests: MonitorTestCase {
  func testBothSidesReportAConnectionOverTCP() throws {
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    let (atServer, atClient) = (try server.monitor(), try client.monitor())
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try client.connect(endpoint)
    let listening = try events(atServer) { $0.kind == .handshakeSucceeded }
    assertKinds(listening, ["listening", "accepted", "handshake succeeded"])
    XCTAssertEqual(Set(listening.map(\.endpoint)), [endpoint])
    let connecting = try events(atClient) { $0.kind == .handshakeSucceeded }
    assertKinds(connecting, ["connect delayed", "connected", "handshake succeeded"])
    XCTAssertEqual(Set(connecting.map(\.endpoint)), [endpoint])
  }

  func testBothSidesReportAConnectionOverIPC() throws {
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    let (atServer, atClient) = (try server.monitor(), try client.monitor())
    let endpoint = try server.bind(Transport.ipc.newEndpoint())
    try client.connect(endpoint)
    let listening = try events(atServer) { $0.kind == .handshakeSucceeded }
    assertKinds(listening, ["listening", "accepted", "handshake succeeded"])
    let connecting = try events(atClient) { $0.kind == .handshakeSucceeded }
    assertKinds(connecting, ["connected", "handshake succeeded"])
    XCTAssertEqual(Set((listening + connecting).map(\.endpoint)), [endpoint])
  }

  private func assertKinds(_ events: [MonitorEvent], _ names: [String], file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(events.map(\.kind.description), names, file: file, line: line)
  }

  func testTheDescriptorsOfConnectionsAreOpen() throws {
    for transport in [Transport.tcp, .ipc] {
      let (server, client) = (try context.socket(.rep), try context.socket(.req))
      let (atServer, atClient) = (try server.monitor(), try client.monitor())
      try client.connect(try server.bind(transport.newEndpoint()))
      let descriptors: [Int32] = [
        try next(atServer) { if case .listening(let descriptor) = $0.kind { descriptor } else { nil } },
        try next(atServer) { if case .accepted(let descriptor) = $0.kind { descriptor } else { nil } },
        try next(atClient) { if case .connected(let descriptor) = $0.kind { descriptor } else { nil } },
      ]
      XCTAssertEqual(Set(descriptors).count, 3)
      for descriptor in descriptors { XCTAssertGreaterThanOrEqual(fcntl(descriptor, F_GETFD), 0) }
    }
  }

  func testAConnectionThatNobodyAcceptsIsRetried() throws {
    for endpoint in [try freeEndpoint(), Transport.ipc.newEndpoint()] {
      let client = try context.socket(.dealer)
      try client.set(.reconnectInterval, to: .milliseconds(40))
      let monitor = try client.monitor()
      try client.connect(endpoint)
      let (interval, address): (Duration, String) = try next(monitor) {
        if case .connectRetried(let interval) = $0.kind { (interval, $0.endpoint) } else { nil }
      }
      // libzmq: the option's interval, and a random part of it besides.
      XCTAssertTrue((.milliseconds(40)...(.milliseconds(80))).contains(interval), "\(interval)")
      XCTAssertEqual(address, endpoint)
      try events(monitor) { if case .closed = $0.kind { true } else { false } }
    }
  }

  func testAnEndpointInUseIsReported() throws {
    let (first, second) = (try context.socket(.pull), try context.socket(.pull))
    let endpoint = try first.bind("tcp://127.0.0.1:*")
    let monitor = try second.monitor()
    XCTAssertNotNil(thrownCode { try second.bind(endpoint) })
    let (code, address): (ZeroMQError.Code, String) = try next(monitor) {
      if case .bindFailed(let code) = $0.kind { (code, $0.endpoint) } else { nil }
    }
    XCTAssertEqual(code, .addressInUse)
    XCTAssertEqual("tcp://" + address, endpoint)
  }

  func testAFolderThatDoesNotExistIsReported() throws {
    let socket = try context.socket(.pull)
    let monitor = try socket.monitor(.bindFailed)
    XCTAssertNotNil(thrownCode { try socket.bind("ipc:///no/such/folder") })
    let event = try XCTUnwrap(try monitor.receive(timeout: Self.patience))
    XCTAssertEqual(event, MonitorEvent(.bindFailed(.noSuchFileOrDirectory), endpoint: "/no/such/folder"))
  }

  func testUnbindingIsReported() throws {
    for transport in [Transport.tcp, .ipc] {
      let socket = try context.socket(.pull)
      let monitor = try socket.monitor()
      let endpoint = try socket.bind(transport.newEndpoint())
      let listener: Int32 = try next(monitor) { if case .listening(let listener) = $0.kind { listener } else { nil } }
      try socket.unbind(endpoint)
      let closed: MonitorEvent = try next(monitor) { if case .closed = $0.kind { $0 } else { nil } }
      XCTAssertEqual(closed, MonitorEvent(.closed(fileDescriptor: listener), endpoint: endpoint))
    }
  }

  func testAnIPCFileThatCannotBeRemovedIsReported() throws {
    let socket = try context.socket(.pull)
    let monitor = try socket.monitor()
    let endpoint = try socket.bind("ipc://*")
    let folder = URL(fileURLWithPath: String(endpoint.dropFirst("ipc://".count))).deletingLastPathComponent()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data().write(to: folder.appendingPathComponent("in the way"))
    try socket.unbind(endpoint)
    let failed: MonitorEvent = try next(monitor) { if case .closeFailed = $0.kind { $0 } else { nil } }
    XCTAssertEqual(failed, MonitorEvent(.closeFailed(.init(rawValue: ENOTEMPTY)), endpoint: endpoint))
  }

  func testALostConnectionIsReported() throws {
    for transport in [Transport.tcp, .ipc] {
      let (server, client) = (try context.socket(.rep), try context.socket(.req))
      let (atServer, atClient) = (try server.monitor(), try client.monitor())
      try client.connect(try server.bind(transport.newEndpoint()))
      let made: Int32 = try next(atClient) { if case .connected(let made) = $0.kind { made } else { nil } }
      try events(atClient) { $0.kind == .handshakeSucceeded }
      try events(atServer) { $0.kind == .handshakeSucceeded }
      server.close()
      let lost: Int32 = try next(atClient) { if case .disconnected(let lost) = $0.kind { lost } else { nil } }
      XCTAssertEqual(lost, made)
    }
  }

  func testAServerReportsAClientThatLeaves() throws {
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    let monitor = try server.monitor()
    try client.connect(try server.bind("tcp://127.0.0.1:*"))
    let made: Int32 = try next(monitor) { if case .accepted(let made) = $0.kind { made } else { nil } }
    try events(monitor) { $0.kind == .handshakeSucceeded }
    client.close()
    let lost: Int32 = try next(monitor) { if case .disconnected(let lost) = $0.kind { lost } else { nil } }
    XCTAssertEqual(lost, made)
  }

  func testAWantOfDescriptorsIsReported() throws {
    let server = try context.socket(.pull)
    let monitor = try server.monitor([.acceptFailed, .accepted])
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    // Contexts of tests before may still be giving descriptors back meanwhile, of which the server could take one.
    for _ in 0..<20 {
      let (client, event) = try connectWithoutDescriptors(to: endpoint, monitor)
      defer { close(client) }
      let isAccepted = if case .accepted = event?.kind { true } else { false }
      if isAccepted { continue }
      XCTAssertEqual(event, MonitorEvent(.acceptFailed(.tooManyOpenFiles), endpoint: endpoint))
      // As soon as there are descriptors the connection is made.
      try events(monitor) { if case .accepted = $0.kind { true } else { false } }
      return
    }
    XCTFail("there always was a descriptor")
  }

  /// Connects while the process may open no further files, and waits for what a server's monitor says to that.
  private func connectWithoutDescriptors(
    to endpoint: String, _ monitor: Monitor
  ) throws -> (client: Int32, event: MonitorEvent?) {
    let port = try XCTUnwrap(UInt16(endpoint.split(separator: ":").last ?? ""))
    // The client has its descriptor before there are no more.
    let client = Foundation.socket(AF_INET, streamType, 0)
    let firstFree = dup(client)
    close(firstFree)
    var (limit, address) = (rlimit(), sockaddr_in())
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    // SAFETY: the values live for the calls, which are told their sizes.
    XCTAssertEqual(unsafe getrlimit(openFileLimit, &limit), 0)
    var lowered = limit
    lowered.rlim_cur = rlim_t(firstFree)
    XCTAssertEqual(unsafe setrlimit(openFileLimit, &lowered), 0)
    let connected = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        withoutSignals { unsafe connect(client, address, socklen_t(MemoryLayout<sockaddr_in>.size)) }
      }
    }
    let event = Result { try monitor.receive(timeout: Self.patience) }
    XCTAssertEqual(unsafe setrlimit(openFileLimit, &limit), 0)
    XCTAssertEqual(connected, 0)
    return (client, try event.get())
  }

  func testOnlyTheEventsAskedForAreReported() throws {
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    let monitor = try server.monitor([.handshakeSucceeded])
    XCTAssertEqual(monitor.events, [.handshakeSucceeded, .monitorStopped])
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try client.connect(endpoint)
    XCTAssertEqual(
      try monitor.receive(timeout: Self.patience), MonitorEvent(.handshakeSucceeded, endpoint: endpoint))
    server.stopMonitor()
    XCTAssertEqual(try monitor.receive(), MonitorEvent(.monitorStopped, endpoint: ""))
  }

  func testAMonitorOfNothingStillReportsItsEnd() throws {
    let socket = try context.socket(.rep)
    let monitor = try socket.monitor([])
    try socket.bind("tcp://127.0.0.1:*")
    socket.close()
    XCTAssertEqual(try monitor.receive().kind, .monitorStopped)
  }

  func testEventsThatLibZMQLacksAreRefused() throws {
    let socket = try context.socket(.rep)
    assertThrows(.invalidArgument) { _ = try socket.monitor(MonitorEvents(rawValue: 1 << 20)) }
    try socket.bind("tcp://127.0.0.1:*")
  }

  func testInprocHasNoEvents() throws {
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    let monitor = try server.monitor()
    try client.connect(try server.bind(Transport.inproc.newEndpoint()))
    try client.send("Hello")
    XCTAssertEqual(try next(server), "Hello")
    XCTAssertNil(try monitor.receiveIfReady())
    XCTAssertEqual(try monitor.waitForConnection(timeout: .milliseconds(10)), .timedOut(after: nil))
  }

  func testAMonitorOfAClosedSocketIsRefused() throws {
    let socket = try context.socket(.rep)
    socket.close()
    assertThrows(.notSocket) { _ = try socket.monitor() }
    socket.stopMonitor()
  }

  func testAMonitorAfterShutdownIsRefused() throws {
    let socket = try context.socket(.rep)
    context.shutdown()
    assertThrows(.contextTerminated) { _ = try socket.monitor() }
  }

  func testAMonitorCountsAsTwoSockets() throws {
    let context = try Context(.init(maximumSockets: 2, blocky: false))
    let socket = try context.socket(.rep)
    assertThrows(.tooManyOpenFiles) { _ = try socket.monitor() }
    // The socket is as it was before.
    try socket.bind("tcp://127.0.0.1:*")
    socket.close()
    try context.terminate()
  }

  func testReceivingIfReadyAndInTime() throws {
    let socket = try context.socket(.rep)
    let monitor = try socket.monitor()
    XCTAssertNil(try monitor.receiveIfReady())
    XCTAssertNil(try monitor.receive(timeout: .milliseconds(5)))
    let endpoint = try socket.bind("tcp://127.0.0.1:*")
    let event = try XCTUnwrap(try monitor.receiveIfReady())
    XCTAssertEqual(event.endpoint, endpoint)
    XCTAssertNil(try monitor.receiveIfReady())
  }

  func testAMonitorFitsInAPoller() throws {
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    let monitor = try server.monitor()
    var poller = Poller()
    poller.add(server, for: .readable)
    poller.add(monitor, for: .readable)
    poller.add(monitor)
    XCTAssertEqual(poller.count, 2)
    XCTAssertTrue(try poller.wait(timeout: .zero).isEmpty)
    try client.connect(try server.bind("tcp://127.0.0.1:*"))
    try client.send("Hello")
    var (hasEvent, hasMessage) = (false, false)
    let end = ContinuousClock.now + Self.patience
    while !(hasEvent && hasMessage), ContinuousClock.now < end {
      let ready = try poller.wait(timeout: Self.patience)
      XCTAssertEqual(ready.contains(monitor), ready.contains { $0.concerns(monitor) })
      for event in ready {
        XCTAssertNotEqual(event.concerns(server), event.concerns(monitor))
        if event.concerns(monitor) { hasEvent = try monitor.receiveIfReady() != nil }
        if event.concerns(server) { hasMessage = try server.receiveIfReady() == "Hello" }
      }
    }
    XCTAssertTrue(hasEvent && hasMessage)
    XCTAssertTrue(poller.change(monitor, to: []))
    XCTAssertTrue(poller.remove(monitor))
    XCTAssertFalse(poller.remove(monitor))
    XCTAssertFalse(poller.change(monitor, to: .readable))
    XCTAssertEqual(poller.count, 1)
  }

  func testAMonitorMayBeReadByAnotherThread() throws {
    for transport in [Transport.tcp, .ipc] {
      let server = try context.socket(.rep)
      let handover = Handover(try server.monitor())
      let reader = TestThread {
        let monitor = try handover.take()
        var handshakes = 0
        while true {
          let event = try monitor.receive()
          if event.kind == .handshakeSucceeded { handshakes += 1 }
          if event.kind == .monitorStopped { break }
        }
        XCTAssertEqual(handshakes, 20)
      }
      let endpoint = try server.bind(transport.newEndpoint())
      for _ in 0..<20 {
        let client = try context.socket(.req)
        try client.connect(endpoint)
        try client.send("Hello")
        XCTAssertEqual(try next(server), "Hello")
        try server.send("World")
        XCTAssertEqual(try next(client), "World")
      }
      server.close()
      try reader.join()
    }
  }

  func testAMonitorMayBeGivenToATask() async throws {
    let server = try context.socket(.rep)
    let monitor = try server.monitor()
    let patience = Self.patience
    let task = Task { try await monitor.receive(timeout: patience)?.endpoint }
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    let seen = try await task.value
    XCTAssertEqual(seen, endpoint)
  }

  func testASecondMonitorReplacesTheFirst() throws {
    let socket = try context.socket(.rep)
    let first = try socket.monitor()
    let endpoint = try socket.bind("tcp://127.0.0.1:*")
    let second = try socket.monitor()
    XCTAssertEqual(try first.receive().endpoint, endpoint)
    XCTAssertEqual(try first.receive().kind, .monitorStopped)
    assertThrows(.notSocket) { _ = try first.receive() }
    // What happens to the first has no effect on the second.
    first.stop()
    first.close()
    let another = try socket.bind("tcp://127.0.0.1:*")
    XCTAssertEqual(try second.receive(timeout: Self.patience)?.endpoint, another)
  }

  func testAMonitorMayBeStartedAgain() throws {
    let socket = try context.socket(.rep)
    for _ in 0..<50 {
      let monitor = try socket.monitor()
      let endpoint = try socket.bind("tcp://127.0.0.1:*")
      // The end of the listener before may be reported first.
      try events(monitor) { $0.endpoint == endpoint }
      try socket.unbind(endpoint)
    }
  }

  func testASocketKnownOnlyAtRunTimeIsMonitored() throws {
    for type in [SocketType.pub, .xpub, .stream, .pair] {
      let socket = try context.socket(ofType: type)
      let monitor = try socket.monitor()
      let endpoint = try socket.bind("tcp://127.0.0.1:*")
      XCTAssertEqual(try monitor.receive(timeout: Self.patience)?.endpoint, endpoint)
    }
  }
}
