internal import CZeroMQ

/// One way through a proxy: from a socket that receives to one that sends.
///
/// Used on the sockets' thread, while their handles are held open by the proxy.
@safe
struct ProxyLane: ~Copyable {
  private let source: UnsafeMutableRawPointer?
  private let target: UnsafeMutableRawPointer?
  private let capture: UnsafeMutableRawPointer?

  /// Where frames are received into and sent from, and their copies.
  private let frame: UnsafeMutablePointer<zmq_msg_t>
  private let copy: UnsafeMutablePointer<zmq_msg_t>

  /// Whether `frame` is the first of a message that has been received but that the target has not taken.
  private(set) var isLoaded = false
  /// The first frame's size, while it is loaded.
  private var size = 0
  /// Whether further frames follow the one at hand.
  private var hasMore = false
  /// Whether the capture, if there is one, has the first frame of the message at hand.
  private var isCaptured = false

  /// What has gone through.
  struct Passed {
    var messages: UInt64 = 0
    var bytes: UInt64 = 0
  }

  init(from source: SocketHandle, to target: SocketHandle, capture: SocketHandle?) {
    unsafe self.source = unsafe source.pointer
    unsafe self.target = unsafe target.pointer
    unsafe self.capture = unsafe capture?.pointer
    // SAFETY: both messages stay in one place, initialized, until `deinit`.
    unsafe frame = .allocate(capacity: 2)
    unsafe copy = unsafe frame + 1
    unsafe frame.initialize(to: zmq_msg_t(empty: ()))
    unsafe copy.initialize(to: zmq_msg_t(empty: ()))
  }

  deinit {
    // SAFETY: the messages are closed once, by their only owner.
    unsafe zmq_msg_close(frame)
    unsafe zmq_msg_close(copy)
    unsafe frame.deallocate()
  }

  /// Forwards messages for as long as there are any and the target and the capture take them, but not for ever.
  mutating func forward(_ passed: inout Passed) throws(ZeroMQError) {
    // Few enough for the other way and the control to have their turn in a moment.
    while passed.messages < 1000, passed.bytes < 1 << 20 {
      if !isLoaded { guard try load() else { return } }
      guard try captureFirst() else { return }
      guard try sendFirst() else { return }
      passed.bytes += UInt64(size)
      if hasMore { passed.bytes += try forwardRest() }
      passed.messages += 1
    }
  }

  /// Receives a message's first frame.
  ///
  /// - Returns: whether there is one.
  @inline(__always)
  private mutating func load() throws(ZeroMQError) -> Bool {
    guard let received = unsafe try Self.receive(into: frame, from: source, ZMQ_DONTWAIT) else { return false }
    size = received
    // SAFETY: the message is initialized. It is asked now, since a message that has been sent has lost its flags.
    hasMore = unsafe zmq_msg_more(frame) != 0
    isCaptured = unsafe capture == nil
    isLoaded = true
    return true
  }

  /// Copies the first frame to the capture.
  ///
  /// - Returns: whether the capture has it.
  @inline(__always)
  private mutating func captureFirst() throws(ZeroMQError) -> Bool {
    if !isCaptured { isCaptured = try sendCopy(more: hasMore) }
    return isCaptured
  }

  /// Sends the first frame.
  ///
  /// - Returns: whether the target has taken it.
  @inline(__always)
  private mutating func sendFirst() throws(ZeroMQError) -> Bool {
    guard unsafe try Self.send(frame, to: target, hasMore ? ZMQ_SNDMORE | ZMQ_DONTWAIT : ZMQ_DONTWAIT) else { return false }
    isLoaded = false
    return true
  }

  /// Forwards the frames behind the first.
  ///
  /// - Returns: their size.
  private mutating func forwardRest() throws(ZeroMQError) -> UInt64 {
    var bytes = 0
    while hasMore {
      bytes += try receiveNext()
      // libzmq: only the first frame can find no room. If the peer has gone since, its message is dropped as a whole, and without
      // a word only where the call may wait.
      _ = unsafe try Self.send(frame, to: target, hasMore ? ZMQ_SNDMORE : 0)
    }
    return UInt64(bytes)
  }

