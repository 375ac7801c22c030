extension Message {
  /// Removes and returns the reply envelope: all frames up to and including the first empty one.
  ///
  /// The envelope is the way back over any number of hops: routing IDs, and the empty frame that ends them. A REQ sends only the empty
  /// frame, and each ROUTER puts a routing ID before it. REQ and REP sockets handle envelopes themselves. A worker with another type of
  /// socket keeps the envelope and puts it before its reply.
  ///
  /// ```swift
  /// var request = try dealer.receive()          // [routing ID, "", body]
  /// if let envelope = request.removeEnvelope() {
  ///   try dealer.send(envelope + ["reply"])
  /// }
  /// ```
  ///
  /// - Returns: The envelope. If the message has no empty frame, the result is `nil`, and the message is not changed. Peers other than
  ///   REQ and REP may send such messages.
  /// - Complexity: O(*n*) in the number of the envelope's frames, which are shared, not copied.
  public mutating func removeEnvelope() -> Message? {
    guard let delimiter = firstIndex(where: \.isEmpty) else { return nil }
    let envelope = Message(self[...delimiter])
    removeFirst(delimiter + 1)
    return envelope
  }
}
