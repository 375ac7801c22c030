//! Sockets on threads and in event loops.

import ZeroMQ

func exchange(_ context: Context, startThread: (@escaping @Sendable () throws -> Void) -> Void) throws {
  // snippet.show
  let parent = try context.socket(.pair)
  try parent.bind("inproc://ready")
  startThread {
    let child = try context.socket(.pair)
    try child.connect("inproc://ready")
    try child.send("READY")
  }
  print(try parent.receive())
  // snippet.hide
}

func react(_ subscriber: SubSocket, _ publisher: PubSocket) throws {
  // snippet.show
  let reactor = Reactor()
  reactor.add(subscriber) { _ in print(try subscriber.receive()) }
  reactor.schedule(after: .seconds(1), repeating: true) { _ in try publisher.send("tick") }
  try reactor.run()
  // snippet.hide
}

func watch(_ socket: PullSocket) throws {
  // snippet.show
  let descriptor = try socket.get(.fileDescriptor)
  print("watch \(descriptor) for reading; when it is readable, or after a call:")
  while try socket.get(.events).contains(.readable), let message = try socket.receiveIfReady() { print(message) }
  // snippet.hide
}
