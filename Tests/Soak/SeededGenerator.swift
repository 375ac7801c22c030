/// A random number generator whose numbers depend on its seed only (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  /// True once in so many times.
  mutating func isOne(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  /// Any element of an array, which is not empty.
  mutating func element<Element>(of array: [Element]) -> Element { array[Int.random(in: array.indices, using: &self)] }

  /// A generator of its own, for something else.
  mutating func branch() -> SeededGenerator { SeededGenerator(seed: next()) }
}
