// Last value cache: passes updates on, and sends each new subscriber the last one of its topic, until Ctrl-C.
//
// A new subscription makes the last value go to all subscribers of the topic. Unlike the Guide's, it does so for every subscriber, and
// not only for the first one of a topic.
// Run it with pathopub bound to tcp://*:5557, and any number of pathosub connected to tcp://127.0.0.1:5558.
// Arguments: the endpoint of the publisher to connect to, and the one to bind for subscribers.
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

do {
  let frontend = try context.socket(.sub)
  try frontend.subscribe(to: "")
  try frontend.connect(argument(1, default: "tcp://127.0.0.1:5557"))
  let backend = try context.socket(.xpub)
  try backend.set(.xpubVerbose, to: true)
  try backend.bind(argument(2, default: "tcp://*:5558"))

  /// The last update of each topic.
  var cache: [Frame: Message] = [:]
  var poller = Poller()
  poller.add(frontend, for: .readable)
  poller.add(backend, for: .readable)
  while true {
    for event in try poller.wait() {
      if event.concerns(frontend) {
        let update = try frontend.receive()
        cache[update[0]] = update
        try backend.send(update)
      } else if case .subscribe(let topic) = Subscription(try backend.receive()), let update = cache[topic] {
        print("Sending cached topic \(topic)")
        try backend.send(update)
      }
    }
  }
} catch .contextTerminated {}

try context.terminate()
