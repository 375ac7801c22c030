/// Random numbers for programs that need millions of them: far faster than the system's, and good enough for the weather.
///
/// The algorithm is SplitMix64.
public struct QuickGenerator: RandomNumberGenerator {
  private var state = UInt64.random(in: .min ... .max)

  /// Makes a generator that begins anywhere.
  public init() {}

  /// The next random number.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var number = state
    number = (number ^ (number >> 30)) &* 0xbf58_476d_1ce4_e5b9
    number = (number ^ (number >> 27)) &* 0x94d0_49bb_1331_11eb
    return number ^ (number >> 31)
  }
}
