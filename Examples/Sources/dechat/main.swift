// Chat without a server: everyone publishes to all hosts of a network of 254 addresses, until the end of the input or Ctrl-C.
//
// Run it on several hosts of a network, or several times on one: dechat 127.0.0.1 127.0.0.1 Ann, dechat 127.0.0.2 127.0.0.2 Ben.
// Arguments: an address of the network, whose last part is replaced; the interface or address to bind; the name; the port (9000).
@preconcurrency import Foundation
import GuideSupport
import ZeroMQ

guard operands.count >= 3 else {
  print("usage: dechat ADDRESS INTERFACE NAME [PORT]")
  exit(0)
}
let network = operands[0].split(separator: ".").dropLast().joined(separator: ".")
let name = operands[2]
let port = argument(4, default: 9000)

printLineByLine()
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

do {
  let publisher = try context.socket(.pub)
  try publisher.bind("tcp://\(operands[1]):\(port)")
  let subscriber = try context.socket(.sub)
  try subscriber.subscribe(to: "")
  for host in 1...254 { try subscriber.connect("tcp://\(network).\(host):\(port)") }

  var typed: [UInt8] = []
  var poller = Poller()
  poller.add(subscriber, for: .readable)
  poller.add(fileDescriptor: FileHandle.standardInput.fileDescriptor, for: .readable)
  loop: while true {
    for event in try poller.wait() {
      if event.concerns(subscriber) {
        printNow(String(decoding: try subscriber.receive()[0], as: UTF8.self))
      } else {
        let bytes = FileHandle.standardInput.availableData
        if bytes.isEmpty { break loop }
        typed += bytes
        while let end = typed.firstIndex(of: UInt8(ascii: "\n")) {
          try publisher.send("\(name): \(String(decoding: typed[...end], as: UTF8.self))")
          typed.removeSubrange(...end)
        }
      }
    }
  }
  publisher.close()
  subscriber.close()
} catch .contextTerminated {}

try context.terminate()
