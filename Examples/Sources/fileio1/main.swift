// File transfer, model 1: the server sends all chunks at once, and whatever is not yet read waits in memory.
//
// Run it alone.
// Arguments: the file ("testdata"), the endpoint that the server binds.
import GuideSupport
import ZeroMQ

/// Sends the whole file, and an empty chunk at its end, to whoever asks.
func serve(_ path: String, in context: Context, at endpoint: String) throws {
  let router = try context.socket(.router)
  try router.set(.sendHighWaterMark, to: 0)  // With one, a ROUTER would drop chunks.
  try router.bind(endpoint)
  while true {
    let request = try router.receive()
    guard request.count == 2, request[1] == "fetch" else { continue }
    let file = ChunkedFile(path)
    var offset: UInt64 = 0
    while true {
      let chunk = try file.read(at: offset, count: chunkSize)
      offset += UInt64(chunk.count)
      let isLast = chunk.isEmpty
      try router.send([request[0], chunk])
      if isLast { break }
    }
  }
}

let endpoint = argument(2, default: "tcp://*:6000")
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()
_ = GuideThread { try serve(argument(1, default: "testdata"), in: context, at: endpoint) }

do {
  let dealer = try context.socket(.dealer)
  try dealer.connect(reachable(endpoint))
  try dealer.send("fetch")
  var (chunks, bytes) = (0, 0)
  while true {
    let size = try dealer.receive()[0].count
    chunks += 1
    bytes += size
    if size == 0 { break }
  }
  print("\(chunks) chunks received, \(bytes) bytes")
  context.shutdown()
} catch .contextTerminated {}

try context.terminate()
