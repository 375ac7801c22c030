/// What is said of a number of samples.
struct Statistics {
  let median: Double
  /// The distance between the first and the third quartile, as a part of the median.
  let spread: Double

  init(_ samples: [Double]) {
    let sorted = samples.sorted()
    median = Self.quantile(0.5, of: sorted)
    spread = (Self.quantile(0.75, of: sorted) - Self.quantile(0.25, of: sorted)) / median
  }

  /// A quantile of sorted samples, interpolated between the two next to it.
  private static func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let position = part * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
  }
}
