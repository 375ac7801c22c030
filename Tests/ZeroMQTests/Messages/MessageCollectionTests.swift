import XCTest
import ZeroMQ

/// Random operations on messages do what they do on arrays of byte arrays.
final class MessageCollectionTests: ZeroMQTestCase {
  override var deadline: Duration { .seconds(120) }

  func testBuiltMessagesBehaveAsArraysDo() throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      var values = Values(seed: seed)
      for step in 0..<2000 {
        let operation = values.change()
        guard values.agree else { return XCTFail("\(operation) in step \(step) of seed \(seed)") }
      }
    }
  }

  func testSentAndReceivedMessagesBehaveAsArraysDo() throws {
    for (seed, transport) in Transport.allCases.enumerated() {
      let (pull, push) = try pair(.pull, .push, over: transport)
      var values = Values(seed: UInt64(100 + seed))
      for step in 0..<2000 {
        var operation = "send"
        if step.isMultiple(of: 3) {
          try values.transfer { message in
            if message.count > 0 {
              try push.send(message)
            } else {
              try push.send("no frames")
            }
            return try next(pull)
          }
        } else {
          operation = values.change()
        }
        guard values.agree else { return XCTFail("\(operation) in step \(step) over \(transport)") }
      }
    }
  }
}

/// Some messages, and beside each the arrays that it should be equal to.
private struct Values {
  private var messages: [Message]
  private var models: [[[UInt8]]]
  private var generator: SeededGenerator
  private var made = 0

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    messages = Array(repeating: Message(), count: 5)
    models = Array(repeating: [], count: 5)
  }

  /// Whether every message has the frames of its model, those too that were not meant to change.
  var agree: Bool {
    zip(messages, models).allSatisfy { message, model in
      message.count == model.count && message.isEmpty == model.isEmpty && message.arrays == model
        && message.first.map { array($0.bytes) } == model.first && message.last.map { array($0.bytes) } == model.last
    }
  }

  /// Sends a message, and puts what was received in the place of some message.
  mutating func transfer(_ pass: (Message) throws -> Message) throws {
    let (source, target) = (any(0..<messages.count), any(0..<messages.count))
    messages[target] = try pass(messages[source])
    models[target] = models[source].isEmpty ? [Array("no frames".utf8)] : models[source]
  }

  private mutating func any(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

  private mutating func newBytes() -> [UInt8] {
    made += 1
    let sizes = [0, 1, 5, 22, 23, 24, 25, 32, 33, 34, 35, 100, 3000]
    return Payload.bytes(sizes[any(0..<sizes.count)], seed: made)
  }

  private mutating func newFrames() -> [[UInt8]] {
    (0..<any(0..<6)).map { _ in newBytes() }
  }

  private mutating func subrange(of count: Int) -> Range<Int> {
    let (one, other) = (any(0..<count + 1), any(0..<count + 1))
    return min(one, other)..<max(one, other)
  }

  /// Changes one message and its model in the same way.
  ///
  /// - Returns: what was done.
  mutating func change() -> String {
    let index = any(0..<messages.count)
    let other = any(0..<messages.count)
    let count = models[index].count
    if count > 40 {
      messages[index].removeSubrange(3..<38)
      models[index].removeSubrange(3..<38)
      return "removeSubrange"
    }
    switch any(0..<30) {
    case 0:
      let bytes = newBytes()
      messages[index].append(Frame(copying: bytes))
      models[index].append(bytes)
      return "append"
    case 1:
      let frames = newFrames()
      messages[index].append(contentsOf: frames.map { Frame(copying: $0) })
      models[index].append(contentsOf: frames)
      return "append(contentsOf:) of an array"
    case 2:
      messages[index].append(contentsOf: messages[other])
      models[index].append(contentsOf: models[other])
      return "append(contentsOf:) of a message"
    case 3:
      let (bytes, position) = (newBytes(), any(0..<count + 1))
      messages[index].insert(Frame(copying: bytes), at: position)
      models[index].insert(bytes, at: position)
      return "insert"
    case 4:
      let position = any(0..<count + 1)
      messages[index].insert(contentsOf: messages[other], at: position)
      models[index].insert(contentsOf: models[other], at: position)
      return "insert(contentsOf:)"
    case 5 where count > 0:
      guard array(messages[index].removeFirst().bytes) == models[index].removeFirst() else {
        models[index] = []
        break
      }
      return "removeFirst"
    case 6:
      let number = any(0..<count + 1)
      messages[index].removeFirst(number)
      models[index].removeFirst(number)
      return "removeFirst(_:)"
    case 7 where count > 0:
      guard array(messages[index].removeLast().bytes) == models[index].removeLast() else {
        models[index] = []
        break
      }
      return "removeLast"
    case 8:
      let number = any(0..<count + 1)
      messages[index].removeLast(number)
      models[index].removeLast(number)
      return "removeLast(_:)"
    case 9 where count > 0:
      let position = any(0..<count)
      guard array(messages[index].remove(at: position).bytes) == models[index].remove(at: position) else {
        models[index] = []
        break
      }
      return "remove(at:)"
    case 10:
      let range = subrange(of: count)
      messages[index].removeSubrange(range)
      models[index].removeSubrange(range)
      return "removeSubrange"
    case 11:
      let (range, frames) = (subrange(of: count), newFrames())
      messages[index].replaceSubrange(range, with: frames.map { Frame(copying: $0) })
      models[index].replaceSubrange(range, with: frames)
      return "replaceSubrange with an array"
    case 12:
      let (range, part) = (subrange(of: count), subrange(of: models[other].count))
      messages[index].replaceSubrange(range, with: messages[other][part])
      models[index].replaceSubrange(range, with: models[other][part])
      return "replaceSubrange with a slice"
    case 13:
      messages[index] += messages[other]
      models[index] += models[other]
      return "+="
    case 14:
      messages[index] = messages[other] + messages[index]
      models[index] = models[other] + models[index]
      return "+"
    case 15 where count > 0:
      let (bytes, position) = (newBytes(), any(0..<count))
      messages[index][position] = Frame(copying: bytes)
      models[index][position] = bytes
      return "subscript"
    case 16:
      let length = any(0..<min(count, models[other].count) + 1)
      let range = any(0..<count - length + 1)
      let part = any(0..<models[other].count - length + 1)
      messages[index][range..<range + length] = messages[other][part..<part + length]
      models[index][range..<range + length] = models[other][part..<part + length]
      return "subscript of a range"
    case 17:
      messages[index].reserveCapacity(any(0..<50))
      return "reserveCapacity"
    case 18, 19:
      messages[index] = messages[other]
      models[index] = models[other]
      return "assignment"
    case 20:
      let range = subrange(of: count)
      messages[index] = Message(messages[index][range])
      models[index] = Array(models[index][range])
      return "init of a slice"
    case 21 where count > 0:
      let (one, another) = (any(0..<count), any(0..<count))
      messages[index].swapAt(one, another)
      models[index].swapAt(one, another)
      return "swapAt"
    case 22:
      messages[index].reverse()
      models[index].reverse()
      return "reverse"
    case 23:
      messages[index].sort { $0.lexicographicallyPrecedes($1) }
      models[index].sort { $0.lexicographicallyPrecedes($1) }
      return "sort"
    case 24 where any(0..<3) == 0:
      let keeping = any(0..<2) == 0
      messages[index].removeAll(keepingCapacity: keeping)
      models[index].removeAll(keepingCapacity: keeping)
      return "removeAll"
    case 25:
      messages[index].removeAll { $0.count.isMultiple(of: 3) }
      models[index].removeAll { $0.count.isMultiple(of: 3) }
      return "removeAll(where:)"
    case 26:
      guard messages[index].popLast().map({ array($0.bytes) }) == models[index].popLast() else {
        models[index] = [[0]]
        break
      }
      return "popLast"
    case 27:
      messages[index] = messages[index].filter { $0.count > 20 }
      models[index] = models[index].filter { $0.count > 20 }
      return "filter"
    case 28:
      let bytes = newBytes()
      messages[index] = [Frame(copying: bytes)] + messages[other].dropFirst()
      models[index] = [bytes] + models[other].dropFirst()
      return "+ of an array and a slice"
    default:
      let frames = newFrames()
      messages[index] = Message(bytes: frames)
      models[index] = frames
      return "init"
    }
    return "result of a removal"
  }
}
