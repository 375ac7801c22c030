internal import Foundation
public import ZeroMQ

/// The requests and replies of Titanic (TSP, ZeroMQ's RFC 9) in a directory, from which they go on after a crash.
///
/// A request has a file `UUID.req`, its reply a file `UUID.rep`, and the file `queue` a line for each request: the UUID after `-`, or
/// after `+` once it is done. A file appears with all of its contents or not at all, and what a call has returned is on the disk.
///
/// One process at a time may use a directory.
public actor TitanicStore {
  /// The state of a request.
  public enum State: Sendable {
    case pending
    case done(reply: Message)
    case unknown
  }

  private let directory: URL
  private let queue: FileHandle
  /// The requests without reply, the oldest first, each with the position of its line in the queue.
  private var waiting: [(uuid: String, position: UInt64)] = []

  /// The length of a line in the queue, with its end.
  private static let lineLength = 34

  /// Opens the store, and makes its directory if there is none.
  public init(directory: String) throws {
    self.directory = URL(fileURLWithPath: directory, isDirectory: true)
    try FileManager.default.createDirectory(at: self.directory, withIntermediateDirectories: true)
    let file = self.directory.appendingPathComponent("queue")
    if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
    queue = try FileHandle(forUpdating: file)

    let lines = try queue.readToEnd() ?? Data()
    for start in stride(from: 0, through: lines.count - Self.lineLength, by: Self.lineLength)
    where lines[start] == UInt8(ascii: "-") {
      waiting.append((String(decoding: lines[start + 1..<start + Self.lineLength - 1], as: UTF8.self), UInt64(start)))
    }
    // A line without end was never acknowledged.
    try queue.truncate(atOffset: UInt64(lines.count / Self.lineLength * Self.lineLength))
  }

  /// Stores a request: the service's name and the body.
  ///
  /// - Returns: The request's UUID.
  public func add(_ request: Message) throws -> String {
    let uuid = UUID().uuidString.filter { $0 != "-" }
    try write(request, to: file(uuid, "req"))
    let position = try queue.seekToEnd()
    try queue.write(contentsOf: Data("-\(uuid)\n".utf8))
    try queue.synchronize()
    waiting.append((uuid, position))
    return uuid
  }

  /// Returns the state of a request, with its reply if that is here.
  public func state(of uuid: String) throws -> State {
    guard isValid(uuid) else { return .unknown }
    if let reply = try read(file(uuid, "rep")) { return .done(reply: reply) }
    return exists(uuid, "req") ? .pending : .unknown
  }

  /// Forgets a request and its reply, however often it is called.
  public func close(_ uuid: String) throws {
    guard isValid(uuid) else { return }
    for type in ["req", "rep"] where exists(uuid, type) { try FileManager.default.removeItem(at: file(uuid, type)) }
  }

  /// Returns the requests without reply, the oldest first: the service's name and the body of each.
  public func pendingRequests() throws -> [(uuid: String, request: Message)] {
    var requests: [(uuid: String, request: Message)] = []
    for (uuid, _) in waiting {
      // A closed request counts as done, and so does one whose line was not marked before a crash.
      if let request = try read(file(uuid, "req")), !exists(uuid, "rep") {
        requests.append((uuid, request))
      } else {
        try markAsDone(uuid)
      }
    }
    return requests
  }

  /// Stores the reply to a request, unless the request has one already or was closed meanwhile.
  public func finish(_ uuid: String, with reply: Message) throws {
    if exists(uuid, "req") && !exists(uuid, "rep") { try write(reply, to: file(uuid, "rep")) }
    try markAsDone(uuid)
  }

  private func markAsDone(_ uuid: String) throws {
    guard let index = waiting.firstIndex(where: { $0.uuid == uuid }) else { return }
    try queue.seek(toOffset: waiting[index].position)
    try queue.write(contentsOf: Data("+".utf8))
    waiting.remove(at: index)
  }

  /// A UUID comes from the network and becomes part of a path.
  private func isValid(_ uuid: String) -> Bool {
    uuid.utf8.count == 32 && uuid.allSatisfy(\.isHexDigit)
  }

  private func file(_ uuid: String, _ type: String) -> URL {
    directory.appendingPathComponent("\(uuid).\(type)")
  }

  private func exists(_ uuid: String, _ type: String) -> Bool {
    FileManager.default.fileExists(atPath: file(uuid, type).path)
  }

  /// Writes a message: each frame after its length in four bytes.
  private func write(_ message: Message, to file: URL) throws {
    var contents = Data()
    for frame in message {
      withUnsafeBytes(of: UInt32(frame.count).bigEndian) { contents.append(contentsOf: $0) }
      contents.append(contentsOf: frame)
    }
    let temporary = file.appendingPathExtension("new")
    guard FileManager.default.createFile(atPath: temporary.path, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
    let handle = try FileHandle(forWritingTo: temporary)
    try handle.write(contentsOf: contents)
    try handle.synchronize()
    try handle.close()
    try FileManager.default.moveItem(at: temporary, to: file)
    try FileHandle(forReadingFrom: directory).synchronize()  // the name, too
  }

  private func read(_ file: URL) throws -> Message? {
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    var contents = try Data(contentsOf: file)[...]
    var message = Message()
    while contents.count >= 4 {
      let length = contents.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      message.append(Frame(copying: contents.dropFirst(4).prefix(length)))
      contents = contents.dropFirst(4 + length)
    }
    return message
  }
}
