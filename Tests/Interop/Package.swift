// swift-tools-version: 6.2
import PackageDescription

// As in the library's own manifest.
let settings: [SwiftSetting] = Context.environment["SWIFT_ZEROMQ_WARNINGS"] == "errors" ? [.treatAllWarnings(as: .error)] : []

let package = Package(
  name: "Interop",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-zeromq", path: "../..")],
  targets: [
    .executableTarget(
      name: "interop-peer",
      dependencies: [.product(name: "ZeroMQ", package: "swift-zeromq")],
      swiftSettings: settings)
  ],
  swiftLanguageModes: [.v6]
)
