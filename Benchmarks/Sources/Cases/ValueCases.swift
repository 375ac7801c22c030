import CBaseline
import ZeroMQ

extension Workload {
  /// One frame, whose bytes are looked at one by one.
  static let read = Workload(
    name: "read", number: 8, title: "a frame's bytes, one by one", unit: "frame",
    sizeMeans: .bytes, settings: [16, 1024].map { Setting(.inproc, $0) }, countedSizes: [16, 1024],
    cases: [
      Case("loop", c: baseline_read),
      Case("for in", goals: fiveEach) {
        readAll($0, $1) { frame in
          var sum = 0
          for byte in frame { sum += Int(byte) }
          return sum
        }
      },
      Case("reduce", goals: fiveEach) { readAll($0, $1) { $0.reduce(0) { $0 + Int($1) } } },
      Case("contains", goals: fiveEach) { readAll($0, $1) { $0.contains(2) ? 0 : $0.count } },
      Case("contains where", goals: fiveEach) { readAll($0, $1) { $0.contains { $0 > 1 } ? 0 : $0.count } },
      Case("subscript") {
        readAll($0, $1) { frame in
          var sum = 0
          var position = 0
          while position < frame.endIndex {
            sum += Int(frame[position])
            position += 1
          }
          return sum
        }
      },
      Case("slices", goals: fiveEach) { readAll($0, $1) { parse($0) } },
      Case("span") {
        readAll($0, $1) { frame in
          let bytes = frame.bytes
          var sum = 0
          for index in bytes.byteOffsets { sum += Int(bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)) }
          return sum
        }
      },
    ])

  /// One frame of text, as it is printed.
  static let describe = Workload(
    name: "describe", number: 8, title: "a frame's description", unit: "frame", sizeMeans: .bytes,
    settings: [16, 4096].map { Setting(.inproc, $0) }, countedSizes: [16, 4096],
    cases: [
      Case("snprintf", c: baseline_describe),
      Case("interpolated Frame", goals: [Goal(.cpu, more: 5000)]) { setting, count in
        let frame = Frame(copying: [UInt8](repeating: UInt8(ascii: "x"), count: setting.size))
        return timed(count, 1) { "\(frame)".utf8.first == UInt8(ascii: "x") ? 1 : 0 }
      },
      Case("interpolated Message", goals: [Goal(.cpu, more: 5000)]) { setting, count in
        let message = Message(copying: [UInt8](repeating: UInt8(ascii: "x"), count: setting.size))
        return timed(count, 1) { "\(message)".utf8.first == UInt8(ascii: "x") ? 1 : 0 }
      },
      Case("String(decoding:)") { setting, count in
        let frame = Frame(copying: [UInt8](repeating: UInt8(ascii: "x"), count: setting.size))
        return timed(count, 1) { String(decoding: frame, as: UTF8.self).utf8.first == UInt8(ascii: "x") ? 1 : 0 }
      },
    ])

  /// One thread, and two, that copy a frame of their own.
  static let copies = Workload(
    name: "copies", number: 9, title: "one thread, or each of two, copies a frame of its own; CPU time of one thread", unit: "copy",
    sizeMeans: .bytes, settings: [64, 65536].map { Setting(.inproc, $0) },
    cases: [
      Case("zmq_msg_copy", c: baseline_copies_one),
      Case("zmq_msg_copy, two threads", c: baseline_copies_two),
      Case("UniqueFrame(frame)") { try copyAll($0, $1, threads: 1) { UniqueFrame($0).count } },
      Case("UniqueFrame(frame), two threads", goals: [Goal(.cpu, 1.1, of: "UniqueFrame(frame)")]) {
        try copyAll($0, $1, threads: 2) { UniqueFrame($0).count }
      },
      Case("Message(frame)") { try copyAll($0, $1, threads: 1) { Message($0)[0].count } },
      Case("Message(frame), two threads", goals: [Goal(.cpu, 1.1, of: "Message(frame)")]) {
        try copyAll($0, $1, threads: 2) { Message($0)[0].count }
      },
    ])
}

/// Five instructions a byte.
private let fiveEach = [Goal(.instructions, more: 5 * 1024) { $0.size == 1024 }]

private func timed(_ count: Int, _ sum: Int, _ body: () -> Int) -> Time {
  let start = baseline_now()
  var found = 0
  for _ in 0..<count { found += body() }
  let time = baseline_now() - start
  precondition(found == count * sum, "the frame has other bytes")
  return time
}

@inline(__always)
private func readAll(_ setting: Setting, _ count: Int, _ sum: (Frame) -> Int) -> Time {
  let frame = Frame(copying: [UInt8](repeating: 1, count: setting.size))
  return timed(count, setting.size) { sum(frame) }
}

/// What a parser does: takes tokens of eight bytes from the front.
private func parse(_ frame: Frame) -> Int {
  var rest = frame[...]
  var sum = 0
  while !rest.isEmpty {
    for byte in rest.prefix(8) { sum += Int(byte) }
    rest = rest.dropFirst(8)
  }
  return sum
}

private func copyAll(
  _ setting: Setting, _ count: Int, threads: Int, _ body: @escaping @Sendable (Frame) -> Int
) throws -> Time {
  let start = baseline_now()
  let workers = (0..<threads).map { _ in
    Worker {
      let frame = Frame(copying: [UInt8](repeating: 1, count: setting.size))
      var sum = 0
      for _ in 0..<count { sum += body(frame) }
      return sum
    }
  }
  for worker in workers { try expect(try worker.join(), count * setting.size) }
  var time = baseline_now() - start
  time.cpu /= Int64(threads)
  return time
}
