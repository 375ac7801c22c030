// swift-tools-version: 6.2
import Foundation
import PackageDescription

var settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  // `Lifetimes`, for spans that are lent; the other two, for the address of the value that lends them.
  .enableExperimentalFeature("Lifetimes"),
  .enableExperimentalFeature("AddressableTypes"),
  .enableExperimentalFeature("BuiltinModule"),
  // A message of libzmq's that stays where it was made.
  .enableExperimentalFeature("RawLayout"),
  .strictMemorySafety(),
]

// Warnings are errors where this library is worked on, and nowhere else: the setting contradicts the `-suppress-warnings` that Xcode
// and the `swiftbuild` build system give to dependencies, and so do flags on the command line.
switch Context.environment["SWIFT_ZEROMQ_WARNINGS"] ?? "" {
case "": break
case "errors": settings.append(.treatAllWarnings(as: .error))
case let value: stop("SWIFT_ZEROMQ_WARNINGS is \"\(value)\"; set it to \"errors\" for warnings that stop the build, or unset it")
}

// libzmq's headers are on the compiler's default path on Linux, unless PKG_CONFIG_PATH names a folder that has others. Asking pkg-config
// in any case would bring a warning, since Debian's file depends on packages that libzmq3-dev does not install.
#if os(macOS)
  let pkgConfig: String? = "libzmq"
#else
  let folders = (Context.environment["PKG_CONFIG_PATH"] ?? "").split(separator: ":")
  let pkgConfig = folders.contains { FileManager.default.fileExists(atPath: "\($0)/libzmq.pc") } ? "libzmq" : nil
#endif

let package = Package(
  name: "swift-zeromq",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "ZeroMQ", targets: ["ZeroMQ"]),
    .library(name: "ZeroMQFoundationCompat", targets: ["ZeroMQFoundationCompat"]),
  ],
  targets: [
    .systemLibrary(
      name: "CZeroMQ",
      pkgConfig: pkgConfig,
      providers: [.apt(["libzmq3-dev"]), .yum(["zeromq-devel"]), .brew(["zeromq"])]
    ),
    .target(name: "ZeroMQ", dependencies: ["CZeroMQ"], swiftSettings: settings),
    // What needs Foundation, which the library itself does without.
    .target(name: "ZeroMQFoundationCompat", dependencies: ["ZeroMQ"], swiftSettings: settings),
    // The other process of the tests that need one.
    .executableTarget(name: "TestPeer", dependencies: ["ZeroMQ"], path: "Tests/TestPeer", swiftSettings: settings),
    // Signals and forked children, for the tests and the soak.
    .target(name: "Disturbances", path: "Tests/Disturbances", swiftSettings: settings),
    // Looks for missed wake-ups, lost messages and leaks: long for `make soak`, short in the tests.
    .executableTarget(name: "Soak", dependencies: ["ZeroMQ", "Disturbances"], path: "Tests/Soak", swiftSettings: settings),
    .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ", "TestPeer", "Soak", "Disturbances"], swiftSettings: settings),
    .testTarget(name: "ZeroMQFoundationCompatTests", dependencies: ["ZeroMQFoundationCompat", "ZeroMQ"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

/// Ends the reading of this manifest with a sentence instead of a crash report.
func stop(_ reason: String) -> Never {
  FileHandle.standardError.write(Data("swift-zeromq: \(reason)\n".utf8))
  exit(1)
}
