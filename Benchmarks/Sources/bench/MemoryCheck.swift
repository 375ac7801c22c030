import CBaseline
import Cases
import Foundation

/// Looks at the heap that values and waiting tasks take, and at the memory in RAM while millions of messages are received: the latter
/// must not grow.
enum MemoryCheck {
  struct Results: Codable {
    /// The bytes of one.
    struct Heap: Codable {
      let name: String
      let swift: Int64
      let c: Int64
    }

    /// The bytes by which the memory in RAM grew after the first tenth of the messages.
    struct Growth: Codable {
      let name: String
      let messages: Int
      let bytes: Int64
    }

    var machine = Machine()
    var heap: [Heap] = []
    var growth: [Growth] = []
    var hasGrown: Bool { growth.contains { $0.bytes > MemoryCheck.tolerance } }
  }

  /// By how much it may change once the first tenth has been received.
  ///
  /// What the system's allocator keeps varies, and how full the queue is; losing half a byte a message would be more.
  private static let tolerance: Int64 = 4 << 20

  static let titles = ["", "bytes", "C", "goal"]

  static func columns(_ heap: Results.Heap) -> [String] {
    let goal = HeapCase.all.first { $0.name == heap.name }?.goal
    guard heap.c > 0 else { return [heap.name, "unknown", "unknown", ""] }
    return [heap.name, "\(heap.swift)", "\(heap.c)", goal?.verdict(Double(heap.swift), of: Double(heap.c)) { "\(Int($0))" } ?? ""]
  }

  static func run(messages: Int) throws -> Results {
    var results = Results()
    _ = baseline_raise_open_files()
    for heap in HeapCase.all {
      results.heap.append(.init(name: heap.name, swift: try heap.measure(2000), c: heap.measureC(2000)))
      print(columns(results.heap[results.heap.count - 1]).joined(separator: "; "))
    }
    for check in MemoryCase.all {
      let name = "\(check.name) of \(Table.bytes(check.size))"
      print("\n\(name): \(messages) messages, PUSH to PULL over inproc")
      baseline_deadline(600, "the memory check, \(name)")
      var sizes: [Int64] = []
      try check.run(messages, 10) { received in
        sizes.append(baseline_resident_bytes())
        print("\(Table.pad("\(received)", 12, left: true)) received, resident \(sizes[sizes.count - 1] >> 10) KiB")
      }
      baseline_deadline(0, "")
      let growth = sizes[sizes.count - 1] - sizes[0]
      print("  \(growth <= tolerance ? "flat" : "GREW"): \(growth >> 10) KiB more than after the first tenth")
      results.growth.append(.init(name: name, messages: messages, bytes: growth))
    }
    return results
  }
}
