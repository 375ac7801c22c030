import XCTest
import ZeroMQ

/// A call on a PAIR that waits: for a message, or for a peer to send to.
struct WaitingForm: Sendable {
  let name: String
  /// Makes the call; a wait that ends by itself is a failure.
  let run: @Sendable @PinnedActor (PairSocket) async throws -> Void

  /// Longer than any test.
  private static let ages = Duration.seconds(120)

  /// Fails a wait that has ended by itself.
  private static func require(_ isReady: Bool) throws {
    if !isReady { throw NothingCame() }
  }

  static let receiving = [
    WaitingForm(name: "receive()") { _ = try await $0.receive() },
    WaitingForm(name: "receive(timeout:)") { try require(try await $0.receive(timeout: ages) != nil) },
    WaitingForm(name: "receive(into:)") {
      var frame = UniqueFrame()
      try await $0.receive(into: &frame)
    },
    WaitingForm(name: "wait(for: .readable)") { _ = try await $0.wait(for: .readable) },
    WaitingForm(name: "wait(for: .readable, timeout:)") { _ = try await $0.wait(for: .readable, timeout: ages) },
    WaitingForm(name: "Poller.wait()") {
      var poller = Poller()
      poller.add($0, for: .readable)
      _ = try await poller.wait()
    },
    WaitingForm(name: "Poller.wait(timeout:)") {
      var poller = Poller()
      poller.add($0, for: .readable)
      _ = try await poller.wait(timeout: ages)
    },
  ]

  static let sending = [
    WaitingForm(name: "send(Message)") { try await $0.send(["lost", "message"]) },
    WaitingForm(name: "send(Message, timeout:)") { try require(try await $0.send(["lost", "message"], timeout: ages)) },
    WaitingForm(name: "send(String)") { try await $0.send("lost" as String) },
    WaitingForm(name: "send(String, timeout:)") { try require(try await $0.send("lost" as String, timeout: ages)) },
    WaitingForm(name: "send([UInt8])") { try await $0.send([1, 2, 3] as [UInt8]) },
    WaitingForm(name: "send([UInt8], timeout:)") { try require(try await $0.send([1, 2, 3] as [UInt8], timeout: ages)) },
    WaitingForm(name: "send(Span)") {
      let bytes: [UInt8] = [1, 2, 3]
      try await $0.send(bytes.span)
    },
    WaitingForm(name: "send(RawSpan)") {
      let bytes: [UInt8] = [1, 2, 3]
      try await unsafe $0.send(bytes.span.bytes)
    },
    WaitingForm(name: "send(Frame)") { try await $0.send(Frame("lost")) },
    WaitingForm(name: "send(Frame, timeout:)") { try require(try await $0.send(Frame("lost"), timeout: ages)) },
    WaitingForm(name: "send(UniqueFrame)") { try await $0.send(UniqueFrame(copying: "lost".utf8), more: false) },
    WaitingForm(name: "send(&UniqueFrame)") {
      var frame = UniqueFrame(copying: "lost".utf8)
      do {
        try await $0.send(&frame, more: false)
      } catch {
        XCTAssertEqual(array(frame.bytes), Array("lost".utf8), "the frame was not kept")
        throw error
      }
    },
    WaitingForm(name: "wait(for: .writable)") { _ = try await $0.wait(for: .writable) },
  ]

  static let all = receiving + sending
}
