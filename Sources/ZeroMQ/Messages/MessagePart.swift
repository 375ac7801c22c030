/// A type whose values can be part of a message: strings, bytes, frames, and messages of several frames.
///
/// Parts of different types make one message when they are passed side by side:
///
/// ```swift
/// try router.send(client, "", text)
/// let message = Message(envelope, "", bytes)
/// ```
///
/// Your own type needs one method to be a part. A collection of bytes, such as another package's buffer, already has the method, and
/// only needs the conformance:
///
/// ```swift
/// extension Reading: MessagePart {
///   func append(to message: inout Message) {
///     message.append(sensor)
///     message.append("\(celsius)")
///   }
/// }
/// extension ByteBufferView: @retroactive MessagePart {}
/// ```
public protocol MessagePart: ~Copyable, ~Escapable {
  /// Appends the part's frames to a message.
  ///
  /// - Parameter message: The message to append to. Do not change the frames that it has already.
  func append(to message: inout Message)

  /// A Boolean value that indicates whether every value of the type is one frame, which can be sent without a ``Message``.
  static var _isOneFrame: Bool { get }

  /// Calls a closure with the part's bytes, if the part is one frame whose bytes libzmq should copy.
  ///
  /// - Parameter body: A closure that may use the bytes only during the call.
  /// - Returns: `true` if the closure was called.
  func _withBytes(_ body: (RawSpan) -> Void) -> Bool
}

extension MessagePart where Self: ~Copyable & ~Escapable {
  /// `false`: a part may have any number of frames.
  @inlinable
  public static var _isOneFrame: Bool { false }

  /// Returns `false` without calling the closure.
  @inlinable
  public func _withBytes(_ body: (RawSpan) -> Void) -> Bool { false }
}

/// A part that is one frame with a copy of its bytes.
public protocol _BytePart: MessagePart, ~Copyable, ~Escapable {}

extension _BytePart where Self: ~Copyable & ~Escapable {
  /// Appends the bytes as one frame.
  ///
  /// A string's bytes are UTF-8, without a terminating zero.
  ///
  /// - Parameter message: The message to append to.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public func append(to message: inout Message) {
    _ = _withBytes { message.append(copyingBytes: $0) }
  }

  /// `true`: the bytes are one frame.
  @inlinable
  public static var _isOneFrame: Bool { true }
}

extension MessagePart where Self: Collection<UInt8> {
  /// Appends the bytes as one frame.
  ///
  /// - Parameter message: The message to append to.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public func append(to message: inout Message) {
    _ = _withBytes { message.append(copyingBytes: $0) }
  }

  /// `true`: the bytes are one frame.
  @inlinable
  public static var _isOneFrame: Bool { true }

  /// Calls a closure with the bytes.
  @inlinable
  public func _withBytes(_ body: (RawSpan) -> Void) -> Bool {
    // SAFETY: the pointer points to the collection's bytes, owned by the collection, valid until the closure returns.
    unsafe withBytes { unsafe body(RawSpan(_unsafeBytes: $0)) }
    return true
  }
}

extension String.UTF8View: MessagePart {}
extension Substring.UTF8View: MessagePart {}
extension Array: MessagePart where Element == UInt8 {}
extension ArraySlice: MessagePart where Element == UInt8 {}
extension ContiguousArray: MessagePart where Element == UInt8 {}

extension String: MessagePart, _BytePart {}
extension Substring: MessagePart, _BytePart {}

extension _BytePart where Self: StringProtocol {
  /// Calls a closure with the UTF-8 bytes.
  @inlinable
  @inline(__always)
  public func _withBytes(_ body: (RawSpan) -> Void) -> Bool {
    // SAFETY: the pointer points to the string's bytes, owned by the string, valid until the closure returns.
    unsafe utf8.withBytes { unsafe body(RawSpan(_unsafeBytes: $0)) }
    return true
  }
}

extension RawSpan: MessagePart, _BytePart {
  /// Calls a closure with the span itself.
  @inlinable
  public func _withBytes(_ body: (RawSpan) -> Void) -> Bool {
    body(self)
    return true
  }
}

extension Span: MessagePart, _BytePart where Element == UInt8 {
  /// Calls a closure with the bytes.
  @inlinable
  public func _withBytes(_ body: (RawSpan) -> Void) -> Bool {
    // SAFETY: the span's elements are bytes, so that all of them are initialized.
    unsafe body(bytes)
    return true
  }
}

extension Frame: MessagePart {
  /// Appends the frame, whose bytes are shared, not copied, if there are more than 33.
  ///
  /// - Parameter message: The message to append to.
  public func append(to message: inout Message) {
    message.append(sharing: self)
  }

  /// `true`: a frame is one frame.
  @inlinable
  public static var _isOneFrame: Bool { true }

  /// Calls a closure with the bytes, if they lie in the frame itself; larger ones are shared, not copied.
  public func _withBytes(_ body: (RawSpan) -> Void) -> Bool {
    guard isInline else { return false }
    body(bytes)
    return true
  }
}

extension Message: MessagePart {
  /// Appends all frames of the message.
  ///
  /// A frame's bytes are shared, not copied, if there are more than 33.
  ///
  /// - Parameter message: The message to append to.
  /// - Complexity: O(*n*) in the number of frames.
  public func append(to message: inout Message) {
    message.append(contentsOf: self)
  }
}
