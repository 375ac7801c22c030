import Foundation

/// The transports that what moves bytes is tested over.
enum Transport: String, CaseIterable {
  case inproc, ipc, tcp

  /// An endpoint to bind to that nobody else uses.
  func newEndpoint() -> String {
    switch self {
    case .inproc: "inproc://\(UUID().uuidString)"
    case .ipc: "ipc://\(Self.folder.path)/\(UUID().uuidString)"
    case .tcp: "tcp://127.0.0.1:*"
    }
  }

  /// Where the ipc files of this run lie, since libzmq leaves them behind.
  static let folder: URL = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("zmq-\(getpid())")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: Transport.folder) }
    return folder
  }()
}
