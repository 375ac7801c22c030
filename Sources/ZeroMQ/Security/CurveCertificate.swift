/// The keys of a client or server of the mechanism CURVE, with what is to be known about it, as files keep them.
///
/// A certificate that has a secret key is two files: `name.key`, which may be given to anybody, and `name.key_secret`, which only
/// its owner can read. pyzmq and czmq read and write the same files.
///
/// ```swift
/// try CurveCertificate(try CurveKeyPair(), metadata: ["name": "client 1"]).write(to: "clients/first.key")
/// let certificate = try CurveCertificate(readingFrom: "clients/first.key")
/// ```
public struct CurveCertificate: Hashable, Sendable {
  /// The public key.
  public let publicKey: CurvePublicKey

  /// The secret key; `nil` if only the public one is known.
  public let secretKey: CurveSecretKey?

  /// What is to be known about the owner, such as a name; not protected in any way.
  public var metadata: [String: String]

  /// Makes a certificate with both keys.
  ///
  /// - Parameters:
  ///   - keys: the keys.
  ///   - metadata: what is to be known about the owner.
  public init(_ keys: CurveKeyPair, metadata: [String: String] = [:]) {
    self.init(publicKey: keys.publicKey, secretKey: keys.secretKey, metadata: metadata)
  }

  /// Makes a certificate with the public key only.
  ///
  /// - Parameters:
  ///   - publicKey: the key.
  ///   - metadata: what is to be known about the owner.
  public init(publicKey: CurvePublicKey, metadata: [String: String] = [:]) {
    self.init(publicKey: publicKey, secretKey: nil, metadata: metadata)
  }

  init(publicKey: CurvePublicKey, secretKey: CurveSecretKey?, metadata: [String: String]) {
    self.publicKey = publicKey
    self.secretKey = secretKey
    self.metadata = metadata
  }

  /// Reads a certificate's file: the public one, or the secret one, which has both keys.
  ///
  /// - Parameter path: the path of the file, of at most 64 KiB.
  /// - Throws: the system's code for a file that cannot be read, and `.invalidArgument` for one that is no certificate; `.notSupported`
  ///   for one with a secret key where this libzmq was built without CURVE. The error names the file, the line and the reason, and
  ///   shows nothing of a key.
  public init(readingFrom path: String) throws {
    self = try CertificateFile.read(path)
  }

  /// Writes the certificate's file or files: `path`, and `path` followed by `_secret` if there is a secret key.
  ///
  /// The secret file is created for its owner alone, with the mode 0600. No file is overwritten.
  ///
  /// - Parameter path: the path of the public file, which should end with `.key`.
  /// - Throws: `.addressExists` if one of the files is there already, or the system's code if it cannot be written;
  ///   `.invalidArgument` for metadata that the format has no place for. After an error neither file is there that was not before.
  public func write(to path: String) throws {
    try CertificateFile.write(self, to: path)
  }

  /// The keys, or `nil` if only the public one is known.
  public var keys: CurveKeyPair? { secretKey.map { CurveKeyPair(publicKey: publicKey, secretKey: $0) } }
}

extension CurveCertificate: CustomStringConvertible {
  /// The public key and the metadata.
  public var description: String { "\(publicKey) \(metadata.sorted { $0.key < $1.key }.map { "\($0)=\($1)" })" }
}
