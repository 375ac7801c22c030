// File transfer, model 3: the client keeps ten requests under way (its credit), so that neither side waits and nothing piles up.
//
// Run it alone.
// Arguments: the file ("testdata"), the endpoint that the server binds, the credit (10).
import GuideSupport
import ZeroMQ

let path = argument(1, default: "testdata")
let endpoint = argument(2, default: "tcp://*:6000")
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()
_ = GuideThread { try serveChunks(of: path, in: context, at: endpoint, highWaterMark: 20) }

do {
  let dealer = try context.socket(.dealer)
  try dealer.connect(reachable(endpoint))
  /// How many more chunks may be asked for before one comes.
  var credit = argument(3, default: 10)
  var (chunks, bytes, offset) = (0, 0, 0)
  while true {
    while credit > 0 {
      try dealer.send(["fetch", Frame("\(offset)"), Frame("\(chunkSize)")])
      offset += chunkSize
      credit -= 1
    }
    let size = try dealer.receive()[0].count
    chunks += 1
    credit += 1
    bytes += size
    if size < chunkSize { break }
  }
  print("\(chunks) chunks received, \(bytes) bytes")
  context.shutdown()
} catch .contextTerminated {}

try context.terminate()
