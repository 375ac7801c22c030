import Foundation
import ZeroMQ
import ZeroMQFoundationCompat

// Prices the orders that come through a proxy: `worker ENDPOINT NAME`.

struct Order: Codable {
  let item: String
  let count: Int
}

struct Price: Codable {
  let worker: String
  let cents: Int
}

let arguments = CommandLine.arguments
let context = try Context()
let socket = try context.socket(.rep)
try socket.connect(arguments[1])
while let request = try socket.receive(timeout: .seconds(60)) {
  do {
    let order = try request[0].decode(Order.self)
    try socket.send("ok", Frame(json: Price(worker: arguments[2], cents: 250 * order.count)))
  } catch let error as DecodingError {
    try socket.send("error", "\(error)")
  }
}
