/// Pauses, resumes and ends a proxy, and reports its statistics, from any thread or task.
///
/// ```swift
/// let control = ProxyControl()
/// // on the proxy's own thread:
/// try proxy(frontend: router, backend: dealer, control: control)
/// // on any other:
/// control.pause()
/// print(control.statistics.frontend.messagesReceived)
/// control.resume()
/// control.terminate()
/// ```
///
/// A control steers one proxy at a time. Calls before the proxy starts take effect from its start, so a proxy can start paused.
/// The statistics and unsent messages of a proxy remain after it has ended.
///
/// The corresponding libzmq function is `zmq_proxy_steerable`, whose commands have the same names. It is not called, since
/// libzmq's releases disagree about its behavior.
public final class ProxyControl: Sendable {
  private let state = Lock(State())
  /// Held while messages are forwarded, so that ``pause()`` can wait until the current ones have been.
  private let gate = Lock(false)

  private struct State {
    var isPaused = false
    var isTerminated = false
    var wakeup: WakeupPipe?
    var statistics = ProxyStatistics()
    var unsentToFrontend: [Message] = []
    var unsentToBackend: [Message] = []
  }

  /// Creates a control, to be passed to a proxy.
  public init() {}

  /// Stops forwarding; messages wait in the sockets, up to their high-water marks, until ``resume()``.
  ///
  /// Blocks the current thread briefly, until the current messages have been forwarded. After the call nothing is forwarded, and
  /// ``statistics`` do not change. The call has no effect on a proxy that is paused or has ended.
  public func pause() {
    change { $0.isPaused = true }
    gate.withLock { _ in }
  }

  /// Continues forwarding; has no effect if the proxy is not paused.
  public func resume() {
    change { $0.isPaused = false }
  }

  /// Ends the proxy, even if it is paused.
  ///
  /// This is permanent: a proxy started later with the same control returns immediately.
  ///
  /// The call itself returns immediately. The proxy returns when the current messages have been forwarded. It does not wait for a
  /// socket that cannot accept a message; see ``unsentToBackend``. All other messages remain in the sockets, which remain to be
  /// closed.
  public func terminate() {
    change { $0.isTerminated = true }
  }

  /// A Boolean value that indicates whether forwarding has been stopped with ``pause()``.
  public var isPaused: Bool { state.withLock(\.isPaused) }

  /// The numbers of messages and bytes that all proxies with this control have forwarded.
  ///
  /// While messages are forwarded, the numbers can be slightly out of date. Those of a proxy that is paused or has ended are
  /// exact.
  public var statistics: ProxyStatistics { state.withLock(\.statistics) }

  /// The messages that ended proxies had received from their frontend but could not send to their backend.
  ///
  /// libzmq can report that a socket accepts no more only after the message was received. So one message can be left when a proxy
  /// is ended other than by a shutdown. One is also left if a ROUTER with the option `routerMandatory` refused it. To lose none,
  /// send these messages yourself.
  public var unsentToBackend: [Message] { state.withLock(\.unsentToBackend) }

  /// The messages that ended proxies had received from their backend but could not send to their frontend.
  ///
  /// libzmq can report that a socket accepts no more only after the message was received. So one message can be left when a proxy
  /// is ended other than by a shutdown. One is also left if a ROUTER with the option `routerMandatory` refused it. To lose none,
  /// send these messages yourself.
  public var unsentToFrontend: [Message] { state.withLock(\.unsentToFrontend) }

  private func change(_ body: (inout State) -> Void) {
    state.withLock { state in
      body(&state)
      state.wakeup?.signal()
    }
  }

  /// Reserves the control for a proxy.
  ///
  /// - Returns: The pipe that is signaled when the control is used.
  func begin() throws(ZeroMQError) -> WakeupPipe {
    try state.withLock { (state) throws(ZeroMQError) in
      guard state.wakeup == nil else {
        throw ZeroMQError(.operationInProgress, operation: "proxy", subject: "(its control steers another proxy)")
      }
      let wakeup = try WakeupPipe()
      state.wakeup = wakeup
      return wakeup
    }
  }

  /// Releases the control, and keeps the messages that its proxy could not send.
  func end(unsentToFrontend: Message?, unsentToBackend: Message?) {
    state.withLock { state in
      state.wakeup = nil
      if let unsentToFrontend { state.unsentToFrontend.append(unsentToFrontend) }
      if let unsentToBackend { state.unsentToBackend.append(unsentToBackend) }
    }
  }

  /// The next step of a proxy.
  enum Command { case forward, wait, end }

  /// Calls a closure that forwards messages, unless the proxy is paused or ended.
  ///
  /// - Returns: The next step of the proxy.
  func ifActive(_ forward: () throws(ZeroMQError) -> Void) throws(ZeroMQError) -> Command {
    try gate.withLock { (_) throws(ZeroMQError) in
      // Read inside the gate: a caller that has paused and then passed the gate must find that nothing is forwarded.
      let command: Command = state.withLock { $0.isTerminated ? .end : $0.isPaused ? .wait : .forward }
      if command == .forward { try forward() }
      return command
    }
  }

  func count(_ body: (inout ProxyStatistics) -> Void) {
    state.withLock { body(&$0.statistics) }
  }
}
