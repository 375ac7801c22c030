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
]

let package = Package(
  name: "Examples",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-zeromq", path: "..")],
  targets: programs.map { name in
    .executableTarget(
      name: name,
      dependencies: [.product(name: "ZeroMQ", package: "swift-zeromq"), "GuideSupport"],
      swiftSettings: [.treatAllWarnings(as: .error)])
  } + [
    .target(
      name: "GuideSupport",
      dependencies: [.product(name: "ZeroMQ", package: "swift-zeromq")],
      swiftSettings: [.treatAllWarnings(as: .error)]),
    .testTarget(
      name: "GuideTests",
      dependencies: programs.map { .target(name: $0) } + [.product(name: "ZeroMQ", package: "swift-zeromq")],
      swiftSettings: [.treatAllWarnings(as: .error)]),
  ],
  swiftLanguageModes: [.v6]
)
