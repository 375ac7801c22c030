/// Types of a program's own, under the library's names.
struct Message {
  var frames: [Frame]
}

struct Frame {
  var bytes: [UInt8]
}

struct Context {
  var name: String
}

final class Socket {
  var messages: [Message] = []
}

enum Poller { case none }
