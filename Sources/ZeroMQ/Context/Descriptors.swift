internal import CZeroMQ

/// Throws an error unless the process can open a number of further file descriptors.
///
/// Some of libzmq's calls end the process if none is left.
func requireDescriptors(_ count: Int, for operation: String, _ subject: String) throws(ZeroMQError) {
  guard shim_can_open_descriptors(Int32(clamping: count)) else {
    throw ZeroMQError(.init(rawValue: errno), operation: operation, subject: subject)
  }
}

/// Returns a Boolean value that indicates whether a file descriptor is a stream socket that listens.
func isListening(_ descriptor: Int32) -> Bool {
  var listens: Int32 = 0
  var size = socklen_t(MemoryLayout.size(ofValue: listens))
  // SAFETY: the pointers point to two local integers, valid until the call returns; used only on this thread.
  return unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens != 0
}
