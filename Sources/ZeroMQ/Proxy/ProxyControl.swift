/// Pauses, resumes and ends a proxy, and tells what it has forwarded, from any thread or task.
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
/// A control steers one proxy at a time. What was asked of it before its proxy starts holds from the start, so a proxy may start
/// paused; what it knows of a proxy that has ended remains. The corresponding libzmq function is `zmq_proxy_steerable`, whose
/// commands bear the same names; it is not used, since libzmq's releases disagree about its behavior.
public final class ProxyControl: Sendable {
  private let state = Lock(State())
  /// Held while messages are forwarded, so that ``pause()`` can wait for the end of that.
  private let gate = Lock(false)

  private struct State {
    var isPaused = false
    var isTerminated = false
    var isRunning = false
    var wakeup: WakeupPipe?
    var statistics = ProxyStatistics()
    var unsentToFrontend: [Message] = []
    var unsentToBackend: [Message] = []
  }

  /// Makes a control, to be given to a proxy.
  public init() {}

  /// Stops forwarding; messages wait in the sockets, up to their high-water marks, until ``resume()``.
  ///
  /// Waits until the message at hand has gone through, or several if more are at hand, which takes a moment: after the call nothing
  /// is forwarded, and ``statistics`` stand still. Does nothing to a proxy that is paused, or has ended.
  public func pause() {
    change { $0.isPaused = true }
    gate.withLock { _ in }
  }

  /// Goes on forwarding; does nothing if the proxy is not paused.
  public func resume() {
    change { $0.isPaused = false }
  }

  /// Makes the proxy return, be it paused or not, for ever: a proxy that is started with the control later returns at once.
  ///
  /// Returns at once. The proxy returns when the messages at hand have gone through; it does not wait for those that a socket
  /// cannot take, see ``unsentToBackend``. All others remain in the sockets, which remain to be closed.
  public func terminate() {
    change { $0.isTerminated = true }
  }

  /// Whether forwarding has been stopped with ``pause()``.
  public var isPaused: Bool { state.withLock(\.isPaused) }

  /// What has been forwarded until now, by all proxies that used this control.
  ///
  /// While messages flow the figures may lag behind by some; those of a proxy that is paused or has ended are exact.
  public var statistics: ProxyStatistics { state.withLock(\.statistics) }

  /// What an ended proxy had received from its frontend but could not send to its backend, which was at its high-water mark.
  ///
  /// libzmq may only tell that a socket takes no more when the message has been received, so one may be left when a proxy is ended
  /// other than by a shutdown, or when a ROUTER with the option `routerMandatory` refused it. A program that must lose nothing
  /// sends it itself.
  public var unsentToBackend: [Message] { state.withLock(\.unsentToBackend) }

  /// What an ended proxy had received from its backend but could not send to its frontend, as with ``unsentToBackend``.
  public var unsentToFrontend: [Message] { state.withLock(\.unsentToFrontend) }

  private func change(_ body: (inout State) -> Void) {
    state.withLock { state in
      body(&state)
      state.wakeup?.signal()
    }
  }

  /// Takes the control for a proxy.
  ///
  /// - Returns: The pipe that is signaled when something is asked of the proxy.
  func begin() throws(ZeroMQError) -> WakeupPipe {
    try state.withLock { (state) throws(ZeroMQError) in
      guard !state.isRunning else {
        throw ZeroMQError(.operationInProgress, operation: "proxy", subject: "(its control steers another proxy)")
      }
      let wakeup = try WakeupPipe()
      state.wakeup = wakeup
      state.isRunning = true
      return wakeup
    }
  }

  /// Gives the control back.
  func end(unsentToFrontend: Message?, unsentToBackend: Message?) {
    state.withLock { state in
      state.wakeup = nil
      state.isRunning = false
      if let unsentToFrontend { state.unsentToFrontend.append(unsentToFrontend) }
      if let unsentToBackend { state.unsentToBackend.append(unsentToBackend) }
    }
  }

  /// What a proxy shall do next.
  enum Command { case forward, wait, end }

  /// Lets a proxy forward messages, unless it shall not.
  ///
  /// - Returns: what the proxy shall do.
  func ifActive(_ forward: () throws(ZeroMQError) -> Void) throws(ZeroMQError) -> Command {
    try gate.withLock { (_) throws(ZeroMQError) in
      // Asked for inside the gate: who has paused and then passed the gate must find nothing forwarded.
      let command: Command = state.withLock { $0.isTerminated ? .end : $0.isPaused ? .wait : .forward }
      if command == .forward { try forward() }
      return command
    }
  }

  func count(_ body: (inout ProxyStatistics) -> Void) {
    state.withLock { body(&$0.statistics) }
  }
}
