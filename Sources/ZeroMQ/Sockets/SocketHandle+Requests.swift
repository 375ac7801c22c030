extension SocketHandle {
  /// Returns the table of requests, which the first request creates.
  func makeRequestTable() -> RequestTable {
    if let table = unsafe requests { return table }
    let table = RequestTable()
    unsafe requests = table
    // From now on every message goes through the table. So a task's call must not try the socket immediately.
    unsafe waitingTasks += 1
    return table
  }

  /// The error of a request without a timeout, if an option's timeout expires.
  var noReply: ZeroMQError { ZeroMQError(.wouldBlock, operation: "zmq_msg_recv") }

  /// Sends a request over a DEALER and receives the reply to it.
  ///
  /// Until the reply arrives, the call also receives the messages for which tasks wait.
  ///
  /// - Parameter timeout: The maximum time to wait; `nil` stands for the socket's timeout options.
  /// - Returns: The reply, or `nil` if the request could not be sent in time, or no reply arrived in time.
  func multiplexBlocking(_ request: consuming Message, timeout: Duration?) throws(ZeroMQError) -> Message? {
    guard !request.isEmpty else { throw ZeroMQError(.invalidArgument, operation: "zmq_msg_send") }
    let deadline = timeout.map { Deadline(after: $0) }
    let table = makeRequestTable()
    let recipient = RequestTable.Recipient()
    let message = table.addRequest(of: recipient) + request
    defer { table.remove(recipient) }
    guard try send(message, timeout.map { .timeout($0) } ?? .blocking) else { return nil }
    return try receive(for: recipient, from: table, deadline.map { .timeout($0.remaining) } ?? .blocking)
  }

  /// Receives a message that is not a reply.
  ///
  /// - Returns: The message, or `nil` if none arrived in time.
  func receiveUnclaimed(_ mode: WaitMode) throws(ZeroMQError) -> Message? {
    try receive(for: RequestTable.Recipient(), from: makeRequestTable(), mode)
  }

  /// Receives messages until the one for a recipient has arrived.
  private func receive(
    for recipient: RequestTable.Recipient, from table: RequestTable, _ mode: WaitMode
  ) throws(ZeroMQError) -> Message? {
    let timeout: Duration? =
      switch mode {
      case .timeout(let time): time
      case .blocking: unsafe tracked.receiveTimeout
      case .nonblocking, .continuing: nil
      }
    // Other messages must not extend the time.
    let deadline = timeout.map { Deadline(after: $0) }
    repeat {
      if let message = table.take(for: recipient) { return message }
      guard let received = try receiveAny(deadline.map { .timeout($0.remaining) } ?? mode) else { break }
      table.accept(received)
    } while !(deadline?.hasPassed ?? false)
    let message = table.take(for: recipient)
    if message == nil, case .blocking = mode { throw noReply }
    return message
  }
}
