extension SocketHandle {
  /// The table of requests, which a socket has from its first request on.
  func makeRequestTable() -> RequestTable {
    if let table = unsafe requests { return table }
    let table = RequestTable()
    unsafe requests = table
    // Every message is to go through the table, so no call of a task may be made before anything else is asked.
    unsafe waitingTasks += 1
    return table
  }

  /// The error of a request without a timeout of its own, if one of the socket's timeouts expires.
  var noReply: ZeroMQError { ZeroMQError(.wouldBlock, operation: "zmq_msg_recv") }

  /// Sends a request over a DEALER and receives the reply to it, and meanwhile reads for the tasks that wait for theirs.
  ///
  /// - Parameter timeout: The maximum time to wait; `nil` is what the socket's options say.
  /// - Returns: The reply; `nil` if the request could not be sent in time, or no reply came in time.
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

  /// Receives a message that replies to no request.
  ///
  /// - Returns: The message; `nil` if none came in time.
  func receiveUnclaimed(_ mode: WaitMode) throws(ZeroMQError) -> Message? {
    try receive(for: RequestTable.Recipient(), from: makeRequestTable(), mode)
  }

  private func receive(
    for recipient: RequestTable.Recipient, from table: RequestTable, _ mode: WaitMode
  ) throws(ZeroMQError) -> Message? {
    let deadline: Deadline? = if case .timeout(let time) = mode { Deadline(after: time) } else { nil }
    while true {
      if let message = table.take(for: recipient) { return message }
      guard let received = try receiveAny(deadline.map { .timeout($0.remaining) } ?? mode) else { return nil }
      table.accept(received)
    }
  }
}
