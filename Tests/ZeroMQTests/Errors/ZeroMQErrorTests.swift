import XCTest
import ZeroMQ

final class ZeroMQErrorTests: ZeroMQTestCase {
  /// Every code with its C name.
  private static let names: [(code: ZeroMQError.Code, name: String)] = [
    (.wouldBlock, "EAGAIN"), (.contextTerminated, "ETERM"), (.interrupted, "EINTR"), (.hostUnreachable, "EHOSTUNREACH"),
    (.wrongState, "EFSM"), (.incompatibleProtocol, "ENOCOMPATPROTO"), (.noIOThread, "EMTHREAD"), (.notSupported, "ENOTSUP"),
    (.protocolNotSupported, "EPROTONOSUPPORT"), (.noBufferSpace, "ENOBUFS"), (.networkDown, "ENETDOWN"),
    (.addressInUse, "EADDRINUSE"), (.addressNotAvailable, "EADDRNOTAVAIL"), (.connectionRefused, "ECONNREFUSED"),
    (.operationInProgress, "EINPROGRESS"), (.notSocket, "ENOTSOCK"), (.messageTooLong, "EMSGSIZE"),
    (.addressFamilyNotSupported, "EAFNOSUPPORT"), (.networkUnreachable, "ENETUNREACH"), (.connectionAborted, "ECONNABORTED"),
    (.connectionReset, "ECONNRESET"), (.notConnected, "ENOTCONN"), (.timedOut, "ETIMEDOUT"), (.networkReset, "ENETRESET"),
    (.invalidArgument, "EINVAL"), (.badAddress, "EFAULT"), (.noMemory, "ENOMEM"), (.tooManyOpenFiles, "EMFILE"),
    (.tooManyOpenFilesInSystem, "ENFILE"), (.noSuchDevice, "ENODEV"), (.noSuchFileOrDirectory, "ENOENT"),
    (.nameTooLong, "ENAMETOOLONG"), (.permissionDenied, "EACCES"), (.notPermitted, "EPERM"), (.addressExists, "EEXIST"),
    (.notDirectory, "ENOTDIR"), (.isDirectory, "EISDIR"), (.readOnlyFileSystem, "EROFS"), (.noSpace, "ENOSPC"),
    (.badFileDescriptor, "EBADF"), (.brokenPipe, "EPIPE"), (.ioError, "EIO"), (.outOfRange, "ERANGE"),
    (.notImplemented, "ENOSYS"), (.protocolError, "EPROTO"),
  ]

  func testCodesHaveTheirCNames() {
    for (code, name) in Self.names { XCTAssertEqual(code.name, name) }
  }

  func testCodesDifferFromEachOther() {
    XCTAssertEqual(Set(Self.names.map(\.code)).count, Self.names.count)
  }

  func testLibzmqsOwnCodesHaveTheNumbersOfItsHeader() {
    XCTAssertEqual(ZeroMQError.Code.wrongState.rawValue, 156_384_763)
    XCTAssertEqual(ZeroMQError.Code.incompatibleProtocol.rawValue, 156_384_764)
    XCTAssertEqual(ZeroMQError.Code.contextTerminated.rawValue, 156_384_765)
    XCTAssertEqual(ZeroMQError.Code.noIOThread.rawValue, 156_384_766)
  }

