// swift-tools-version: 6.2
import PackageDescription

/// The Guide's programs, by chapter, under the Guide's names.
let programs = [
  // Chapter 1
  "hwserver", "hwclient", "version", "wuserver", "wuclient", "taskvent", "taskwork", "tasksink",
  // Chapter 2
  "msreader", "mspoller", "rrclient", "rrworker", "rrbroker", "msgqueue", "wuproxy", "taskwork2", "tasksink2", "interrupt",
  "mtserver", "mtrelay", "syncpub", "syncsub", "psenvpub", "psenvsub",
  // Chapter 3
  "identity", "rtreq", "rtdealer", "lbbroker", "lbbroker2", "lbbroker3", "asyncsrv", "peering1", "peering2", "peering3",
  // Chapter 4
  "lpclient", "lpserver", "spqueue", "spworker", "ppqueue", "ppworker",
  // Some of them with async and await
  "msreader-async", "mtserver-async", "asyncsrv-async", "lpclient-async",
]

// As in the library's own manifest.
let settings: [SwiftSetting] = Context.environment["SWIFT_ZEROMQ_WARNINGS"] == "errors" ? [.treatAllWarnings(as: .error)] : []

let package = Package(
  name: "Examples",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-zeromq", path: ".."),
    // For hwservice alone.
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.6.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0"),
  ],
  targets: programs.map { name in
    .executableTarget(
      name: name,
      dependencies: [.product(name: "ZeroMQ", package: "swift-zeromq"), "GuideSupport"],
      swiftSettings: settings)
  } + [
    .executableTarget(
      name: "hwservice",
      dependencies: [
        .product(name: "ZeroMQ", package: "swift-zeromq"), "GuideSupport",
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"), .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .target(
      name: "GuideSupport",
      dependencies: [.product(name: "ZeroMQ", package: "swift-zeromq")],
      swiftSettings: settings),
    .testTarget(
      name: "GuideTests",
      dependencies: programs.map { .target(name: $0) } + ["hwservice", .product(name: "ZeroMQ", package: "swift-zeromq")],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
