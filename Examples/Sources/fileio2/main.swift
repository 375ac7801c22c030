// File transfer, model 2: the client asks for each chunk, so that nothing piles up, but every chunk costs a round trip.
//
// Run it alone.
// Arguments: the file ("testdata"), the endpoint that the server binds.
import GuideSupport
import ZeroMQ

let path = argument(1, default: "testdata")
let endpoint = argument(2, default: "tcp://*:6000")
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()
_ = GuideThread { try serveChunks(of: path, in: context, at: endpoint, highWaterMark: 1) }

do {
  let dealer = try context.socket(.dealer)
  try dealer.set(.sendHighWaterMark, to: 1)
  try dealer.set(.receiveHighWaterMark, to: 1)
  try dealer.connect(reachable(endpoint))
  var (chunks, bytes) = (0, 0)
  while true {
    try dealer.send(["fetch", Frame("\(bytes)"), Frame("\(chunkSize)")])
    let size = try dealer.receive()[0].count
    chunks += 1
    bytes += size
    if size < chunkSize { break }
  }
  print("\(chunks) chunks received, \(bytes) bytes")
  context.shutdown()
} catch .contextTerminated {}

try context.terminate()
