/// A type whose values can be sent as part of a message: text, bytes, a frame, or a message of several frames.
///
/// Parts of different types make one message when they are passed side by side:
///
/// ```swift
/// try router.send(client, "", text)
/// let message = Message(envelope, "", bytes)
/// ```
///
/// A type of your own becomes a part by one method. A collection of bytes, such as a buffer of another package, has it already and
/// only declares the conformance:
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
  /// - Parameter message: The message to append to. It may have frames already, which must be left as they are.
  func append(to message: inout Message)

  /// A Boolean value that indicates whether every value of the type is one frame, so that it can be sent from where its bytes are.
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

/// A part of one frame, which is a copy of the bytes that `_withBytes` has.
public protocol _BytePart: MessagePart, ~Copyable, ~Escapable {}

extension _BytePart where Self: ~Copyable & ~Escapable {
  /// Appends the bytes as one frame; those of a string are its UTF-8 bytes, without a terminating zero.
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
    // SAFETY: the elements are bytes, read as bytes.
    unsafe body(bytes)
    return true
  }
}

extension Frame: MessagePart {
  /// Appends the frame; its bytes are shared, not copied, unless they are few.
  ///
  /// - Parameter message: The message to append to.
  public func append(to message: inout Message) {
    message.append(sharing: self)
  }

  /// `true`: a frame is one.
  @inlinable
  public static var _isOneFrame: Bool { true }

  /// Calls a closure with the bytes, if they lie in the frame itself; others are shared, not copied.
  public func _withBytes(_ body: (RawSpan) -> Void) -> Bool {
    guard isInline else { return false }
    body(bytes)
    return true
  }
}

extension Message: MessagePart {
  /// Appends all frames of the message; their bytes are shared, not copied, unless they are few.
  ///
  /// - Parameter message: The message to append to.
  /// - Complexity: O(*n*) in the number of frames.
  public func append(to message: inout Message) {
    message.append(contentsOf: self)
  }
}
