/// The most that a figure of a case should be: a part of another case's figure, and something more.
public struct Goal: Sendable {
  /// What is counted or measured.
  public enum Figure: Sendable {
    /// Nanoseconds of the processors for one.
    case cpu
    /// Instructions for one.
    case instructions
    /// Swift's allocations for one.
    case allocations
    /// Bytes of heap for one.
    case bytes
  }

  /// The figure that the goal is for.
  public let figure: Figure
  /// How often the other case's figure fits.
  public let factor: Double
  /// What may be added.
  public let more: Double
  /// The name of the other case; `nil` for C in whichever of its styles does better.
  public let reference: String?
  /// Returns a Boolean value that indicates whether the goal is for a setting.
  public let applies: @Sendable (Setting) -> Bool

  /// Makes a goal: without a factor the figure itself has a limit.
  init(
    _ figure: Figure, _ factor: Double = 0, of reference: String? = nil, more: Double = 0,
    where applies: @escaping @Sendable (Setting) -> Bool = { _ in true }
  ) {
    self.figure = figure
    self.factor = factor
    self.more = more
    self.reference = reference
    self.applies = applies
  }

  /// Says what the goal is and whether it is met, with numbers of the figure's as they are shown elsewhere.
  public func verdict(_ value: Double, of reference: Double?, _ format: (Double) -> String) -> String {
    let isMet = value <= factor * (reference ?? 0) + more + 0.005
    return text(format) + (isMet ? " met" : " missed")
  }

  private func text(_ format: (Double) -> String) -> String {
    if factor == 0 { return "≤ \(format(more))" }
    if more > 0 { return "≤ \(format(more)) more than \(reference ?? "C")" }
    return "≤ \(factor)" + (reference.map { " of \($0)" } ?? "")
  }
}
