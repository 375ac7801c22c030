extension Message {
  /// Removes the reply envelope and returns it: everything up to and including the first empty frame.
  ///
  /// The envelope says where a reply goes, over however many hops: routing IDs, and the empty frame that ends them. What a REQ sends
  /// has only the empty frame, and each ROUTER puts a routing ID before it. REQ and REP sockets deal with envelopes themselves; a
  /// worker behind another type keeps the envelope and puts it before its reply.
  ///
  /// ```swift
  /// var request = try dealer.receive()          // [routing ID, "", body]
  /// if let envelope = request.removeEnvelope() {
  ///   try dealer.send(envelope + ["reply"])
  /// }
  /// ```
  ///
  /// - Returns: the envelope; `nil` if the message has no empty frame, and is left as it was. Peers other than REQ and REP may send
  ///   such messages.
  /// - Complexity: O(*n*) in the number of the envelope's frames, whose bytes are shared.
  public mutating func removeEnvelope() -> Message? {
    guard let delimiter = firstIndex(where: \.isEmpty) else { return nil }
    let envelope = Message(self[...delimiter])
    removeFirst(delimiter + 1)
    return envelope
  }
}
