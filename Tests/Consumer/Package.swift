// swift-tools-version: 6.2
import PackageDescription

// A package that depends on the library as any other does, by an address and a version, which `run` gives it.
let url = Context.environment["CONSUMER_URL"] ?? ""
let zeroMQ = Target.Dependency.product(name: "ZeroMQ", package: "swift-zeromq")

let package = Package(
  name: "Consumer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(url: url, from: "0.1.0")],
  targets: [
    .executableTarget(name: "Swift6", dependencies: [zeroMQ]),
    .executableTarget(name: "Tasks", dependencies: [zeroMQ]),
    .executableTarget(name: "Swift5", dependencies: [zeroMQ], swiftSettings: [.swiftLanguageMode(.v5)]),
    .executableTarget(name: "OwnNames", dependencies: [zeroMQ]),
    .executableTarget(name: "OwnGeneric", dependencies: [zeroMQ]),
    .executableTarget(name: "CxxInterop", dependencies: [zeroMQ], swiftSettings: [.interoperabilityMode(.Cxx)]),
  ],
  swiftLanguageModes: [.v6]
)
