import EnvoyInjector
public import LosslessJSON
import TaskDefinitions

/// Generates ledgers as if somebody had written them by hand, and checks that they cannot do any damage.
public struct RandomLedger {
  private var seed: Seed

  public init(_ seed: inout Seed) { self.seed = seed.part() }

  /// The task definition with the ledger on one of its containers.
  public mutating func mark(_ definition: JSONValue) -> JSONValue {
    guard case .object(var members) = definition,
      let index = members.firstIndex(where: { $0.name == "containerDefinitions" }),
      case .array(var containers) = members[index].value, !containers.isEmpty
    else { return definition }
    let place = seed.number(0...containers.count - 1)
    containers[place] = containers[place].merging([
      "dockerLabels": ["inject-envoy.io/ledger": .string(text)]
    ])
    members[index].value = .array(containers)
    return .object(members)
  }

  private var text: String {
    mutating get {
      let steps = (0..<seed.number(1...3)).map { _ in step }
      let format = seed.chance(95) ? 1 : seed.number(-1...3)
      let ledger: JSONValue = ["format": .integer(format), "undo": .array(steps)]
      return seed.chance(95) ? ledger.compactText : seed.pick(Seed.spellings)
    }
  }

  private var step: JSONValue {
    mutating get {
      var step = JSONValue.object([
        .init(
          seed.pick(["remove", "remove", "remove", "remove", "replace", "add", "revoke"]),
          .string(pointer))
      ])
      let details: [JSONValue] = [
        ["text": .string(spelling)], ["was": .string(spelling)], ["prune": true],
        ["null": true], ["null": .string(spelling)], ["closing": .string(spelling)],
        ["index": .integer(seed.pick([0, 1, 2, -1, .max]))], ["head": .string(spelling)],
        ["gap": .string(spelling)], ["statements": [["Sid": "S"]]],
      ]
      for detail in details where seed.chance(60) { step = step.merging(detail) }
      return step
    }
  }

  private var spelling: String {
    mutating get { seed.pick(["null", "\"256\"", "\"awsvpc\"", seed.pick(Seed.spellings)]) }
  }

  private var pointer: String {
    mutating get {
      let container = seed.pick(["=app", "=web", "=envoy", "=xray", "0", "1", "-", "=init", "=a"])
      let list = "/containerDefinitions/\(container)"
      // Most of these are steps that inject can have written.
      let likely = [
        "/cpu", "/memory", "/networkMode", "/proxyConfiguration", "\(list)/dependsOn/=envoy", list,
      ]
      let others = [
        "", "/", "/containerDefinitions", "/family", "/tags", "/volumes/0", "\(list)/image",
        "\(list)/dependsOn", "\(list)/dependsOn/=app", "\(list)/dependsOn/0", "\(list)/name",
        "\(list)/environment/=A", "\(list)/dockerLabels", "/x~1y",
        "/Resources/Role/Properties/Policies/=inject-envoy",
      ]
      return seed.pick(seed.chance(80) ? likely : others)
    }
  }

  /// Checks the effect of uninject with any ledger: it may change the members that inject writes, and
  /// containers that are not the application's, but nothing else. Every output loses the members that
  /// ECS describes but refuses to register, null among them.
  public static func check(_ before: JSONValue, _ after: JSONValue) throws {
    let (before, after) = (withoutNulls(before), withoutNulls(after))
    let free: Set = [
      "containerDefinitions", "cpu", "memory", "networkMode", "proxyConfiguration", "tags",
      "revision", "status", "registeredAt", "requiresAttributes", "compatibilities",
    ]
    for member in before.object ?? [] where !free.contains(member.name) {
      try Violation.unless(
        after[member.name] == member.value, "a ledger does not change \(member.name)")
    }
    let left = after["containerDefinitions"]?.array ?? []
    for container in before["containerDefinitions"]?.array ?? [] where !mayGo(container) {
      let now = left.first { $0["name"] == container["name"] }
      try Violation.unless(now != nil, "a ledger does not remove a container of the application")
      for member in container.object ?? [] where member.name != "dependsOn" {
        try Violation.unless(
          now?[member.name] == member.value, "a ledger does not change \(member.name)")
      }
    }
  }

  private static func withoutNulls(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      .object(
        members.filter { $0.value != .null }
          .map { JSONValue.Member($0.name, withoutNulls($0.value)) })
    case .array(let elements): .array(elements.filter { $0 != .null }.map(withoutNulls))
    default: value
    }
  }

  private static func mayGo(_ container: JSONValue) -> Bool {
    container["dockerLabels"]?["inject-envoy.io/ledger"] != nil
      || container["essential"] == false
      || container["image"]?.string?.contains("xray-daemon") == true
  }
}
