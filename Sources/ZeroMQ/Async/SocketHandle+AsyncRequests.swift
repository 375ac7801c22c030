internal import CZeroMQ

// How several tasks make requests over one DEALER. The task that holds the lock to receive reads for all of them, and hands each
// message to the task that it is for; once its own message is there, it releases the lock.

extension SocketHandle {
  /// Sends a request over a DEALER and receives the reply to it.
  ///
  /// - Parameter timeout: The maximum time to wait; `nil` uses the socket's options.
  /// - Returns: The reply, or `nil` if the request could not be sent, or no reply arrived, in time.
  func multiplex(_ request: consuming Message, timeout: Duration?) async throws -> Message? {
    guard !request.isEmpty else { throw ZeroMQError(.invalidArgument, operation: "zmq_msg_send") }
    let deadline = timeout.map(Deadline.init(after:))
    let table = makeRequestTable()
    let recipient = RequestTable.Recipient()
    let message = table.addRequest(of: recipient) + request
    defer { table.remove(recipient) }
    guard try await sendMessage(message, timeout.map { .timeout($0) } ?? .blocking) else { return nil }
    return try await receive(for: recipient, from: table, until: deadline ?? receiveDeadline)
  }

  /// Receives a message that replies to no request.
  ///
  /// - Returns: The message; `nil` if none came in time.
  func receiveUnclaimed(from table: RequestTable, _ mode: WaitMode) async throws -> Message? {
    let recipient = RequestTable.Recipient()
    defer { table.remove(recipient) }
    let deadline = if case .timeout(let time) = mode { Deadline(after: time) } else { receiveDeadline }
    let message = try await receive(for: recipient, from: table, until: deadline)
    if message == nil, case .blocking = mode { throw ZeroMQError(.wouldBlock, operation: "zmq_msg_recv") }
    return message
  }

  private var receiveDeadline: Deadline { unsafe tracked.receiveTimeout.map(Deadline.init(after:)) ?? .never }

  /// Waits until a task's message is there, and reads for all tasks while this one holds the lock to receive.
  ///
  /// - Returns: The message; `nil` if it did not come in time.
  private func receive(
    for recipient: RequestTable.Recipient, from table: RequestTable, until deadline: Deadline
  ) async throws -> Message? {
    let waiters = try makeWaiters()
    try Task.checkCancellation()
    while true {
      // Also after a message has ended the wait, though the task may be cancelled since: no other task was woken for the message.
      if let message = table.take(for: recipient) { return message }
      if let waiter = waiters.acquire(for: ZMQ_POLLIN, until: deadline) {
        table.beginWait(of: recipient, waiter)
        let isInTime = try await waitForLock(waiter)
        if recipient.waiter == nil { continue }
        guard isInTime else { return table.take(for: recipient) }
      }
      defer { waiters.release(for: ZMQ_POLLIN) }
      var message: Message?
      var attemptsLeft = Self.callsBeforeYield
      let mode = deadline == .never ? WaitMode.blocking : .timeout(deadline.remaining)
      _ = try await perform(ZMQ_POLLIN, "zmq_msg_recv", mode, isInMessage: true) { () throws(ZeroMQError) in
        // Also after its own message: a task that hands over many has to be woken less often.
        while attemptsLeft > 0, let received = try receiveAny(.nonblocking) {
          table.accept(received)
          attemptsLeft -= 1
        }
        message = table.take(for: recipient)
        return message != nil || attemptsLeft == 0
      }
      if message != nil || deadline.hasPassed { return message }
      await yieldToOtherTasks()
      try Task.checkCancellation()
    }
  }
}
