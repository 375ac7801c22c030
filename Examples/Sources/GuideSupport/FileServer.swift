@preconcurrency import Foundation
import ZeroMQ

/// The largest piece of a file that goes into one message.
public let chunkSize = 250_000

/// A file whose bytes are read from any position.
public struct ChunkedFile {
  private let handle: FileHandle

  /// Opens a file, or ends the program where there is none.
  public init(_ path: String) {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      fputs("there is no file \"\(path)\"\n", stderr)
      exit(1)
    }
    self.handle = handle
  }

  /// The bytes from a position on, at most `count`; none at the end of the file.
  public func read(at offset: UInt64, count: Int) throws -> Frame {
    try handle.seek(toOffset: offset)
    return Frame(copying: try handle.read(upToCount: count) ?? Data())
  }
}

/// Answers requests for chunks of a file, [client][fetch][offset][count], until the context is shut down.
///
/// A ROUTER drops what a client's queue has no room for; as a mandatory one it waits instead, so that no chunk is lost.
public func serveChunks(of path: String, in context: Context, at endpoint: String, highWaterMark: Int) throws {
  let file = ChunkedFile(path)
  let router = try context.socket(.router)
  try router.set(.sendHighWaterMark, to: highWaterMark)
  try router.set(.receiveHighWaterMark, to: highWaterMark)
  try router.set(.routerMandatory, to: true)
  try router.bind(endpoint)
  while true {
    let request = try router.receive()
    guard request.count == 4, request[1] == "fetch", let offset = UInt64(String(decoding: request[2], as: UTF8.self)),
      let count = Int(String(decoding: request[3], as: UTF8.self)), 0...chunkSize ~= count
    else { continue }
    do {
      try router.send([request[0], file.read(at: offset, count: count)])
    } catch .hostUnreachable {}  // The client has gone.
  }
}
