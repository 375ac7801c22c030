import CBaseline
import Cases
import Foundation

/// Receives millions of messages and looks at the memory that the process has in RAM: it must not grow.
enum MemoryCheck {
  /// By how much it may change once the first tenth has been received.
  ///
  /// What the system's allocator keeps varies, and how full the queue is; losing half a byte a message would be more.
  private static let tolerance: Int64 = 4 << 20

  static func run(messages: Int) throws {
    let kept = try MemoryCase.keptBytes(size: 64, count: 20_000)
    print("a kept message of 64 bytes: \(kept) bytes of heap; in C \(baseline_kept_bytes(64, 20_000))\n")
    var hasGrown = false
    for check in MemoryCase.all {
      print("\(check.name): \(messages) messages of \(check.size) bytes, PUSH to PULL over inproc")
      baseline_deadline(600, "the memory check, \(check.name)")
      var sizes: [Int64] = []
      try check.run(messages, 10) { received in
        sizes.append(baseline_resident_bytes())
        print("\(Table.pad("\(received)", 12, left: true)) received, resident \(sizes[sizes.count - 1] >> 10) KiB")
      }
      baseline_deadline(0, "")
      let growth = sizes[sizes.count - 1] - sizes[0]
      let isFlat = growth <= tolerance
      print("  \(isFlat ? "flat" : "GREW"): \(growth >> 10) KiB more than after the first tenth\n")
      hasGrown = hasGrown || !isFlat
    }
    if hasGrown { exit(1) }
  }
}
