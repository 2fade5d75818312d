import LawTesting
import LosslessJSON
import TaskDefinitions

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

/// Documents with hand-written labels.
enum Hostile {
  /// A ledger cannot change anything that inject could not have changed.
  static func checkLedger(_ input: [UInt8]) throws {
    var seed = Seed(choices: input[...])
    var definition = RandomTaskDefinition(&seed)
    var ledger = RandomLedger(&seed)
    let before = ledger.mark(definition.make())
    guard before["containerDefinitions"] != nil else { return }
    let bytes = Array(before.compactText.utf8)
    let injector = Injector(InjectionOptions())
    _ = try? injector.inject(bytes)
    _ = injector.check(bytes)
    guard let output = try? Injector.uninject(bytes).output else { return }
    let after = try Document(output)
    try RandomLedger.check(before, after.value(after.root))
  }

  /// Labels that are allowed by default cannot change whose code runs.
  static func checkLabels(_ input: [UInt8]) throws {
    var seed = Seed(choices: input[...])
    var labels: [JSONValue.Member] = []
    for _ in 0..<seed.number(1...4) {
      let name = seed.pick(OptionTable.all).name
      let value = seed.pick(["true", "8080", "x", "none", "xray", "*", "a=b", "info", "1", ""])
      labels.append(JSONValue.Member("inject-envoy.io/" + name, .string(value)))
    }
    let document: JSONValue = [
      "family": "web", "networkMode": "awsvpc",
      "containerDefinitions": [
        ["name": "app", "image": "app:1", "dockerLabels": .object(labels)]
      ],
    ]
    let injector = try OptionSources(CommandLineArguments([]), [:]).injector()
    guard let output = try? injector.inject(Array(document.compactText.utf8)).output else { return }
    let injected = try Document(output)
    let containers = injected.value(injected.root)["containerDefinitions"]?.array ?? []
    let envoy = containers.first { $0["name"] == "envoy" }
    try Violation.unless(
      envoy?["image"]?.string == InjectionOptions().resolvedEnvoyImage
        && envoy?["user"] == "1337" && envoy?["secrets"] == nil,
      "labels do not choose the image, the user or secrets")
  }

  /// Empty values in YAML get their original spelling back.
  static func checkNulls(_ input: [UInt8]) throws {
    var seed = Seed(choices: input[...])
    var nulls = RandomNulls(&seed)
    let template = nulls.make()
    var options = InjectionOptions()
    options.appPorts = [8080]
    try Injecting.check(template, options)
  }
}
