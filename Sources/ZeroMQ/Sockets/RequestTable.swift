/// The requests of a DEALER whose replies are still to come, and the messages that reply to none.
///
/// A request begins with its correlation, a frame that the peer returns with the envelope. The first half of a correlation is the
/// same for all requests of the socket: it tells a late reply from a message that is none, and also a reply to a former socket with
/// the same routing ID. The second half is random, so that a peer that returns a wrong one does not meet another request.
///
/// As the socket is, a table is used by one task or thread at a time.
final class RequestTable {
  private let prefix = UInt64.random(in: 0 ... .max)

  /// The tasks that wait for a reply, by the correlation of their request.
  private var requests: [Frame: Recipient] = [:]

  /// The tasks that wait for a message that is no reply while another task reads, in order of arrival.
  private var receivers: [Recipient] = []

  /// The messages that are no replies and were not received yet, in order of arrival.
  private var unclaimed: [Message] = []

  /// The number of such messages that are kept.
  private static var maximumUnclaimed: Int { 1000 }

  /// A task that waits for a message: the reply to its request, or one that is no reply.
  final class Recipient {
    fileprivate var correlation: Frame?
    fileprivate var reply: Message?

    /// The task's wait for the lock to receive; `nil` after a message has ended it.
    fileprivate(set) var waiter: Waiter?

    /// Ends the wait.
    ///
    /// - Returns: Whether it was this call that did.
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
      // SAFETY: the frame copies the bytes during the call.
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

  /// Removes a task; a reply that still comes for it is dropped.
  func remove(_ recipient: Recipient) {
    if let correlation = recipient.correlation { requests[correlation] = nil } else { receivers.removeAll { $0 === recipient } }
  }

  /// The message that a task waits for, if it is there.
  func take(for recipient: Recipient) -> Message? {
    if recipient.correlation != nil { return recipient.reply }
    return unclaimed.isEmpty ? nil : unclaimed.removeFirst()
  }

  /// Accepts a message from the socket, and wakes the task that it is for.
  func accept(_ message: consuming Message) {
    // SAFETY: the number lies within the frame's bytes, which are valid during the call.
    let isReply = unsafe message[0].withUnsafeBytes { unsafe $0.count == 16 && $0.loadUnaligned(as: UInt64.self) == prefix }
    if isReply {
      // Without a delimiter, or without frames behind it, it is malformed; REQ does not hand out such a reply either.
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
