// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "inject-envoy",
  products: [
    .executable(name: "inject-envoy", targets: ["inject-envoy"]),
    .library(name: "EnvoyInjector", targets: ["EnvoyInjector"]),
    .library(name: "AppMesh", targets: ["AppMesh"]),
    .library(name: "LosslessJSON", targets: ["LosslessJSON"]),
  ],
  targets: [
    .systemLibrary(
      name: "CJSONC",
      pkgConfig: "json-c",
      providers: [.apt(["libjson-c-dev"]), .brew(["json-c"])]
    ),
    .systemLibrary(
      name: "CYAML",
      pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
    ),
    .systemLibrary(
      name: "CZLIB",
      pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
    ),
    .target(name: "LosslessJSON", dependencies: ["CJSONC"]),
    .target(name: "EnvoyBootstrap", dependencies: ["CZLIB", "LosslessJSON"]),
    .target(name: "CloudFormation", dependencies: ["LosslessJSON"]),
    .target(
      name: "AppMesh",
      dependencies: ["CloudFormation", "EnvoyBootstrap", "LosslessJSON", "LosslessYAML"]),
    .target(
      name: "EnvoyInjector",
      dependencies: [
        "AppMesh", "CloudFormation", "EnvoyBootstrap", "LosslessJSON", "LosslessYAML",
      ]),
    .target(name: "LosslessYAML", dependencies: ["CYAML", "LosslessJSON"]),
    .target(
      name: "InjectEnvoyCommand",
      dependencies: [
        "AppMesh", "EnvoyBootstrap", "EnvoyInjector", "LosslessJSON", "LosslessYAML",
      ]),
    .executableTarget(name: "inject-envoy", dependencies: ["InjectEnvoyCommand"]),
    .executableTarget(
      name: "benchmarks", path: "Sources/Benchmarks", exclude: ["inject.jq"]),
    .testTarget(name: "LosslessJSONTests", dependencies: ["CJSONC", "LosslessJSON"]),
    .testTarget(
      name: "EnvoyInjectorTests",
      dependencies: [
        "AppMesh", "EnvoyBootstrap", "EnvoyInjector", "InjectEnvoyCommand", "LosslessJSON",
      ]),
    .testTarget(name: "LosslessYAMLTests", dependencies: ["LosslessJSON", "LosslessYAML"]),
    .testTarget(
      name: "AppMeshTests",
      dependencies: ["AppMesh", "EnvoyBootstrap", "LosslessJSON", "RealEnvoy"]),
    .target(
      name: "CommandTesting", dependencies: ["InjectEnvoyCommand", "LosslessJSON"],
      path: "Tests/CommandTesting"),
    .testTarget(
      name: "InjectEnvoyCommandTests",
      dependencies: [
        "CommandTesting", "EnvoyInjector", "InjectEnvoyCommand", "LosslessJSON", "inject-envoy",
      ]),
    .testTarget(
      name: "ProofTests",
      dependencies: [
        "CommandTesting", "EnvoyInjector", "LosslessJSON", "RealEnvoy", "inject-envoy",
      ],
      exclude: [
        "concrete_calls.py", "moto_parts.py", "oracle.py", "policies.py", "registration.py",
      ]),
    .testTarget(
      name: "EnvoyBootstrapTests", dependencies: ["EnvoyBootstrap", "LosslessJSON", "RealEnvoy"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["EnvoyBootstrap", "InjectEnvoyCommand", "LosslessJSON", "RealEnvoy"]),
    .target(name: "RealEnvoy", path: "Tests/RealEnvoy"),
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
