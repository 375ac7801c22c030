internal import CZeroMQ

extension String {
  /// A Boolean value that indicates whether the endpoint is an inproc name.
  var isInproc: Bool { hasPrefix("inproc://") }

  /// Throws `.invalidArgument` if a number in the endpoint is out of range.
  ///
  /// libzmq: `zmq_bind` and `zmq_connect` read integers with `atoi` and `sscanf`, and truncate them (4.3.4; ip_resolver.cpp,
  /// tipc_address.cpp).
  func refuseNumbersOutOfRange(_ operation: String) throws(ZeroMQError) {
    if !areNumbersInRange { throw ZeroMQError(.invalidArgument, operation: operation, subject: self) }
  }

  /// Throws `.addressInUse` if an ipc endpoint has the path of a regular file.
  ///
  /// libzmq: `zmq_bind` deletes any file that has the path, such as the socket of a process that has ended (4.3.4; ipc_listener.cpp).
  func refuseRegularFile() throws(ZeroMQError) {
    var status = stat()
    // SAFETY: the pointers point to the path and to a local structure, valid until the calls return.
    guard hasPrefix("ipc://"), unsafe stat(String(dropFirst(6)), &status) == 0, unsafe shim_is_regular_file(&status) else { return }
    throw ZeroMQError(.addressInUse, operation: "zmq_bind", subject: self)
  }

  private var areNumbersInRange: Bool {
    guard let colon = firstIndex(of: ":"), self[colon...].hasPrefix("://") else { return true }
    let (scheme, address) = (self[..<colon], self[colon...].dropFirst(3))
    switch scheme {
    case "tcp", "ws", "wss", "udp", "pgm", "epgm", "norm":
      // The parts are a local and a remote address; the address of a WebSocket is followed by a path.
      return address.split(separator: ";").allSatisfy { part in
        let part = scheme.hasPrefix("ws") ? part.prefix { $0 != "/" } : part
        let (port, zone) = (part.afterLast(":"), part.afterLast("%")?.prefix { $0 != "]" && $0 != ":" })
        return port.isNumber(UInt16.self) && zone.isNumber(UInt32.self)
      }
    case "tipc":
      return address.split { !$0.isNumber }.allSatisfy { UInt32($0) != nil }
    default:
      return true
    }
  }
}

extension Substring {
  fileprivate func afterLast(_ character: Character) -> Substring? {
    lastIndex(of: character).map { self[index(after: $0)...] }
  }
}

extension Substring? {
  /// Returns a Boolean value that indicates whether the text is in the range of an integer type, or does not start with a digit.
  fileprivate func isNumber<Number: FixedWidthInteger>(_ type: Number.Type) -> Bool {
    guard let self, self.first?.isNumber ?? false else { return true }
    return Number(self) != nil
  }
}
