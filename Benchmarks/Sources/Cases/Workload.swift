/// Work that is done in several ways, which are compared with each other.
public struct Workload: Sendable {
  /// The name on the command line, such as `pair`.
  public let name: String
  /// The workload's number in the tables.
  public let number: Int
  /// What the tables say it is.
  public let title: String
  /// What one time is measured for, such as `message`.
  public let unit: String
  /// What the size of a setting is.
  public var sizeMeans = Setting.Meaning.payload
  /// What it is run with.
  public let settings: [Setting]
  /// The sizes with which instructions are counted, over the first setting's transport; none where threads race.
  public var countedSizes: [Int] = []
  /// The ways to do it, C first.
  public var cases: [Case]

  /// The goal for a figure of a case in a setting, if there is one.
  public func goal(for figure: Goal.Figure, of library: Case.Library, _ name: String, in setting: Setting) -> Goal? {
    let found = cases.first { $0.library == library && $0.name == name }
    return found?.goals.first { $0.figure == figure && $0.applies(setting) }
  }

  /// All workloads, in the order of the tables.
  public static let all: [Workload] = [
    pair, throughput, roundTrip, envelopeForward, envelopeApart, envelopeReplace, parts, fanout, poll, wake, actors, largeCopied,
    largeCopiedTCP, largeAdopted, largeAdoptedTCP, read, describe, copies,
    proxying, proxyingFrames, proxyingCapture,
  ]

  /// The payload sizes of the first three.
  static let sizes = [8, 64, 1024, 65536]
}

/// What cannot happen while a case measures what it says.
public struct UnexpectedResult: Error, CustomStringConvertible {
  /// What was found instead.
  public let description: String
}

/// Compares what was received with what should have been.
func expect(_ found: Int, _ expected: Int) throws {
  if found != expected { throw UnexpectedResult(description: "received \(found) of \(expected) messages") }
}
