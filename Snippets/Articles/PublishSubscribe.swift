//! Publishers and subscribers.

import ZeroMQ

func publish(_ publisher: PubSocket, _ subscriber: SubSocket) throws {
  // snippet.show
  try publisher.bind("tcp://*:5556")
  try publisher.send("10001 26 °C", "station 7")

  try subscriber.subscribe(to: "10001 ")
  try subscriber.connect("tcp://127.0.0.1:5556")
  // snippet.hide
}

func wait(_ context: Context) throws {
  // snippet.show
  let publisher = try context.socket(.xpub)
  try publisher.bind("tcp://*:5556")
  guard try publisher.waitForSubscribers(2, timeout: .seconds(5)) else { return }
  try publisher.send("everyone hears this")
  // snippet.hide
}

func prepare(_ subscriber: SubSocket) throws {
  // snippet.show
  try subscriber.set(.sendHighWaterMark, to: 0)
  // snippet.hide
}

func watch(_ publisher: XPubSocket) throws {
  // snippet.show
  switch Subscription(try publisher.receive()) {
  case .subscribe(let topic): print("somebody wants \(topic)")
  case .unsubscribe(let topic): print("the last one lost interest in \(topic)")
  case nil: break  // an ordinary message from an XSUB
  }
  // snippet.hide
}
