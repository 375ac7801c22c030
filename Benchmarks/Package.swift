// swift-tools-version: 6.2
import PackageDescription

var settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
// As in the library's own manifest.
if Context.environment["SWIFT_ZEROMQ_WARNINGS"] == "errors" { settings.append(.treatAllWarnings(as: .error)) }

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-zeromq", path: "..")],
  targets: [
    .target(name: "CBaseline", linkerSettings: [.linkedLibrary("zmq")]),
    .target(
      name: "Cases",
      dependencies: [
        "CBaseline", .product(name: "ZeroMQ", package: "swift-zeromq"),
        .product(name: "ZeroMQFoundationCompat", package: "swift-zeromq"),
      ],
      swiftSettings: settings),
    .executableTarget(name: "bench", dependencies: ["Cases", "CBaseline"], swiftSettings: settings),
    // Apart from `bench`, since it runs under valgrind, where loading Foundation would take longer than what is counted.
    .executableTarget(name: "probe", dependencies: ["Cases", "CBaseline"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
