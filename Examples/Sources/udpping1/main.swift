// Discovery over UDP, model 1: socket calls in the program, which waits for their descriptor with a poller, until Ctrl-C.
//
// Run it on several hosts of a network.
// Arguments: the port (9999), the broadcast address (255.255.255.255), milliseconds between pings (1000).
@preconcurrency import Foundation
import GuideSupport
import ZeroMQ

printLineByLine()
let (port, host) = (argument(1, default: 9999), argument(2, default: "255.255.255.255"))
let interval = Duration.milliseconds(argument(3, default: 1000))

func check(_ result: Int, _ operation: String) {
  guard result < 0 else { return }
  perror(operation)
  exit(1)
}

func socketAddress(_ host: String) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
  address.sin_addr.s_addr = inet_addr(host)
  return address
}

/// Lends an address as the calls want it.
func lend<Result>(_ address: sockaddr_in, to body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
  withUnsafePointer(to: address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
  }
}

#if os(Linux)
  let udp = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), Int32(IPPROTO_UDP))
#else
  let udp = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP)
#endif
check(Int(udp), "socket")
var on: Int32 = 1
check(Int(setsockopt(udp, SOL_SOCKET, SO_BROADCAST, &on, socklen_t(MemoryLayout<Int32>.size))), "setsockopt")
check(Int(lend(socketAddress("0.0.0.0")) { bind(udp, $0, $1) }), "bind")

let context = try Context()
try context.shutdownOnSignals()
do {
  // A socket that receives nothing ends the poller's wait when the context is shut down.
  let end = try context.socket(.pair)
  var poller = Poller()
  poller.add(end, for: .readable)
  poller.add(fileDescriptor: udp, for: .readable)
  var nextPing = ContinuousClock.now
  while true {
    for event in try poller.wait(timeout: max(nextPing - .now, .zero)) where event.concerns(fileDescriptor: udp) {
      var (byte, sender, size) = (UInt8(0), sockaddr_in(), socklen_t(MemoryLayout<sockaddr_in>.size))
      let count = withUnsafeMutablePointer(to: &sender) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { recvfrom(udp, &byte, 1, 0, $0, &size) }
      }
      check(count, "recvfrom")
      print("Found peer \(String(cString: inet_ntoa(sender.sin_addr))):\(UInt16(bigEndian: sender.sin_port))")
    }
    if nextPing <= .now {
      print("Pinging peers…")
      check(lend(socketAddress(host)) { sendto(udp, "!", 1, 0, $0, $1) }, "sendto")
      nextPing = .now + interval
    }
  }
} catch .contextTerminated {}
close(udp)
try context.terminate()
