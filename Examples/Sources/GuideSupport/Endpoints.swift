/// The endpoint at which this machine reaches a socket that is bound to `endpoint`: `*` becomes the loopback address.
public func reachable(_ endpoint: String) -> String {
  endpoint.hasPrefix("tcp://*:") ? "tcp://127.0.0.1:" + endpoint.dropFirst("tcp://*:".count) : endpoint
}
