// Synchronized subscriber: tells the publisher that it is there, and counts the updates until END.
//
// Run ten of them with syncpub.
// Arguments: the endpoints to connect to, for updates and for synchronization.
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()

// First, subscribe.
let subscriber = try context.socket(.sub)
try subscriber.connect(argument(1, default: "tcp://127.0.0.1:5561"))
try subscriber.subscribe(to: "")

// ZeroMQ is so fast that the request below would overtake the subscription.
sleep(for: .seconds(1))

// Second, synchronize with the publisher.
let syncClient = try context.socket(.req)
try syncClient.connect(argument(2, default: "tcp://127.0.0.1:5562"))
try syncClient.send("")
_ = try syncClient.receive()

// Third, get the updates and report how many there were.
var updates = 0
while try subscriber.receive() != "END" {
  updates += 1
}
print("Received \(updates) updates")

subscriber.close()
syncClient.close()
try context.terminate()