  #if os(Linux)
    func testPOSIXCodesHaveTheNumbersOfLinux() {
      let numbers: [String: Int32] = [
        "EPERM": 1, "ENOENT": 2, "EINTR": 4, "EIO": 5, "EBADF": 9, "EAGAIN": 11, "ENOMEM": 12, "EACCES": 13, "EFAULT": 14,
        "EEXIST": 17, "ENODEV": 19, "ENOTDIR": 20, "EISDIR": 21, "EINVAL": 22, "ENFILE": 23, "EMFILE": 24, "ENOSPC": 28,
        "EROFS": 30,
        "EPIPE": 32, "ERANGE": 34, "ENAMETOOLONG": 36, "ENOSYS": 38, "EPROTO": 71, "ENOTSOCK": 88, "EMSGSIZE": 90,
        "EPROTONOSUPPORT": 93, "ENOTSUP": 95, "EAFNOSUPPORT": 97, "EADDRINUSE": 98, "EADDRNOTAVAIL": 99, "ENETDOWN": 100,
        "ENETUNREACH": 101, "ENETRESET": 102, "ECONNABORTED": 103, "ECONNRESET": 104, "ENOBUFS": 105, "ENOTCONN": 107,
        "ETIMEDOUT": 110, "ECONNREFUSED": 111, "EHOSTUNREACH": 113, "EINPROGRESS": 115, "EFSM": 156_384_763,
        "ENOCOMPATPROTO": 156_384_764, "ETERM": 156_384_765, "EMTHREAD": 156_384_766,
      ]
      XCTAssertEqual(numbers.count, Self.names.count)
      for (code, name) in Self.names { XCTAssertEqual(code.rawValue, numbers[name], name) }
    }
  #endif

  func testUnknownCodePassesThroughWithAText() {
    for number in [Int32(-1), 0, 4095, 156_384_762, .max, .min] {
      let code = ZeroMQError.Code(rawValue: number)
      XCTAssertEqual(code.rawValue, number)
      XCTAssertNil(code.name)
      XCTAssertTrue(code.description.hasSuffix(" (errno \(number))"), code.description)
      XCTAssertGreaterThan(code.description.count, " (errno \(number))".count)
    }
  }

  func testCodeIsPrintedWithLibzmqsTextAndItsName() {
    XCTAssertEqual("\(ZeroMQError.Code.contextTerminated)", "Context was terminated (ETERM)")
    XCTAssertEqual(
      "\(ZeroMQError.Code.wrongState)", "Operation cannot be accomplished in current state (EFSM)")
    XCTAssertEqual("\(ZeroMQError.Code.hostUnreachable)", "Host unreachable (EHOSTUNREACH)")
  }

  func testDescriptionNamesOperationSubjectAndCode() {
    XCTAssertEqual(
      "\(ZeroMQError(.permissionDenied, operation: "zmq_bind", subject: "tcp://*:80"))",
      "zmq_bind tcp://*:80: Permission denied (EACCES)")
    XCTAssertEqual("\(ZeroMQError(.timedOut, operation: "zmq_poll"))", "zmq_poll: \(ZeroMQError.Code.timedOut)")
  }

  func testSendingToAnUnknownPeerIsDescribed() throws {
    let router = try context.socket(.router)
    try router.set(.raw(Self.routerMandatory), to: true)
    let error = assertThrows(.hostUnreachable) { try router.send(["nobody", "hello"]) }
    XCTAssertEqual(error?.description, "zmq_msg_send: Host unreachable (EHOSTUNREACH)")
    XCTAssertEqual(error?.operation, "zmq_msg_send")
    XCTAssertNil(error?.subject)
  }

  func testBindingNamesItsEndpoint() throws {
    let (first, second) = (try context.socket(.rep), try context.socket(.rep))
    let endpoint = try first.bind("tcp://127.0.0.1:*")
    let error = assertThrows(.addressInUse) { try second.bind(endpoint) }
    XCTAssertEqual(error?.operation, "zmq_bind")
    XCTAssertEqual(error?.subject, endpoint)
    let expected = "zmq_bind \(endpoint): Address already in use (EADDRINUSE)"
    XCTAssertTrue(error?.description.hasPrefix(expected) ?? false, "\(error?.description ?? "")")
  }

  func testAdviceFollowsTheCode() throws {
    let socket = try context.socket(.req)
    let unknown = assertThrows(.protocolNotSupported) { try socket.connect("carrier-pigeon://roof") }
    XCTAssertTrue(unknown?.description.contains("(EPROTONOSUPPORT); ") ?? false)
    let malformed = assertThrows(.invalidArgument) { try socket.connect("roof") }
    let advice = "an endpoint has the form tcp://host:port with a port up to 65535, ipc://path or inproc://name"
    XCTAssertEqual(malformed?.description, "zmq_connect roof: Invalid argument (EINVAL); \(advice)")
  }

