import ZeroMQ

/// Blocks the calling thread for a while, but throws at once when the context is shut down.
///
/// - Parameter socket: one that receives nothing meanwhile, such as a REQ before its request.
public func pause(_ socket: Socket<some SocketKind>, for duration: Duration) throws {
  var poller = Poller()
  poller.add(socket, for: .readable)
  _ = try poller.wait(timeout: duration)
}

/// Blocks the calling thread for a while, but throws at once when the context is shut down.
public func pause(in context: Context, for duration: Duration) throws {
  // Without a connection, it never receives anything.
  try pause(context.socket(.pair), for: duration)
}
