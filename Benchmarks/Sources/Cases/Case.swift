/// One way to do a workload.
public struct Case: Sendable {
  /// In which library it is written.
  public enum Library: String, Sendable, Codable {
    case c = "C"
    case swift = "Swift"
    case cppzmq
    case pyzmq
  }

  /// How a program uses the library.
  public enum Way: String, Sendable, Codable {
    /// `UniqueFrame` and spans.
    case bytes
    /// `Message`, what most programs use.
    case message
    /// Asynchronous calls, in tasks on socket executors.
    case async
    /// Neither, or not this library.
    case other
  }

  /// The instructions of C that a case may take, as a factor, and the allocations that Swift may make.
  public struct Goal: Sendable, Codable {
    /// The largest factor.
    public let ratio: Double
    /// The largest number of allocations.
    public let allocations: Double
    /// The size of the largest message that this number is meant for.
    public let largestSize: Int

    init(ratio: Double, allocations: Double, upTo largestSize: Int = .max) {
      self.ratio = ratio
      self.allocations = allocations
      self.largestSize = largestSize
    }
  }

  /// The library that is used.
  public let library: Library
  /// How it is used.
  public let way: Way
  /// What is used, such as `Message`.
  public let name: String
  /// What the instructions for one message should be at most.
  public let goal: Goal?
  /// Does the work a number of times, and returns the nanoseconds that took.
  public let run: @Sendable (Setting, Int) throws -> Int64

  /// A case in C.
  init(_ name: String, c body: @escaping @Sendable @convention(c) (UnsafePointer<CChar>, Int, Int64) -> Int64) {
    library = .c
    way = .other
    self.name = name
    goal = nil
    run = { setting, count in body(setting.transport.endpoint, setting.size, Int64(count)) }
  }

  /// A case of this library.
  init(_ name: String, _ way: Way, goal: Goal? = nil, _ run: @escaping @Sendable (Setting, Int) throws -> Int64) {
    library = .swift
    self.way = way
    self.name = name
    self.goal = goal
    self.run = run
  }

  /// A case of another library, measured elsewhere.
  public init(_ library: Library, _ name: String, _ run: @escaping @Sendable (Setting, Int) throws -> Int64) {
    self.library = library
    way = .other
    self.name = name
    goal = nil
    self.run = run
  }
}
