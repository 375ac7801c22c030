// swift-tools-version: 6.2
import PackageDescription

// What people use the library together with, as a package of theirs would.
let package = Package(
  name: "Ecosystem",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-zeromq", path: "../.."),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.30.0"),
  ],
  targets: [
    // A process of the JSON service.
    .executableTarget(
      name: "worker",
      dependencies: [
        .product(name: "ZeroMQ", package: "swift-zeromq"),
        .product(name: "ZeroMQFoundationCompat", package: "swift-zeromq"),
      ]),
    .testTarget(
      name: "EcosystemTests",
      dependencies: [
        "worker",
        .product(name: "ZeroMQ", package: "swift-zeromq"),
        .product(name: "ZeroMQFoundationCompat", package: "swift-zeromq"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
