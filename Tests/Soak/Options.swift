/// What the program is asked to do.
struct Options {
  enum Part: String, CaseIterable {
    case messages, requests, sockets, watched, cancellations, storm
  }

  var parts = Part.allCases
  var messages = 1_000_000
  var requests = 10_000
  var sockets = 100_000
  var watched = 20_000
  var cancellations = 100_000
  var storms = 3000
  var time = Duration.seconds(240)
  var patience = Duration.seconds(30)
  var quota = 1500
  var seed = UInt64.random(in: 0...UInt64(UInt32.max))
  var signals: UInt32?
  var forks: UInt32?
  var transports = Topology.Transport.allCases

  static let usage = """
    usage: soak [messages|requests|sockets|watched|cancellations|storm …] [option value …]
      --messages count       how many messages, at least (1000000)
      --requests count       how many tasks with a request each (10000)
      --sockets count        how many sockets are opened and closed (100000)
      --watched count        how many sockets close while tasks wait for them, and how many messages come to sockets that move (20000)
      --cancellations count  how many waits are cancelled (100000)
      --storms count         how many contexts end in the middle of calls (3000)
      --quota count          how many messages each stream has (1500)
      --time seconds         after how long messages end early (240)
      --patience seconds     after how long without movement it fails (30)
      --signals microseconds a signal to each thread, so often (none)
      --forks milliseconds   a child made by fork, so often (none)
      --seed number          what the random choices depend on
      --transports names     which of inproc,ipc,tcp
    """

  /// Reads the arguments.
  ///
  /// - Returns: `nil` if they cannot be understood.
  init?(_ arguments: [String]) {
    var parts: [Part] = []
    var iterator = arguments.makeIterator()
    while let argument = iterator.next() {
      if let part = Part(rawValue: argument) {
        parts.append(part)
      } else if argument == "--transports", let names = iterator.next() {
        transports = names.split(separator: ",").compactMap { Topology.Transport(rawValue: String($0)) }
        if transports.isEmpty { return nil }
      } else if let number = iterator.next().flatMap({ UInt64($0) }) {
        switch argument {
        case "--messages": messages = Int(number)
        case "--requests": requests = Int(number)
        case "--sockets": sockets = Int(number)
        case "--watched": watched = Int(number)
        case "--cancellations": cancellations = Int(number)
        case "--storms": storms = Int(number)
        case "--quota": quota = max(Int(number), 1)
        case "--time": time = .seconds(number)
        case "--patience": patience = .seconds(number)
        case "--signals": signals = UInt32(clamping: number)
        case "--forks": forks = UInt32(clamping: number)
        case "--seed": seed = number
        default: return nil
        }
      } else {
        return nil
      }
    }
    if !parts.isEmpty { self.parts = parts }
  }
}
