@preconcurrency import Foundation
import ZeroMQ

/// Finds the peers of a network by their beacons, in a thread of its own, which reports them over a socket.
///
/// A beacon is the peer's UUID, 16 bytes, sent to all hosts once a second. A peer that is silent for five seconds has left.
public struct PeerFinder: Sendable {
  /// The endpoint of the reports, for a PAIR to connect to.
  ///
  /// Each report is `[JOINED][uuid]` or `[LEFT][uuid]`, the UUID as 32 hexadecimal digits.
  public let endpoint = "inproc://peers"

  /// Starts finding peers, until the context is shut down.
  ///
  /// - Parameters:
  ///   - interval: The time between beacons.
  ///   - patience: How long a peer may be silent before it has left.
  public init(
    _ context: Context, port: Int, address: String, interval: Duration = .seconds(1), patience: Duration = .seconds(5)
  ) {
    let endpoint = endpoint
    _ = GuideThread {
      let pipe = try context.socket(.pair)
      try pipe.bind(endpoint)
      try Self.find(pipe, BroadcastSocket(port: port, address: address, sharingPort: true), interval, patience)
    }
  }

  private static func find(
    _ pipe: PairSocket, _ udp: BroadcastSocket, _ interval: Duration, _ patience: Duration
  ) throws {
    let own = withUnsafeBytes(of: UUID().uuid) { Array($0) }
    var lastHeard: [[UInt8]: ContinuousClock.Instant] = [:]
    var poller = Poller()
    poller.add(pipe, for: .readable)
    poller.add(fileDescriptor: udp.fileDescriptor, for: .readable)
    var nextBeacon = ContinuousClock.now
    while true {
      if nextBeacon <= .now {
        udp.send(own)
        nextBeacon = .now + interval
      }
      _ = try poller.wait(timeout: max(nextBeacon - .now, .zero))
      while let (bytes, _) = udp.receive() {
        guard bytes.count == own.count, bytes != own else { continue }
        if lastHeard.updateValue(.now, forKey: bytes) == nil { try pipe.send(["JOINED", Frame(digits(bytes))]) }
      }
      for (peer, time) in lastHeard where time + patience <= .now {
        lastHeard[peer] = nil
        try pipe.send(["LEFT", Frame(digits(peer))])
      }
    }
  }

  private static func digits(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16, uppercase: true) + String($0 & 15, radix: 16, uppercase: true) }.joined()
  }
}
