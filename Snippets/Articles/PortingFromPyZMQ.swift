//! Idioms of pyzmq in Swift.

import ZeroMQ

func serve(_ socket: RepSocket) throws {
  // snippet.show
  while true {
    let message = try socket.receive()
    print(message[0].text ?? "not UTF-8")
    try socket.send("World")
  }
  // snippet.hide
}

func poll(_ poller: inout Poller, _ receiver: PullSocket) throws {
  // snippet.show
  for event in try poller.wait(timeout: .seconds(1)) where event.concerns(receiver) {
    print(try receiver.receive())
  }
  // snippet.hide
}

func serveInTask(_ socket: RepSocket) async throws {
  // snippet.show
  for try await message in socket.messages {
    try await socket.send(message)
  }
  // snippet.hide
}
