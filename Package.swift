// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "inject-envoy",
  targets: [
    .systemLibrary(
      name: "CJSONC",
      pkgConfig: "json-c",
      providers: [.apt(["libjson-c-dev"]), .brew(["json-c"])]
    ),
    .target(name: "LosslessJSON", dependencies: ["CJSONC"]),
    .target(name: "EnvoyBootstrap", dependencies: ["LosslessJSON"]),
    .testTarget(name: "LosslessJSONTests", dependencies: ["LosslessJSON"]),
    .testTarget(name: "EnvoyBootstrapTests", dependencies: ["EnvoyBootstrap", "LosslessJSON"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
