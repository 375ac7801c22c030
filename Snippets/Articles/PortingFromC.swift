//! Idioms of C in Swift.

import ZeroMQ

func receiveAll(_ socket: PullSocket) throws {
  // snippet.show
  for frame in try socket.receive() { print(frame) }
  // snippet.hide
}

func sendParts(_ router: RouterSocket, _ identity: Frame, _ text: String) throws {
  // snippet.show
  try router.send(identity, "", text)
  // snippet.hide
}

func drain(_ socket: PullSocket) throws {
  // snippet.show
  while let message = try socket.receiveIfReady() { print(message) }
  // snippet.hide
}

func poll(_ frontend: RouterSocket, _ backend: RouterSocket) throws {
  // snippet.show
  var poller = Poller()
  poller.add(frontend, for: .readable)
  poller.add(backend, for: .readable)
  for event in try poller.wait(timeout: .milliseconds(2500)) where event.concerns(frontend) {
    print(try frontend.receive())
  }
  // snippet.hide
}

func serve(_ context: Context, _ server: RepSocket) throws {
  // snippet.show
  try context.shutdownOnSignals()
  do {
    while true { try server.send(server.receive()) }
  } catch .contextTerminated {}
  // snippet.hide
}
