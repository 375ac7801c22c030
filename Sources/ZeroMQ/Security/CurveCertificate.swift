/// A CURVE certificate: a public key, optionally its secret key, and metadata.
///
/// The files have the format of czmq and pyzmq. A certificate with a secret key consists of two files: `name.key`, which is public,
/// and `name.key_secret`, which only its owner can read.
///
/// ```swift
/// try CurveCertificate(try CurveKeyPair(), metadata: ["name": "client 1"]).write(to: "clients/first.key")
/// let certificate = try CurveCertificate(readingFrom: "clients/first.key")
/// ```
public struct CurveCertificate: Hashable, Sendable, CustomStringConvertible {
  /// The public key.
  public let publicKey: CurvePublicKey

  /// The secret key; `nil` if only the public key is known.
  public let secretKey: CurveSecretKey?

  /// Properties of the owner, such as a name.
  ///
  /// They are not protected in any way.
  public var metadata: [String: String]

  /// The public key and the metadata.
  public var description: String { "\(publicKey) \(metadata.sorted { $0.key < $1.key }.map { "\($0)=\($1)" })" }
}

extension CurveCertificate {
  /// Creates a certificate with both keys.
  ///
  /// - Parameters:
  ///   - keys: The keys.
  ///   - metadata: Properties of the owner.
  public init(_ keys: CurveKeyPair, metadata: [String: String] = [:]) {
    self.init(publicKey: keys.publicKey, secretKey: keys.secretKey, metadata: metadata)
  }

  /// Creates a certificate with only the public key.
  ///
  /// - Parameters:
  ///   - publicKey: The key.
  ///   - metadata: Properties of the owner.
  public init(publicKey: CurvePublicKey, metadata: [String: String] = [:]) {
    self.init(publicKey: publicKey, secretKey: nil, metadata: metadata)
  }

  /// Creates a certificate from a file: the public file, or the secret file, which has both keys.
  ///
  /// - Parameter path: The path of the file, which has at most 64 KiB.
  /// - Throws: A ``ZeroMQError`` with one of these codes. It names the file, the line and the reason, but shows no part of a key.
  ///   - The system's code if the file cannot be read.
  ///   - `.invalidArgument` if the file is not a certificate.
  ///   - `.notSupported` if the file has a secret key, and libzmq was built without CURVE.
  public init(readingFrom path: String) throws {
    self = try CertificateFile.read(path)
  }

  /// Writes the public file, and the secret file if the certificate has a secret key.
  ///
  /// The path of the secret file is `path` followed by `_secret`. Only its owner can access it: its mode is 0600. No file is
  /// overwritten. If the call throws, it leaves no new file behind.
  ///
  /// - Parameter path: The path of the public file, which should end with `.key`.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.addressExists` if one of the files already exists.
  ///   - `.invalidArgument` if the format cannot represent the metadata.
  ///   - The system's code if a file cannot be written.
  public func write(to path: String) throws {
    try CertificateFile.write(self, to: path)
  }

  /// Both keys, or `nil` if only the public key is known.
  public var keys: CurveKeyPair? { secretKey.map { CurveKeyPair(publicKey: publicKey, secretKey: $0) } }
}
