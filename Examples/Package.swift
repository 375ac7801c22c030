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
  "lpclient", "lpserver", "spqueue", "spworker", "ppqueue", "ppworker", "mdbroker", "mdworker", "mdclient", "mdclient2", "mmiecho",
  "titanic", "ticlient", "tripping", "bstarsrv", "bstarsrv2", "bstarcli",
  "flserver1", "flserver2", "flserver3", "flclient1", "flclient2", "flclient3",
  // Chapter 5
  "espresso", "pathopub", "pathosub", "lvcache", "suisnail", "clonesrv1", "clonecli1", "clonesrv2", "clonecli2", "clonesrv3",
  "clonecli3", "clonesrv4", "clonecli4", "clonesrv5", "clonecli5", "clonesrv6", "clonecli6", "tstkvsimple", "tstkvmsg",
  // Chapter 7
  "fileio1", "fileio2", "fileio3",
  // Chapter 8
  "dechat", "udpping1", "udpping2", "udpping3", "eagain",
  // Some of them with async and await
  "msreader-async", "mtserver-async", "asyncsrv-async", "asyncpool", "lpclient-async", "mdbroker-async", "clonesrv5-async",
]

/// The Guide's classes, each in a library that its programs share.
let libraries = ["Majordomo", "BinaryStar", "Freelance", "Clone"]

/// The libraries that a program uses.
func libraries(of program: String) -> [Target.Dependency] {
  switch program {
  case _ where program.hasPrefix("md") || program.hasPrefix("ti"), "mmiecho": ["Majordomo"]
  case _ where program.hasPrefix("bstarsrv"): ["BinaryStar"]
  case "flclient3": ["Freelance"]
  case "clonesrv6": ["Clone", "BinaryStar"]
  case _ where program.hasPrefix("clone") || program.hasPrefix("tstkv"): ["Clone"]
  default: []
  }
}

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
      dependencies: [.product(name: "ZeroMQ", package: "swift-zeromq"), "GuideSupport"] + libraries(of: name),
      swiftSettings: settings)
  }
    + libraries.map { name in
      .target(
        name: name,
        dependencies: [.product(name: "ZeroMQ", package: "swift-zeromq"), "GuideSupport"],
        // Classes that are not Sendable can be used by actors, too.
        swiftSettings: settings + [
          .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        ])
    }
    + libraries.map { name in
      .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name), .product(name: "ZeroMQ", package: "swift-zeromq")],
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
        dependencies: programs.map { .target(name: $0) } + [
          "hwservice", "Clone", .product(name: "ZeroMQ", package: "swift-zeromq"),
        ],
        swiftSettings: settings),
    ],
  swiftLanguageModes: [.v6]
)
