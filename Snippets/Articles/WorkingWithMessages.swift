//! Messages, frames, and parts.

import ZeroMQ

func answer(_ router: RouterSocket) throws {
  // snippet.show
  var message = try router.receive()  // [routing ID, "", body]
  let client = message.removeFirst()
  let text = message[1].text  // nil if the bytes are not UTF-8
  try router.send(client, "", "you said \(text ?? "")")
  // snippet.hide
}

func sendParts(
  _ router: RouterSocket, _ dealer: DealerSocket, _ client: Frame, _ envelope: Message, _ text: String, _ bytes: [UInt8]
) throws {
  // snippet.show
  try router.send(client, "", text)
  guard try dealer.send("", bytes, timeout: .seconds(1)) else { return }
  let reply = Message(envelope, "", bytes)
  // snippet.hide
  print(reply)
}

// snippet.show
struct Reading { var sensor: String, celsius: Double }

extension Reading: MessagePart {
  func append(to message: inout Message) {
    message.append(sensor)
    message.append("\(celsius)")
  }
}
// snippet.hide

func read(_ message: Message) {
  // snippet.show
  let frame = message[0]
  print(frame.count, frame.first ?? 0, frame.starts(with: [1, 2]))
  let array = [UInt8](frame)
  let text = frame.text
  if frame == "READY" { print("a frame compares with a literal") }
  // snippet.hide
  print(array, text ?? "")
}

func look(_ message: Message) {
  // snippet.show
  print(message.metadata(.peerAddress) ?? "unknown")
  // snippet.hide
}
