// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Interop",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-zeromq", path: "../..")],
  targets: [
    .executableTarget(
      name: "interop-peer",
      dependencies: [.product(name: "ZeroMQ", package: "swift-zeromq")],
      swiftSettings: [.treatAllWarnings(as: .error)])
  ],
  swiftLanguageModes: [.v6]
)
