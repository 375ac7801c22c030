// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
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
  .treatAllWarnings(as: .error),
]

// Homebrew's folders are not on the compiler's default path; Debian's are, and there pkg-config would only bring a warning.
#if os(macOS)
  let pkgConfig: String? = "libzmq"
#else
  let pkgConfig: String? = nil
#endif

let package = Package(
  name: "swift-zeromq",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "ZeroMQ", targets: ["ZeroMQ"])
  ],
  targets: [
    .systemLibrary(
      name: "CZeroMQ",
      pkgConfig: pkgConfig,
      providers: [.apt(["libzmq3-dev"]), .brew(["zeromq"])]
    ),
    .target(name: "ZeroMQ", dependencies: ["CZeroMQ"], swiftSettings: settings),
    // The other process of the tests that need one.
    .executableTarget(name: "TestPeer", dependencies: ["ZeroMQ"], path: "Tests/TestPeer", swiftSettings: settings),
    // Looks for missed wake-ups, lost messages and leaks: long for `make soak`, short in the tests.
    .executableTarget(name: "Soak", dependencies: ["ZeroMQ"], path: "Tests/Soak", swiftSettings: settings),
    .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ", "TestPeer", "Soak"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
