// Weather update server: a PUB socket that publishes random weather, as fast as it can, until Ctrl-C.
//
// An update is a zip code, a temperature and a relative humidity, such as "10001 72 35".
// Run it with wuclient; any number of them may come and go.
// Argument: the endpoint to bind.
import GuideSupport
import ZeroMQ

let context = try Context()
try context.shutdownOnSignals()

do {
  let publisher = try context.socket(.pub)
  try publisher.bind(argument(1, default: "tcp://*:5556"))

  var generator = QuickGenerator()
  while true {
    let zipCode = String(Int.random(in: 100_000..<200_000, using: &generator)).dropFirst()  // Five digits.
    let temperature = Int.random(in: -80..<135, using: &generator)
    let humidity = Int.random(in: 10..<60, using: &generator)
    try publisher.send("\(zipCode) \(temperature) \(humidity)")
  }
} catch .contextTerminated {}

try context.terminate()
