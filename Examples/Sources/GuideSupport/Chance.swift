/// Returns `true` once in so many calls, by chance; never for zero.
public func once(in count: Int) -> Bool {
  count > 0 && Int.random(in: 0..<count) == 0
}
