private import CZeroMQ

/// Whether a file descriptor is a stream socket that listens.
func isListening(_ descriptor: Int32) -> Bool {
  var listens: Int32 = 0
  var size = socklen_t(MemoryLayout.size(ofValue: listens))
  // SAFETY: the system writes an `int` and its size; a descriptor that is no open socket is an error.
  return unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens != 0
}
