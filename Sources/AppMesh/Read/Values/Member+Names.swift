import CloudFormation

extension Member {
  /// A resource's short name; of an ARN, as CloudFormation's `Ref` gives it, the last part.
  func name(of kind: MeshResourceKind) -> String? {
    guard let text = scalar() else { return nil }
    guard text.hasPrefix("arn:") else { return self.text(length: kind.nameLength) }
    let parts = Placeholder.split(text, by: ":")
    let path = Placeholder.split(parts.dropFirst(5).joined(separator: ":"), by: "/")
    let isMeshPath = path.first == MeshResourceKind.mesh.rawValue && path.count > 1
    guard isMeshPath, path.count.isMultiple(of: 2), path[path.count - 2] == kind.rawValue else {
      refuse(
        "'\(name)' is an ARN of something other than a \(kind.words)",
        fix: "name a \(kind.words)")
      return nil
    }
    let last = path[path.count - 1]
    guard let value else { return nil }
    let short = value.replacing(with: last)
    return Member(name: name, value: short, owner: owner, log: log).text(length: kind.nameLength)
  }

  /// `{"unit": "s", "value": 15}`; no shorter and no longer than Envoy's own durations are.
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

  /// Whole milliseconds, as health checks have them.
  func milliseconds(in range: ClosedRange<Int>) -> Duration? {
    integer(in: range).map { .milliseconds($0) }
  }
}

private enum DurationUnit: String, CaseIterable {
  case seconds = "s"
  case milliseconds = "ms"
}
