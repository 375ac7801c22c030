// Espresso: what a proxy between publishers and subscribers passes on, shown by its capture socket, until Ctrl-C.
//
// Run it alone, or with another subscriber connected to the second endpoint.
// Arguments: the endpoint that the publisher binds, the one that the proxy binds for subscribers, milliseconds between messages (100).
import GuideSupport
import ZeroMQ

/// Publishes random messages: a letter from A to J, a hyphen, and five digits.
func publish(_ context: Context, at endpoint: String, every interval: Duration) throws {
  let publisher = try context.socket(.pub)
  try publisher.bind(endpoint)
  while true {
    let letter = Character(UnicodeScalar(UInt8.random(in: 65...74)))
    try publisher.send("\(letter)-\(Int.random(in: 10_000...99_999))")
    sleep(for: interval)
  }
}

/// Subscribes to A and B, and leaves after five messages.
func subscribe(_ context: Context, to endpoint: String) throws {
  let subscriber = try context.socket(.sub)
  try subscriber.subscribe(to: "A")
  try subscriber.subscribe(to: "B")
  try subscriber.connect(endpoint)
  for _ in 0..<5 { _ = try subscriber.receive() }
}

/// Prints all that passes the proxy: messages that somebody subscribed to, and the subscriptions themselves.
func listen(_ context: Context) throws {
  let capture = try context.socket(.pair)
  try capture.connect("inproc://capture")
  while true {
    let message = try capture.receive()
    switch Subscription(message) {
    case .subscribe(let topic): print("subscribe to \(topic)")
    case .unsubscribe(let topic): print("unsubscribe from \(topic)")
    case nil: print(message)
    }
  }
}

printLineByLine()

let (publishers, subscribers) = (argument(1, default: "tcp://*:6000"), argument(2, default: "tcp://*:6001"))
let interval = Duration.milliseconds(argument(3, default: 100))
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

let capture = try context.socket(.pair)
try capture.bind("inproc://capture")
let frontend = try context.socket(.xsub)
try frontend.connect(reachable(publishers))
let backend = try context.socket(.xpub)
try backend.bind(subscribers)

_ = GuideThread { try publish(context, at: publishers, every: interval) }
_ = GuideThread { try subscribe(context, to: reachable(subscribers)) }
_ = GuideThread { try listen(context) }
try proxy(frontend: frontend, backend: backend, capture: capture)

for socket in [AnySocket(frontend), AnySocket(backend), AnySocket(capture)] { socket.close() }
try context.terminate()
