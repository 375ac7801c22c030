import Foundation
import ZeroMQ

/// What libzmq would end the process for, each tried in a process of its own.
let provocations: [String: @Sendable () throws -> String] = [
  "bindAfterConflatingConnection": {
    let context = try Context(.init(blocky: false))
    let push = try context.socket(.push)
    try push.set(.conflate, to: true)
    let code = try code { try push.connect("inproc://name") }
    push.close()
    try context.socket(.pull).bind("inproc://name")
    try context.terminate()
    return code
  },
  "bindAfterDisconnectedRouter": {
    let context = try Context(.init(blocky: false))
    let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
    try router.connect("inproc://name")
    try router.disconnect("inproc://name")
    _ = try router.get(.events)
    try dealer.bind("inproc://name")
    dealer.close()
    router.close()
    try context.terminate()
    return "bound"
  },
  "bindAfterOneOfTwoRoutersDisconnected": {
    let context = try Context(.init(blocky: false))
    let (first, second, dealer) = (try context.socket(.router), try context.socket(.router), try context.socket(.dealer))
    for router in [first, second] { try router.connect("inproc://name") }
    let code = try code { try first.disconnect("inproc://name") }
    _ = try first.get(.events)
    try dealer.bind("inproc://name")
    for socket in [AnySocket(first), AnySocket(second), AnySocket(dealer)] { socket.close() }
    try context.terminate()
    return code
  },
  "bindAfterClosedSubscriberWithWelcome": {
    let context = try Context(.init(blocky: false))
    let (first, second) = (try context.socket(.sub), try context.socket(.sub))
    for socket in [first, second] { try socket.connect("inproc://name") }
    first.close()
    let xpub = try context.socket(.xpub)
    try xpub.set(.xpubWelcomeMessage, to: "welcome")
    let refusal = try code { try xpub.bind("inproc://name") }
    second.close()
    try xpub.bind("inproc://name")
    xpub.close()
    try context.terminate()
    return refusal
  },
  "zapHandlerOfAnotherType": {
    let context = try Context(.init(blocky: false))
    return try code { try context.socket(.pull).bind("inproc://zeromq.zap.01") }
  },
  "pollMoreItemsThanDescriptors": {
    var poller = Poller()
    for descriptor in 0..<300 { poller.add(fileDescriptor: Int32(descriptor), for: .readable) }
    return try Descriptors.leave(50) { try code { _ = try poller.wait(timeout: .zero) } }
  },
  "terminateWithoutSlots": {
    let context = try Context(.init(maximumSockets: 3, blocky: false))
    let sockets = [try context.socket(.push), try context.socket(.push)]
    for (number, socket) in sockets.enumerated() { try socket.connect("inproc://name \(number)") }
    for socket in sockets { socket.close() }
    try context.terminate()
    return "terminated"
  },
  "terminateWithoutDescriptors": {
    let context = try Context(.init(blocky: false))
    let socket = try context.socket(.push)
    for number in 0..<3 { try socket.connect("inproc://name \(number)") }
    try Descriptors.leave(0) {
      socket.close()
      try context.terminate()
    }
    return "terminated"
  },
  "dropWithoutDescriptors": {
    try {
      let context = try Context(.init(blocky: false))
      let socket = try context.socket(.push)
      try socket.connect("inproc://name")
      Descriptors.take(0)
    }()
    // The termination happens on a thread of its own, which ends the process or does not.
    Thread.sleep(forTimeInterval: 0.5)
    return "dropped"
  },
  "firstSocketWithFewDescriptors": {
    try Descriptors.forEach { count in
      let context = try Context(.init(ioThreads: 2, blocky: false))
      _ = try context.socket(.pull)
    }
  },
  "bindWithFewDescriptors": {
    let context = try Context(.init(blocky: false))
    let socket = try context.socket(.pull)
    for endpoint in ["tcp://127.0.0.1:*", "tcp://lo:*", "ipc://*", "ws://127.0.0.1:*", "inproc://name"] where isKnown(endpoint) {
      _ = try Descriptors.forEach { _ in try socket.unbind(try socket.bind(endpoint)) }
    }
    return try Descriptors.forEach { _ in try? socket.unbind("tcp://localhost:1") }
  },
  "monitorWithFewDescriptors": {
    let context = try Context(.init(blocky: false))
    let socket = try context.socket(.pull)
    return try Descriptors.forEach { _ in _ = try socket.monitor() }
  },
  "connectWithFewDescriptors": {
    let context = try Context(.init(blocky: false))
    var number = 0
    return try Descriptors.forEach { _ in
      number += 1
      let socket = try context.socket(.push)
      for endpoint in ["tcp://127.0.0.1:1", "ipc:///nowhere", "ws://127.0.0.1:1", "inproc://\(number)"] where isKnown(endpoint) {
        try socket.connect(endpoint)
      }
    }
  },
]

/// Whether this libzmq has an endpoint's transport; WebSocket is not in every build.
private func isKnown(_ endpoint: String) -> Bool {
  !endpoint.hasPrefix("ws:") || LibZMQ.has(.ws)
}

/// The code that something throws.
private func code(_ body: () throws -> Void) throws -> String {
  do { try body() } catch { return (error as? ZeroMQError)?.code.name ?? "\(error)" }
  return "nothing thrown"
}

/// The process's file descriptors.
enum Descriptors {
  /// Opens descriptors until only so many are left.
  ///
  /// - Returns: those that were opened.
  @discardableResult
  static func take(_ left: Int) -> [Int32] {
    var limit = rlimit()
    #if canImport(Darwin)
      let resource = RLIMIT_NOFILE
    #else
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #endif
    unsafe getrlimit(resource, &limit)
    limit.rlim_cur = min(limit.rlim_cur, 200)
    unsafe setrlimit(resource, &limit)
    var taken: [Int32] = []
    while true {
      let descriptor = dup(0)
      if descriptor < 0 { break }
      taken.append(descriptor)
    }
    for descriptor in taken.suffix(left) { close(descriptor) }
    return taken.dropLast(left)
  }

  static func release(_ taken: [Int32]) {
    for descriptor in taken { close(descriptor) }
  }

  /// Runs something while only so many descriptors are left.
  static func leave<Result>(_ left: Int, _ body: () throws -> Result) rethrows -> Result {
    let taken = take(left)
    defer { release(taken) }
    return try body()
  }

  /// Runs something with none left, one, and so on, until it succeeds; every failure before must be an error.
  static func forEach(_ body: (Int) throws -> Void) throws -> String {
    for count in 0..<50 {
      do {
        try leave(count) { try body(count) }
        return "succeeded"
      } catch {
        guard (error as? ZeroMQError)?.code == .tooManyOpenFiles else { throw error }
        // What is being closed in the background gives its descriptors back first.
        Thread.sleep(forTimeInterval: 0.05)
      }
    }
    return "never succeeded"
  }
}
