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
    .testTarget(name: "LosslessJSONTests", dependencies: ["CJSONC", "LosslessJSON"]),
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
