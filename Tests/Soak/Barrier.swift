/// Holds tasks up until so many have come.
final class Barrier: Sendable {
  private let state: Lock<(missing: Int, waiting: [CheckedContinuation<Void, Never>])>

  init(_ count: Int) {
    state = Lock((count, []))
  }

  func arrive() async {
    await withCheckedContinuation { continuation in
      let waiting = state.withLock { state in
        state.missing -= 1
        state.waiting.append(continuation)
        return state.missing > 0 ? [] : state.waiting
      }
      for continuation in waiting { continuation.resume() }
    }
  }
}
