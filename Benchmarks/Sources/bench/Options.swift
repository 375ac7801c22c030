import Cases

/// What the command line says.
struct Options {
  enum Command: String { case run, instructions, memory, report, help }

  var command = Command.help
  /// How long a run takes in all, about; the measuring of every cell is fitted to it.
  var seconds = 480.0
  /// The workloads to run; all if none is named.
  var workloads: [String] = []
  /// Where to write the figures.
  var json: String?
  /// Where the committed results are.
  var folder = "Results"
  /// Programs that measure the other libraries, such as `python3 peer.py`.
  var peers: [(library: Case.Library, command: [String])] = []
  /// How many messages the memory check receives.
  var messages = 10_000_000

  static let usage = """
    usage: bench run [--seconds N] [--only WORKLOAD]… [--json PATH] [--cppzmq PROGRAM] [--pyzmq PYTHON SCRIPT]
           bench instructions [--only WORKLOAD]… [--json PATH]
           bench memory [--messages N] [--json PATH]
           bench report [--folder PATH]

    The workloads are \(Workload.all.map(\.name).joined(separator: ", ")); a number, such as 2, is all of that number.
    """

  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  init(_ arguments: some Sequence<String>) throws {
    var rest = arguments.makeIterator()
    guard let name = rest.next() else { return }
    guard let command = Command(rawValue: name) else { throw Mistake(description: "unknown command \(name)\n\(Self.usage)") }
    self.command = command
    func value(of option: String) throws -> String {
      guard let value = rest.next() else { throw Mistake(description: "\(option) needs a value\n\(Self.usage)") }
      return value
    }
    func number<Number: LosslessStringConvertible & Comparable & ExpressibleByIntegerLiteral>(_ option: String) throws -> Number {
      let text = try value(of: option)
      guard let number = Number(text), number > 0 else { throw Mistake(description: "\(option) \(text): not a positive number") }
      return number
    }
    while let option = rest.next() {
      switch option {
      case "--seconds": seconds = try number(option)
      case "--messages": messages = try number(option)
      case "--json": json = try value(of: option)
      case "--folder": folder = try value(of: option)
      case "--cppzmq": peers.append((.cppzmq, [try value(of: option)]))
      case "--pyzmq": peers.append((.pyzmq, [try value(of: option), try value(of: option)]))
      case "--only":
        let chosen = try value(of: option)
        let names = Workload.all.filter { $0.name == chosen || String($0.number) == chosen }.map(\.name)
        if names.isEmpty { throw Mistake(description: "unknown workload \(chosen)\n\(Self.usage)") }
        workloads += names
      default: throw Mistake(description: "unknown option \(option)\n\(Self.usage)")
      }
    }
  }

  /// The workloads that were asked for.
  var chosen: [Workload] {
    Workload.all.filter { workloads.isEmpty || workloads.contains($0.name) }
  }
}
