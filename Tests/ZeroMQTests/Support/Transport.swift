import Foundation

/// The transports that what moves bytes is tested over.
enum Transport: String, CaseIterable {
  case inproc, ipc, tcp

  /// An endpoint to bind to that nobody else uses.
  func newEndpoint() -> String {
    switch self {
    case .inproc: "inproc://\(UUID().uuidString)"
    case .ipc: "ipc://\(FileManager.default.temporaryDirectory.path)/zmq-\(UUID().uuidString)"
    case .tcp: "tcp://127.0.0.1:*"
    }
  }
}
