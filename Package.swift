// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "inject-envoy",
  products: [
    .executable(name: "inject-envoy", targets: ["inject-envoy"]),
    .library(
      name: "EnvoyInjector", targets: ["EnvoyInjector", "RolePolicies", "TaskDefinitions"]),
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
    .target(name: "ServiceConnect", dependencies: ["AppMesh", "LosslessJSON"]),
    .target(
      name: "TaskDefinitions",
      dependencies: ["CloudFormation", "EnvoyBootstrap", "LosslessJSON", "LosslessYAML"]),
    .target(
      name: "RolePolicies",
      dependencies: ["CloudFormation", "EnvoyBootstrap", "LosslessJSON", "TaskDefinitions"]),
    .target(
      name: "TaskChecks",
      dependencies: ["CloudFormation", "LosslessJSON", "RolePolicies", "TaskDefinitions"]),
    .target(
      name: "EnvoyInjector",
      dependencies: [
        "AppMesh", "CloudFormation", "EnvoyBootstrap", "LosslessJSON", "LosslessYAML",
        "RolePolicies", "TaskChecks", "TaskDefinitions",
      ]),
    .target(name: "LosslessYAML", dependencies: ["CYAML", "LosslessJSON"]),
    .target(
      name: "InjectEnvoyCommand",
      dependencies: [
        "AppMesh", "CloudFormation", "EnvoyBootstrap", "EnvoyInjector", "LosslessJSON",
        "LosslessYAML", "RolePolicies", "ServiceConnect", "TaskDefinitions",
      ]),
    .executableTarget(name: "inject-envoy", dependencies: ["InjectEnvoyCommand"]),
    .executableTarget(
      name: "benchmarks", dependencies: ["LosslessJSON"], path: "Sources/Benchmarks",
      exclude: [
        "document.json", "inject-template.jq", "inject.c", "inject.jq", "inject.py",
      ]),
    .target(name: "Surroundings", path: "Tests/Surroundings"),
    .testTarget(
      name: "LosslessJSONTests",
      dependencies: ["CJSONC", "LawTesting", "LosslessJSON", "Surroundings"]),
    .testTarget(
      name: "EnvoyInjectorTests",
      dependencies: [
        "AppMesh", "CloudFormation", "EnvoyBootstrap", "EnvoyInjector", "InjectEnvoyCommand",
        "LawTesting", "LosslessJSON", "RolePolicies", "Surroundings", "TaskChecks",
        "TaskDefinitions",
      ]),
    .testTarget(
      name: "LosslessYAMLTests",
      dependencies: ["LawTesting", "LosslessJSON", "LosslessYAML", "Surroundings"]),
    .target(
      name: "LawTesting",
      dependencies: ["EnvoyInjector", "LosslessJSON", "LosslessYAML", "TaskDefinitions"],
      path: "Tests/LawTesting"),
    .testTarget(
      name: "AppMeshTests",
      dependencies: [
        "AppMesh", "EnvoyBootstrap", "LawTesting", "LosslessJSON", "RealEnvoy", "ServiceConnect",
        "Surroundings",
      ]),
    .target(
      name: "CommandTesting", dependencies: ["InjectEnvoyCommand", "LosslessJSON", "Surroundings"],
      path: "Tests/CommandTesting"),
    .testTarget(
      name: "InjectEnvoyCommandTests",
      dependencies: [
        "CommandTesting", "EnvoyInjector", "InjectEnvoyCommand", "LosslessJSON", "RolePolicies",
        "Surroundings", "TaskDefinitions", "inject-envoy",
      ],
      exclude: ["complete.py"]),
    .testTarget(
      name: "ProofTests",
      dependencies: [
        "CommandTesting", "EnvoyInjector", "LosslessJSON", "RealEnvoy", "RolePolicies",
        "Surroundings", "TaskDefinitions", "inject-envoy",
      ],
      exclude: [
        "action.py", "cdk_app.py", "concrete_calls.py", "generate_api.py", "lint_templates.py",
        "managed_policies.py",
        "moto_parts.py", "oracle.py", "policies.py", "registration.py", "spark.py",
        "template_roles.py",
      ]),
    .testTarget(
      name: "EnvoyBootstrapTests",
      dependencies: ["EnvoyBootstrap", "LosslessJSON", "RealEnvoy", "Surroundings"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "EnvoyBootstrap", "InjectEnvoyCommand", "LosslessJSON", "RealEnvoy", "Surroundings",
      ]),
    .target(name: "RealEnvoy", path: "Tests/RealEnvoy"),
  ],
  swiftLanguageModes: [.v6]
)

// Its main function is libFuzzer's, so only Tests/fuzz.sh can link it.
if Context.environment["FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzzing",
      dependencies: [
        "EnvoyInjector", "InjectEnvoyCommand", "LawTesting", "LosslessJSON", "LosslessYAML",
        "TaskDefinitions",
      ],
      path: "Tests/Fuzzing"))
}

// AddressSanitizer watches what holds pointers: `.ci/run` builds only that and its tests.
if Context.environment["SANITIZING"] != nil {
  let others = [
    "InjectEnvoyCommand", "ServiceConnect", "inject-envoy", "benchmarks", "CommandTesting",
    "RealEnvoy",
  ]
  let watched = ["LosslessJSONTests", "LosslessYAMLTests"]
  package.products.removeAll { $0.name == "inject-envoy" }
  package.targets.removeAll {
    others.contains($0.name) || ($0.type == .test && !watched.contains($0.name))
  }
}

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
