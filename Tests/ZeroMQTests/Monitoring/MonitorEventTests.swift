import XCTest
import ZeroMQ

final class MonitorEventTests: XCTestCase {
  func testEventsAreLibZMQsBits() {
    let events: [(MonitorEvents, Int32)] = [
      (.connected, 0x0001), (.connectDelayed, 0x0002), (.connectRetried, 0x0004), (.listening, 0x0008), (.bindFailed, 0x0010),
      (.accepted, 0x0020), (.acceptFailed, 0x0040), (.closed, 0x0080), (.closeFailed, 0x0100), (.disconnected, 0x0200),
      (.monitorStopped, 0x0400), (.handshakeFailedNoDetail, 0x0800), (.handshakeSucceeded, 0x1000),
      (.handshakeFailedProtocol, 0x2000), (.handshakeFailedAuth, 0x4000), (.all, 0xffff), (.handshakes, 0x7800),
      (.connections, 0x7a61),
    ]
    for (event, bits) in events { XCTAssertEqual(event.rawValue, bits) }
  }

  func testProtocolErrorsAreLibZMQsNumbers() {
    let errors: [(ProtocolError, Int32, String)] = [
      (.zmtpUnspecified, 0x1000_0000, "unspecified error (ZMTP)"),
      (.zmtpUnexpectedCommand, 0x1000_0001, "unexpected command (ZMTP)"),
      (.zmtpInvalidSequence, 0x1000_0002, "invalid sequence (ZMTP)"),
      (.zmtpKeyExchange, 0x1000_0003, "key exchange error (ZMTP)"),
      (.zmtpMalformedCommandUnspecified, 0x1000_0011, "malformed command (ZMTP)"),
      (.zmtpMalformedCommandMessage, 0x1000_0012, "malformed MESSAGE command (ZMTP)"),
      (.zmtpMalformedCommandHello, 0x1000_0013, "malformed HELLO command (ZMTP)"),
      (.zmtpMalformedCommandInitiate, 0x1000_0014, "malformed INITIATE command (ZMTP)"),
      (.zmtpMalformedCommandError, 0x1000_0015, "malformed ERROR command (ZMTP)"),
      (.zmtpMalformedCommandReady, 0x1000_0016, "malformed READY command (ZMTP)"),
      (.zmtpMalformedCommandWelcome, 0x1000_0017, "malformed WELCOME command (ZMTP)"),
      (.zmtpInvalidMetadata, 0x1000_0018, "invalid metadata (ZMTP)"),
      (.zmtpCryptographic, 0x1100_0001, "cryptographic error (ZMTP)"),
      (.zmtpMechanismMismatch, 0x1100_0002, "mechanism mismatch (ZMTP)"),
      (.zapUnspecified, 0x2000_0000, "unspecified error (ZAP)"),
      (.zapMalformedReply, 0x2000_0001, "malformed reply (ZAP)"),
      (.zapBadRequestID, 0x2000_0002, "bad request ID (ZAP)"),
      (.zapBadVersion, 0x2000_0003, "bad version (ZAP)"),
      (.zapInvalidStatusCode, 0x2000_0004, "invalid status code (ZAP)"),
      (.zapInvalidMetadata, 0x2000_0005, "invalid metadata (ZAP)"),
      (.wsUnspecified, 0x3000_0000, "unspecified error (WS)"),
      (ProtocolError(rawValue: 0x4000_0001), 0x4000_0001, "protocol error 0x40000001"),
    ]
    for (error, number, text) in errors {
      XCTAssertEqual(error.rawValue, number)
      XCTAssertEqual("\(error)", text)
    }
    XCTAssertEqual(Set(errors.map(\.0)).count, errors.count)
  }

  func testEventsDescribeThemselves() {
    let events: [(MonitorEvent.Kind, String)] = [
      (.connected(fileDescriptor: 7), "connected"),
      (.connectDelayed, "connect delayed"),
      (.connectRetried(interval: .milliseconds(100)), "connect failed, to be retried after 0.1 seconds"),
      (.listening(fileDescriptor: 7), "listening"),
      (.bindFailed(.addressInUse), "bind failed: Address already in use (EADDRINUSE)"),
      (.accepted(fileDescriptor: 7), "accepted"),
      (.acceptFailed(.tooManyOpenFiles), "accept failed: Too many open files (EMFILE)"),
      (.closed(fileDescriptor: 7), "closed"),
      (.closeFailed(.permissionDenied), "close failed: Permission denied (EACCES)"),
      (.disconnected(fileDescriptor: 7), "disconnected"),
      (.monitorStopped, "monitor stopped"),
      (.handshakeFailedNoDetail(.init(rawValue: 0)), "handshake failed"),
      (.handshakeFailedNoDetail(.brokenPipe), "handshake failed: Broken pipe (EPIPE)"),
      (.handshakeSucceeded, "handshake succeeded"),
      (.handshakeFailedProtocol(.zmtpMechanismMismatch), "handshake failed: mechanism mismatch (ZMTP)"),
      (.handshakeFailedAuth(statusCode: 400), "handshake failed: refused by the authenticator with status 400"),
      (.other(number: 0x8000, value: 3), "event 0x8000 with value 3"),
    ]
    for (kind, text) in events {
      XCTAssertEqual("\(kind)", text)
      XCTAssertEqual("\(MonitorEvent(kind, endpoint: "tcp://127.0.0.1:1"))", text + ", at tcp://127.0.0.1:1")
      XCTAssertEqual("\(MonitorEvent(kind, endpoint: ""))", text)
    }
  }

  func testEventsCanBeComparedWithoutTheirPayload() {
    let bits: [(MonitorEvent.Kind, Int32)] = [
      (.connected(fileDescriptor: 7), 0x0001), (.connectDelayed, 0x0002), (.connectRetried(interval: .zero), 0x0004),
      (.listening(fileDescriptor: 7), 0x0008), (.bindFailed(.addressInUse), 0x0010), (.accepted(fileDescriptor: 7), 0x0020),
      (.acceptFailed(.tooManyOpenFiles), 0x0040), (.closed(fileDescriptor: 7), 0x0080), (.closeFailed(.permissionDenied), 0x0100),
      (.disconnected(fileDescriptor: 7), 0x0200), (.monitorStopped, 0x0400), (.handshakeFailedNoDetail(.brokenPipe), 0x0800),
      (.handshakeSucceeded, 0x1000), (.handshakeFailedProtocol(.zmtpCryptographic), 0x2000),
      (.handshakeFailedAuth(statusCode: 400), 0x4000), (.other(number: 0x8000, value: 3), 0x8000),
    ]
    for (kind, bit) in bits { XCTAssertEqual(kind.type.rawValue, bit, "\(kind)") }
    XCTAssertTrue(MonitorEvents.handshakes.contains(MonitorEvent.Kind.handshakeFailedAuth(statusCode: 300).type))
  }
}
