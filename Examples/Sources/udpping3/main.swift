// Discovery over UDP, model 3: a thread finds peers and tells the program who has joined and left, until Ctrl-C.
//
// Run it several times, on one host or several.
// Arguments: the port (9999), the broadcast address (255.255.255.255), milliseconds between beacons (1000), and after how many
// milliseconds of silence a peer has left (5000).
import GuideSupport
import ZeroMQ

printLineByLine()
let context = try Context()
try context.shutdownOnSignals()
let finder = PeerFinder(
  context, port: argument(1, default: 9999), address: argument(2, default: "255.255.255.255"),
  interval: .milliseconds(argument(3, default: 1000)), patience: .milliseconds(argument(4, default: 5000)))

do {
  let reports = try context.socket(.pair)
  try reports.connect(finder.endpoint)
  while true {
    let report = try reports.receive()
    print("\(report[0]) \(report[1])")
  }
} catch .contextTerminated {}

try context.terminate()
