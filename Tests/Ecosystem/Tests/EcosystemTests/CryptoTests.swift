import Crypto
import XCTest
import ZeroMQ
import ZeroMQFoundationCompat

final class CryptoTests: XCTestCase {
  private let key = SymmetricKey(data: Array("secret".utf8))

  /// A message with a signature behind its frames, as Jupyter's kernels send it.
  func testMessageIsSignedAndVerified() throws {
    let context = try Context()
    let (sender, receiver) = (try context.socket(.dealer), try context.socket(.dealer))
    try receiver.connect(try sender.bind("tcp://127.0.0.1:*"))
    let content: Message = ["header", "{}", Frame([UInt8](repeating: 7, count: 1000))]
    try sender.send(content, [UInt8](signature(of: content)))

    var message = try XCTUnwrap(try receiver.receive(timeout: .seconds(10)))
    let received = message.removeLast()
    XCTAssertEqual(message, content)
    XCTAssertTrue(Array(signature(of: message)) == Array(received))
    message[2] = "forged"
    XCTAssertFalse(Array(signature(of: message)) == Array(received))
  }

  func testFrameIsHashedWhereItLies() {
    let frame: Frame = "abc"
    XCTAssertEqual(
      SHA256.hash(data: frame).description,
      "SHA256 digest: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  func testFrameIsAnAuthenticationCode() throws {
    let body: Frame = "body"
    let code = Frame(HMAC<SHA256>.authenticationCode(for: body, using: key).withUnsafeBytes { [UInt8]($0) })
    XCTAssertTrue(HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key))
    XCTAssertFalse(HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: "other" as Frame, using: key))
  }

  private func signature(of message: Message) -> HMAC<SHA256>.MAC {
    var hmac = HMAC<SHA256>(key: key)
    for frame in message { hmac.update(data: frame) }
    return hmac.finalize()
  }
}
