/// A queue whose elements leave in the order in which they came, each in constant time on average.
struct Fifo<Element> {
  private var elements: [Element] = []
  private var removed = 0

  var isEmpty: Bool { removed == elements.count }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard !isEmpty else { return nil }
    let element = elements[removed]
    removed += 1
    if removed > 64 && removed * 2 > elements.count {
      elements.removeFirst(removed)
      removed = 0
    }
    return element
  }
}
