import Foundation
import ZeroMQ

/// What tasks do while the system has no descriptor left that an executor or a wait needs, and what becomes of the descriptors, each
/// tried in a process of its own.
let scarcities: [String: @Sendable () async throws -> String] = [
  "wakeUpWithFewDescriptors": { try await withFewDescriptors(wakeUp) },
  "sleepWithFewDescriptors": { try await withFewDescriptors(sleep) },
  "pollWithFewDescriptors": { try await withFewDescriptors(pollDescriptor) },
  "cancelWithFewDescriptors": { try await withFewDescriptors(cancel) },
  "proxyWithoutDescriptors": {
    let context = try Context(.init(blocky: false))
    let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
    let taken = Descriptors.take(0)
    defer { Descriptors.release(taken) }
    do { try await proxy(frontend: router, backend: dealer) } catch let error as ZeroMQError { return error.code.name ?? "" }
    return "the proxy has ended"
  },
  "findDescriptorsToInherit": findDescriptorsToInherit,
]

/// Finds the descriptors of the library that a program would inherit which the process executes.
@Sendable
private func findDescriptorsToInherit() async throws -> String {
  func openDescriptors() -> Set<Int32> { Set((0..<1024).filter { fcntl($0, F_GETFD) >= 0 }) }
  let before = openDescriptors()
  let context = try Context(.init(blocky: false))
  let authenticator = try Authenticator(context)
  let (pull, push) = (try context.socket(.pull), try context.socket(.push))
  let monitor = try pull.monitor()
  try push.connect(try pull.bind("tcp://127.0.0.1:*"))
  try await push.send("text")
  guard try await pull.receive() == "text" else { return "another message came" }
  let opened = openDescriptors().subtracting(before)
  withExtendedLifetime((authenticator, monitor)) {}
  guard opened.count > 10 else { return "only \(opened.count) descriptors were opened" }
  return "\(opened.filter { fcntl($0, F_GETFD) & FD_CLOEXEC == 0 })"
}

private typealias Body = (SocketExecutor, sending PullSocket, sending PushSocket, sending PullSocket) async throws -> String

/// Runs something on executors that are created, and run, while none, one and so on of the descriptors is left that they use.
private func withFewDescriptors(_ body: Body) async throws -> String {
  for count in 0...4 {
    let context = try Context(.init(blocky: false))
    let pull = try context.socket(.pull)
    let push = try context.socket(.push)
    let idle = try context.socket(.pull)
    try push.connect(try pull.bind("inproc://name"))
    let taken = Descriptors.take(count)
    let result = try await body(SocketExecutor(), pull, push, idle)
    Descriptors.release(taken)
    guard result == "done" else { return "\(result) with \(count) descriptors" }
  }
  return "done"
}

/// Lets a wait end at its deadline, and a later message end another one.
private func wakeUp(
  _ executor: SocketExecutor, _ pull: sending PullSocket, _ push: sending PushSocket, _ idle: sending PullSocket
) async throws -> String {
  let receiver = Task(executorPreference: executor) { try await pull.receive() }
  let sender = Task(executorPreference: executor) {
    let start = ContinuousClock.now
    let message = try await idle.receive(timeout: .milliseconds(20))
    try await push.send("text")
    return message == nil && ContinuousClock.now - start >= .milliseconds(20)
  }
  guard try await sender.value else { return "a wait ended early" }
  guard try await receiver.value == "text" else { return "another message came" }
  return "done"
}

/// Waits for half a second, most of which the process must sleep.
private func sleep(
  _ executor: SocketExecutor, _ pull: sending PullSocket, _ push: sending PushSocket, _ idle: sending PullSocket
) async throws -> String {
  let start = clock()
  let waiter = Task(executorPreference: executor) { try await idle.receive(timeout: .milliseconds(500)) }
  guard try await waiter.value == nil else { return "a message came" }
  let milliseconds = (clock() - start) * 1000 / CLOCKS_PER_SEC
  return milliseconds < 250 ? "done" : "the processor was busy for \(milliseconds) ms of 500"
}

/// Polls the standard output, which is writable, and the standard input, which is not readable.
private func pollDescriptor(
  _ executor: SocketExecutor, _ pull: sending PullSocket, _ push: sending PushSocket, _ idle: sending PullSocket
) async throws -> String {
  let task = Task(executorPreference: executor) {
    var poller = Poller()
    poller.add(pull, for: .readable)
    poller.add(fileDescriptor: STDIN_FILENO, for: .readable)
    guard try await poller.wait(timeout: .milliseconds(20)).isEmpty else { return "something was ready" }
    poller.add(fileDescriptor: STDOUT_FILENO, for: .writable)
    return try await poller.wait().count == 1 ? "done" : "the standard output was not ready"
  }
  return try await task.value
}

private func cancel(
  _ executor: SocketExecutor, _ pull: sending PullSocket, _ push: sending PushSocket, _ idle: sending PullSocket
) async throws -> String {
  let (first, second) = (
    Task(executorPreference: executor) { try await pull.receive() }, Task(executorPreference: executor) { try await idle.receive() }
  )
  await executor.run { await Task.yield() }
  first.cancel()
  if case .success = await first.result { return "a cancelled wait received a message" }
  executor.shutdown()
  if case .success = await second.result { return "a wait received a message after the shutdown" }
  return "done"
}
