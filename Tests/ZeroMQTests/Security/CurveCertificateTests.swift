import Foundation
import XCTest
import ZeroMQ

final class CurveCertificateTests: ZeroMQTestCase {
  private var folder = ""

  override func setUpWithError() throws {
    folder = Transport.folder.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func write(_ text: String, to name: String = "bad.key") throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    return "\(folder)/\(name)"
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  func testFilesAreReadAsTheyWereWritten() throws {
    guard try hasCurve() else { return }
    let values = ["name": "Günter", "e-mail": "a@b.c", "quoted": "say \"hi\"", "other": "it's # no comment", "empty": ""]
    let certificate = CurveCertificate(try CurveKeyPair(), metadata: values)
    try certificate.write(to: "\(folder)/c.key")
    let secret = try CurveCertificate(readingFrom: "\(folder)/c.key_secret")
    XCTAssertEqual(secret, certificate)
    XCTAssertEqual(secret.keys?.secretKey, certificate.secretKey)
    let known = try CurveCertificate(readingFrom: "\(folder)/c.key")
    XCTAssertEqual(known, CurveCertificate(publicKey: certificate.publicKey, metadata: values))
    XCTAssertNil(known.keys)
    XCTAssertFalse("\(secret)".contains(try XCTUnwrap(certificate.secretKey).z85))
  }

  func testAGoodCertificateIsNotCalledBadWhereLibzmqHasNoCurve() throws {
    let (key, secret) = ("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7", "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6")
    let known = try write("curve\n    public-key = \"\(key)\"\n")
    XCTAssertEqual(try CurveCertificate(readingFrom: known).publicKey.z85, key)
    let path = try write("curve\n    public-key = \"\(key)\"\n    secret-key = \"\(secret)\"\n")
    guard LibZMQ.has(.curve) else {
      let error = assertThrows(.notSupported) { _ = try CurveCertificate(readingFrom: path) }
      XCTAssertEqual(error?.subject, "\(path), whose keys cannot be compared, since this libzmq was built without CURVE")
      return
    }
    XCTAssertEqual(try CurveCertificate(readingFrom: path).secretKey?.z85, secret)
  }

  func testOnlyTheOwnerReadsTheSecretFile() throws {
    guard try hasCurve() else { return }
    let mask = umask(0)
    defer { umask(mask) }
    try CurveCertificate(try CurveKeyPair()).write(to: "\(folder)/c.key")
    XCTAssertEqual(try mode("\(folder)/c.key_secret"), 0o600)
    XCTAssertEqual(try mode("\(folder)/c.key"), 0o644)
    XCTAssertFalse(try String(contentsOfFile: "\(folder)/c.key", encoding: .utf8).contains("secret-key"))
  }

  func testNoFileIsOverwritten() throws {
    guard try hasCurve() else { return }
    let certificate = CurveCertificate(try CurveKeyPair())
    let path = try write("public", to: "a.key")
    var error = assertThrows(.addressExists) { try certificate.write(to: path) }
    XCTAssertEqual(error?.subject, path)
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder), ["a.key"])
    let secret = try write("secret", to: "b.key_secret")
    error = assertThrows(.addressExists) { try certificate.write(to: "\(folder)/b.key") }
    XCTAssertEqual(error?.subject, secret)
    XCTAssertEqual(try String(contentsOfFile: secret, encoding: .utf8), "secret")
    XCTAssertFalse(FileManager.default.fileExists(atPath: "\(folder)/b.key"))
    XCTAssertEqual(try String(contentsOfFile: path, encoding: .utf8), "public")
  }

  func testACertificateWithoutSecretIsOneFile() throws {
    guard try hasCurve() else { return }
    try CurveCertificate(publicKey: try CurveKeyPair().publicKey).write(to: "\(folder)/p.key")
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder), ["p.key"])
  }

  func testOtherProgramsFilesAreRead() throws {
    guard try hasCurve() else { return }
    let text = """
      #   ****  Generated on 2026-11-22 by another program  ****\r
      # curve

      metadata
          name = "My name" # a comment
          plain = no quotes   # a comment
          single='x = "y"'
      other
          public-key = "not this one"
      curve
      \tpublic-key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
          # secret-key = "neither"
          secret-key="JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"

      """
    let certificate = try CurveCertificate(readingFrom: try write(text))
    XCTAssertEqual(certificate.publicKey.z85, "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7")
    XCTAssertEqual(certificate.secretKey?.z85, "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6")
    XCTAssertEqual(certificate.metadata, ["name": "My name", "plain": "no quotes", "single": "x = \"y\""])
  }

  func testABadFileIsNamedWithTheReason() throws {
    guard try hasCurve() else { return }
    let key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
    let secret = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"
    let files: [(text: String, reason: String)] = [
      ("", "which has no public-key in a section named curve"),
      ("metadata\n    a = b\n", "which has no public-key in a section named curve"),
      ("public-key = \"\(key)\"\n", "which has no public-key in a section named curve"),
      ("other\n    public-key = \"\(key)\"\n", "which has no public-key in a section named curve"),
      ("curve\n    public-key = \"\(key.dropLast())\"\n", "whose line 2 has no public key in Z85"),
      ("curve\n    public-key = \"\(key.dropLast())~\"\n", "whose line 2 has no public key in Z85"),
      ("curve\n    public-key = \"\(key)x\"\n", "whose line 2 has no public key in Z85"),
      ("curve\n    public-key = \"\(key)\n", "whose line 2 has no closing quote"),
      ("curve\n    public-key \"\(key)\"\n", "whose line 2 has neither \"=\" nor an end after its name"),
      ("curve\n    public-key = \"\(key)\"\n    secret-key = \"\(secret.dropLast())~\"\n", "whose line 3 has no secret key in Z85"),
      ("curve\n    public-key = \"\(secret)\"\n    secret-key = \"\(secret)\"\n", "whose keys do not belong together"),
      ("\n=\n", "whose line 2 does not begin with a name"),
      ("\u{0}\u{1}\u{2}", "whose line 1 does not begin with a name"),
      (String(repeating: "#\n", count: 40_000), "of more than 65536 bytes"),
    ]
    for (text, reason) in files {
      let path = try write(text)
      let error = assertThrows(.invalidArgument) { _ = try CurveCertificate(readingFrom: path) }
      XCTAssertEqual(error?.description, "CurveCertificate \(path), \(reason): Invalid argument (EINVAL)")
      XCTAssertFalse("\(error as Any)".contains("JTKVSB"))
    }
  }

  func testWhatCannotBeReadIsNamed() throws {
    guard try hasCurve() else { return }
    let error = assertThrows(.noSuchFileOrDirectory) { _ = try CurveCertificate(readingFrom: "\(folder)/none.key") }
    XCTAssertEqual(error?.description, "open \(folder)/none.key: No such file or directory (ENOENT)")
    assertThrows(.invalidArgument) { _ = try CurveCertificate(readingFrom: folder) }
    assertThrows(.invalidArgument) { _ = try CurveCertificate(readingFrom: "a\0b") }
    // A file that would block who opens it.
    let pipe = "\(folder)/pipe.key"
    XCTAssertEqual(unsafe mkfifo(pipe, 0o600), 0)
    assertThrows(.invalidArgument) { _ = try CurveCertificate(readingFrom: pipe) }
    assertThrows(.noSuchFileOrDirectory) { try CurveCertificate(try CurveKeyPair()).write(to: "\(folder)/none/c.key") }
  }

  func testMetadataThatTheFormatHasNoPlaceForIsRefused() throws {
    guard try hasCurve() else { return }
    for metadata in [["": "a"], ["a b": "c"], ["a=": "c"], ["a": "b\nc"], ["a": "\"'"], ["é": "a"], ["a": "\u{0}"]] {
      assertThrows(.invalidArgument) { try CurveCertificate(try CurveKeyPair(), metadata: metadata).write(to: "\(folder)/m.key") }
    }
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder), [])
  }
}
