//! Waiting for several sockets and file descriptors.

import ZeroMQ

func poll(_ receiver: PullSocket, _ subscriber: SubSocket) throws {
  // snippet.show
  var poller = Poller()
  poller.add(receiver, for: .readable)
  poller.add(subscriber, for: .readable)
  for event in try poller.wait(timeout: .seconds(1)) {
    if event.concerns(receiver) { print(try receiver.receive()) }
    if event.concerns(subscriber) { print(try subscriber.receive()) }
  }
  // snippet.hide
}
