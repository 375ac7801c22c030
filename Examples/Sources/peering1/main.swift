// Broker peering, part 1, the state flow: tells all peers how many workers are free, and prints what they tell, until Ctrl-C.
//
// Run three: peering1 DC1 DC2 DC3, peering1 DC2 DC1 DC3 and peering1 DC3 DC1 DC2.
// Arguments: this broker's name and its peers'.
// Options: --directory, where the ipc files are (.); --second, how many milliseconds a second is to take (1000).
import Foundation
import GuideSupport
import ZeroMQ

printLineByLine()

guard let name = operands.first else {
  print("syntax: peering1 me {you}...")
  exit(0)
}
let peers = operands.dropFirst()
let folder = "ipc://" + option("directory", default: ".")
let second = Duration.milliseconds(option("second", default: 1000))

print("I: preparing broker at \(name)...")
let context = try Context(.init(blocky: false))  // At the end, nobody may be left to send to.
try context.shutdownOnSignals()

do {
  let stateBackend = try context.socket(.pub)
  try stateBackend.bind("\(folder)/\(name)-state.ipc")
  let stateFrontend = try context.socket(.sub)
  try stateFrontend.subscribe(to: "")
  for peer in peers {
    print("I: connecting to state backend at '\(peer)'")
    try stateFrontend.connect("\(folder)/\(peer)-state.ipc")
  }

  let reactor = Reactor()
  reactor.add(stateFrontend) { _ in
    let state = try stateFrontend.receive()  // [peer, number]
    print("\(state[0]) - \(state[1]) workers free")
  }
  reactor.schedule(after: second, repeating: true) { _ in
    // Random numbers stand for the workers.
    try stateBackend.send(name, "\(Int.random(in: 0..<10))")
  }
  try reactor.run()
} catch .contextTerminated {}

try context.terminate()
