import ZeroMQ

// The library's type that cannot be copied, in generic types of the program's own.

struct Box<Value: ~Copyable>: ~Copyable {
  private var value: Value

  init(_ value: consuming Value) { self.value = value }

  consuming func take() -> Value { value }

  borrowing func look<Result>(_ body: (borrowing Value) throws -> Result) rethrows -> Result { try body(value) }

  mutating func change(_ body: (inout Value) throws -> Void) rethrows { try body(&value) }
}

enum Slot<Value: ~Copyable>: ~Copyable {
  case empty
  case full(Value)

  mutating func take() -> Value? {
    switch consume self {
    case .empty:
      self = .empty
      return nil
    case .full(let value):
      self = .empty
      return value
    }
  }
}

let context = try Context()
let (server, client) = (try context.socket(.rep), try context.socket(.req))
try client.connect(try server.bind("tcp://127.0.0.1:*"))

func exchange(_ client: ReqSocket, _ server: RepSocket) throws {
  try client.send(Box(UniqueFrame(copying: Array("Hello".utf8))).take(), more: false)
  var box = Box(UniqueFrame())
  try box.change { try server.receive(into: &$0) }
  precondition(box.look { $0.bytes.byteCount } == 5)
  var slot = Slot.full(box.take())
  guard let frame = slot.take(), slot.take() == nil else { fatalError("the slot is not as it should be") }
  try server.send(frame, more: false)
}

try exchange(client, server)
guard let reply = try client.receive(timeout: .seconds(10)) else { fatalError("no reply came") }
print("\(reply) World")
