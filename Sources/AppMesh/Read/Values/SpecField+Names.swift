import CloudFormation
import LosslessJSON

extension SpecField {
  /// The short name of a resource: the last part of an ARN, as CloudFormation's `Ref` returns it.
  func name(of kind: MeshResourceKind) -> String? {
    guard let text = scalar() else { return nil }
    guard text.hasPrefix("arn:") else { return self.text(length: kind.nameLength) }
    let parts = Placeholder.split(text, by: ":")
    let path = Placeholder.split(parts.dropFirst(5).joined(separator: ":"), by: "/")
    let isMeshPath = path.first == MeshResourceKind.mesh.rawValue && path.count > 1
    guard isMeshPath, path.count.isMultiple(of: 2), path[path.count - 2] == kind.rawValue else {
      refuse(Self.otherARN, ["name": name, "kind": kind.words])
      return nil
    }
    let last = path[path.count - 1]
    guard let value else { return nil }
    let short = value.replacing(with: last)
    return SpecField(name: name, value: short, owner: owner, log: log).text(length: kind.nameLength)
  }

  /// Reads `{"unit": "s", "value": 15}`, within the limits of Envoy's durations.
  ///
  /// <https://protobuf.dev/reference/protobuf/google.protobuf/#duration>
  func duration() -> Duration? {
    object { object in
      let unit = object["unit"].required.choice(DurationUnit.allCases)
      let value = object["value"].required.integer(in: 0...315_576_000_000)
      guard let unit, let value else { return nil }
      return unit == .seconds ? .seconds(value) : .milliseconds(value)
    }
  }

  /// Reads whole milliseconds, the unit of health checks.
  func milliseconds(in range: ClosedRange<Int>) -> Duration? {
    integer(in: range).map { .milliseconds($0) }
  }
}

extension SpecField {
  static let nameRules = [otherARN]

  private static let otherARN = Rule.error(
    "mesh-arn", "'{name}' is an ARN of something other than a {kind}.", fix: "Name a {kind}.")
}

private enum DurationUnit: String, CaseIterable {
  case seconds = "s"
  case milliseconds = "ms"
}
