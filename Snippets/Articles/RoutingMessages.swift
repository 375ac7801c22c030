//! Envelopes and routing IDs.

import ZeroMQ

func answer(_ router: RouterSocket) throws {
  // snippet.show
  var message = try router.receive()  // [routing ID, "", body]
  guard let envelope = message.removeEnvelope() else { return }
  print("request: \(message)")
  try router.send(envelope, "the reply")  // the envelope includes the delimiter
  // snippet.hide
}

func name(_ dealer: DealerSocket, _ number: Int) throws {
  // snippet.show
  try dealer.set(.routingID, to: "worker-\(number)")  // 1 to 255 bytes, the first not zero
  try dealer.connect("tcp://127.0.0.1:5556")
  // snippet.hide
}

func assign(_ router: RouterSocket) throws {
  // snippet.show
  try router.set(.routerMandatory, to: true)
  do {
    try router.send("worker-9", "", "job")
  } catch .hostUnreachable {
    print("worker-9 is not connected")
  }
  // snippet.hide
}
