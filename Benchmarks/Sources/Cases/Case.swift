public import CBaseline

/// What a case took: nanoseconds of a clock that only goes forward, and of all processors that the process has had.
public typealias Time = baseline_time

extension Time {
  static func - (end: Time, start: Time) -> Time { baseline_between(start, end) }
}

/// One way to do a workload.
public struct Case: Sendable {
  /// In which library it is written.
  public enum Library: String, Sendable, Codable {
    case c = "C"
    case swift = "Swift"
    case cppzmq
    case pyzmq
  }

  /// The library that is used.
  public let library: Library
  /// What is used, such as `Message`.
  public let name: String
  /// What its figures should be at most.
  public let goals: [Goal]
  /// The largest size that it is run with.
  public let largestSize: Int
  /// Does the work a number of times, and returns the time that took.
  public let run: @Sendable (Setting, Int) throws -> Time

  /// A case in C.
  init(
    _ name: String, upTo largestSize: Int = .max,
    c body: @escaping @Sendable @convention(c) (UnsafePointer<CChar>, Int, Int64) -> Time
  ) {
    library = .c
    self.name = name
    goals = []
    self.largestSize = largestSize
    run = { setting, count in body(setting.transport.endpoint, setting.size, Int64(count)) }
  }

  /// A case of this library.
  init(_ name: String, goals: [Goal] = [], _ run: @escaping @Sendable (Setting, Int) throws -> Time) {
    library = .swift
    self.name = name
    self.goals = goals
    largestSize = .max
    self.run = run
  }

  /// A case of another library, measured elsewhere.
  public init(_ library: Library, _ name: String, _ run: @escaping @Sendable (Setting, Int) throws -> Time) {
    self.library = library
    self.name = name
    goals = []
    largestSize = .max
    self.run = run
  }
}
