/// The unanswered requests of a DEALER, and the received messages that are not replies.
///
/// A request starts with its correlation, a frame that the peer returns with the envelope. The first half of a correlation is the
/// same for all requests of the socket. It distinguishes a late reply from other messages, and from a reply to an earlier socket
/// with the same routing ID. The second half is random, so a peer that returns a wrong one does not match another request.
///
/// Only one task or thread uses a table at a time, as with its socket.
final class RequestTable {
  private let prefix = UInt64.random(in: 0 ... .max)

  /// The tasks that wait for a reply, by the correlation of their request.
  private var requests: [Frame: Recipient] = [:]

  /// The tasks that wait for a message that is not a reply, in order of arrival; another task reads meanwhile.
  private var receivers: [Recipient] = []

  /// The messages that are not replies and were not received yet, in order of arrival.
  private var unclaimed: [Message] = []

  /// The maximum number of messages in ``unclaimed``; further ones are dropped.
  private static var maximumUnclaimed: Int { 1000 }

  /// A task that waits for a message: the reply to its request, or a message that is not a reply.
  final class Recipient {
    fileprivate var correlation: Frame?
    fileprivate var reply: Message?

    /// The waiter of the task for the lock to receive; `nil` after a message has resumed it.
    fileprivate(set) var waiter: Waiter?

    /// Resumes the waiting task.
    ///
    /// - Returns: `true` if this call resumed it.
    @discardableResult
    fileprivate func wake() -> Bool {
      guard let waiting = waiter, waiting.resume(with: .ready) else { return false }
      waiter = nil
      return true
    }
  }

  /// Adds a request.
  ///
  /// - Returns: The envelope that precedes the request.
  func addRequest(of recipient: Recipient) -> Message {
    while true {
      // SAFETY: the pointer points to the two integers, owned by the closure's caller, valid during the call; used only on this
      // thread.
      let correlation = unsafe withUnsafeBytes(of: (prefix, UInt64.random(in: 0 ... .max))) { unsafe Frame(copyingBytes: $0) }
      guard requests[correlation] == nil else { continue }
      requests[correlation] = recipient
      recipient.correlation = correlation
      return [correlation, ""]
    }
  }

  /// Notes that a task waits for the lock to receive.
  func beginWait(of recipient: Recipient, _ waiter: Waiter) {
    recipient.waiter = waiter
    if recipient.correlation == nil { receivers.append(recipient) }
  }

  /// Removes a task; a reply that arrives for it later is dropped.
  func remove(_ recipient: Recipient) {
    if let correlation = recipient.correlation { requests[correlation] = nil } else { receivers.removeAll { $0 === recipient } }
  }

  /// Returns the message that a task waits for, or `nil` if it has not arrived.
  func take(for recipient: Recipient) -> Message? {
    if recipient.correlation != nil { return recipient.reply }
    return unclaimed.isEmpty ? nil : unclaimed.removeFirst()
  }

  /// Stores a message from the socket, and resumes the task that waits for it.
  func accept(_ message: consuming Message) {
    // SAFETY: the pointer points to the bytes, owned by the frame, valid during the call; used only on this thread.
    let isReply = unsafe message[0].withUnsafeBytes { unsafe $0.count == 16 && $0.loadUnaligned(as: UInt64.self) == prefix }
    if isReply {
      // A reply without a delimiter, or without frames behind it, is malformed; REQ also drops such replies.
      guard message.count > 2, message[1].isEmpty, let recipient = requests.removeValue(forKey: message[0]) else { return }
      message.removeFirst(2)
      recipient.reply = message
      recipient.wake()
    } else if unclaimed.count < Self.maximumUnclaimed {
      unclaimed.append(message)
      while !receivers.isEmpty, !receivers.removeFirst().wake() {}
    }
  }
}
