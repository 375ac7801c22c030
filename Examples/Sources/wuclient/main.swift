// Weather update client: a SUB socket that collects the updates of one zip code, and shows their average temperature.
//
// Run it with wuserver.
// Arguments: what updates begin with ("10001 "), the endpoint to connect to, and how many updates to collect (100).
import GuideSupport
import ZeroMQ

printLineByLine()

print("Collecting updates from weather server...")
let filter = argument(1, default: "10001 ")
let count = argument(3, default: 100)

let context = try Context()
let subscriber = try context.socket(.sub)
try subscriber.connect(argument(2, default: "tcp://127.0.0.1:5556"))
try subscriber.subscribe(to: filter)

var temperatures: [Int] = []
while temperatures.count < count {
  let update = String(decoding: try subscriber.receive()[0], as: UTF8.self)
  let fields = update.split(separator: " ").compactMap { Int($0) }
  if fields.count == 3 { temperatures.append(fields[1]) }
}
print("Average temperature for zipcode '\(filter)' was \(temperatures.reduce(0, +) / count)F")

subscriber.close()
try context.terminate()
