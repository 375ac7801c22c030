// How a full DEALER answers: without a peer it takes as many messages as its high-water mark says, and then refuses with EAGAIN.
//
// Run it alone: nobody may listen at the endpoint.
// Arguments: the endpoint to connect to.
import GuideSupport
import ZeroMQ

let context = try Context(.init(blocky: false))  // Nobody will ever take the messages.
let mailbox = try context.socket(.dealer)
try mailbox.set(.sendHighWaterMark, to: 4)
try mailbox.set(.sendTimeout, to: .zero)
try mailbox.connect(argument(1, default: "tcp://127.0.0.1:9876"))

for number in 0..<10 {
  print("Sending message \(number)")
  do {
    try mailbox.send("message \(number)")
  } catch let error as ZeroMQError where error.code == .wouldBlock {
    print(error)
    break
  }
}
mailbox.close()
try context.terminate()