  /// Receives a further frame and copies it to the capture.
  private mutating func receiveNext() throws(ZeroMQError) -> Int {
    // libzmq: once the first frame is there the others are, too.
    let size = unsafe try Self.receive(into: frame, from: source, 0) ?? 0
    hasMore = unsafe zmq_msg_more(frame) != 0
    if unsafe isCaptured && capture != nil { _ = try sendCopy(more: hasMore) }
    return size
  }

  /// Takes the message that the target has not taken out of the lane, with those of its frames that are still to be received.
  ///
  /// - Returns: the message; `nil` if there is none, or the rest of it has gone with its socket.
  mutating func unload(isSourceOpen: Bool, isCaptureOpen: Bool) throws(ZeroMQError) -> Message? {
    guard isLoaded else { return nil }
    isLoaded = false
    if hasMore && !isSourceOpen { return nil }
    if isCaptureOpen { _ = try captureFirst() } else { isCaptured = false }
    var frames = [takeFrame()]
    while hasMore {
      _ = try receiveNext()
      frames.append(takeFrame())
    }
    return Message(frames)
  }

  private func takeFrame() -> Frame {
    // SAFETY: the message moves to its new owner, and an empty one takes its place.
    let taken = unsafe UniqueFrame(owning: frame.move())
    unsafe frame.initialize(to: zmq_msg_t(empty: ()))
    return Frame(taken)
  }

  /// Sends a copy of the frame at hand to the capture.
  ///
  /// - Returns: whether the capture has it; otherwise it has no room, or its peer has gone.
  private func sendCopy(more: Bool) throws(ZeroMQError) -> Bool {
    // SAFETY: both messages are initialized, and no other thread has the frame; libzmq releases what the copy held before.
    guard unsafe zmq_msg_copy(copy, frame) == 0 else { throw .last("zmq_msg_copy") }
    return unsafe try Self.send(copy, to: capture, more ? ZMQ_SNDMORE | ZMQ_DONTWAIT : ZMQ_DONTWAIT)
  }

  /// Sends a frame.
  ///
  /// - Returns: whether it was sent; `false` if there is no room.
  @inline(__always)
  private static func send(
    _ frame: UnsafeMutablePointer<zmq_msg_t>, to socket: UnsafeMutableRawPointer?, _ flags: Int32
  ) throws(ZeroMQError) -> Bool {
    // SAFETY: the message is initialized; libzmq takes its bytes and leaves an empty one, or leaves it as it is.
    while unsafe zmq_msg_send(frame, socket, flags) < 0 {
      guard try isWorthRetrying("zmq_msg_send") else { return false }
    }
    return true
  }

  /// Receives a frame.
  ///
  /// - Returns: its size; `nil` if there is none.
  @inline(__always)
  private static func receive(
    into frame: UnsafeMutablePointer<zmq_msg_t>, from socket: UnsafeMutableRawPointer?, _ flags: Int32
  ) throws(ZeroMQError) -> Int? {
    while true {
      // SAFETY: the message is initialized; libzmq releases what it held.
      let size = unsafe zmq_msg_recv(frame, socket, flags)
      // libzmq: the result is cut off at C's largest `int`.
      if size >= 0 { return unsafe size == .max ? zmq_msg_size(frame) : Int(size) }
      guard try isWorthRetrying("zmq_msg_recv") else { return nil }
    }
  }

  /// Judges the error of the call that has just failed.
  ///
  /// - Returns: `true` after a signal, for which no message is left half done; `false` if the socket is not ready.
  @inline(never)
  private static func isWorthRetrying(_ operation: String) throws(ZeroMQError) -> Bool {
    let error = ZeroMQError.last(operation)
    switch error.code {
    case .interrupted: return true
    case .wouldBlock: return false
    default: throw error
    }
  }
}
