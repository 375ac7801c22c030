// Discovery over UDP, model 2: the same with a class for the socket, and several processes on a host, until Ctrl-C.
//
// Run it several times, on one host or several.
// Arguments: the port (9999), the broadcast address (255.255.255.255), milliseconds between pings (1000).
import GuideSupport
import ZeroMQ

printLineByLine()
let udp = BroadcastSocket(
  port: argument(1, default: 9999), address: argument(2, default: "255.255.255.255"), sharingPort: true)
let interval = Duration.milliseconds(argument(3, default: 1000))
let context = try Context()
try context.shutdownOnSignals()

do {
  // A socket that receives nothing ends the reactor when the context is shut down.
  let end = try context.socket(.pair)
  let reactor = Reactor()
  func ping() {
    print("Pinging peers…")
    udp.send([UInt8(ascii: "!")])
  }
  reactor.add(end) { _ in _ = try end.receive() }
  reactor.add(fileDescriptor: udp.fileDescriptor) { _ in while udp.receive() != nil {} }
  reactor.schedule(after: interval, repeating: true) { _ in ping() }
  ping()
  try reactor.run()
} catch .contextTerminated {}

try context.terminate()