  func testClosedSocketIsNamedAsTheReason() throws {
    let socket = try context.socket(.push)
    socket.close()
    let error = assertThrows(.notSocket) { try socket.send("late") }
    XCTAssertTrue(error?.description.hasSuffix("(ENOTSOCK); the socket has been closed") ?? false)
  }

  func testShutDownContextIsTheReason() throws {
    let socket = try context.socket(.pull)
    context.shutdown()
    let error = assertThrows(.contextTerminated) { _ = try socket.receive() }
    XCTAssertEqual(error?.description, "zmq_msg_recv: Context was terminated (ETERM)")
  }

  func testMessageBytesNeverAppearInAnError() throws {
    let (request, router) = (try context.socket(.req), try context.socket(.router))
    try router.set(.raw(Self.routerMandatory), to: true)
    let secret = "swordfish"
    let errors = [
      assertThrows(.hostUnreachable) { try router.send(["nobody", Frame(secret)]) },
      assertThrows(.wrongState) {
        try request.bind("inproc://\(name)")
        let reply = try context.socket(.rep)
        try reply.connect("inproc://\(name)")
        try request.send(secret)
        try request.send(secret)
      },
    ]
    for error in errors { XCTAssertFalse("\(error as Any)".contains(secret)) }
  }

  func testEqualErrorsAreEqualAndHashAlike() {
    let error = ZeroMQError(.addressInUse, operation: "zmq_bind", subject: "tcp://*:1")
    XCTAssertEqual(Set([error, ZeroMQError(.addressInUse, operation: "zmq_bind", subject: "tcp://*:1")]).count, 1)
    XCTAssertNotEqual(error, ZeroMQError(.addressInUse, operation: "zmq_bind"))
    XCTAssertNotEqual(error, ZeroMQError(.addressInUse, operation: "zmq_connect", subject: "tcp://*:1"))
    XCTAssertNotEqual(error, ZeroMQError(.addressNotAvailable, operation: "zmq_bind", subject: "tcp://*:1"))
  }

  func testCodeIsCaughtByItsShortName() throws {
    let socket = try context.socket(.rep)
    do {
      try socket.send("nobody asked")
      XCTFail("a reply without a request was sent")
    } catch .hostUnreachable, .contextTerminated {
      XCTFail("another code was caught")
    } catch .wrongState {}
  }

  func testCodeIsCaughtAroundAndWithinLoops() throws {
    let socket = try context.socket(.rep)
    var caught = 0
    for _ in 0..<3 {
      do { try socket.send("nobody asked") } catch .wrongState { caught += 1 }
    }
    do {
      while true { try socket.send("nobody asked") }
    } catch let error as ZeroMQError where error.code == .wrongState {
      caught += 1
    }
    XCTAssertEqual(caught, 4)
  }

  func testCodeIsCaughtAmongErrorsOfAnyType() throws {
    func fail(with error: any Error) throws { throw error }
    for error in [ZeroMQError(.contextTerminated, operation: "test"), CancellationError()] as [any Error] {
      do {
        try fail(with: error)
      } catch ZeroMQError.Code.hostUnreachable {
        XCTFail("another code was caught")
      } catch ZeroMQError.Code.contextTerminated {
        XCTAssert(error is ZeroMQError)
      } catch {
        XCTAssert(error is CancellationError)
      }
    }
  }

  func testCodesAreMatchedInASwitch() throws {
    let router = try context.socket(.router)
    try router.set(.raw(Self.routerMandatory), to: true)
    do {
      try router.send(["nobody", "hello"])
      XCTFail("a message without an addressee was sent")
    } catch {
      switch error {
      case .contextTerminated: XCTFail("the context is alive")
      case .hostUnreachable: break
      default: XCTFail("\(error)")
      }
    }
  }

  /// `ZMQ_ROUTER_MANDATORY`.
  private static let routerMandatory: Int32 = 33
}
