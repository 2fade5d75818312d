import CloudFormation
import LosslessJSON

extension SpecField {
  /// Reads the short name of a resource, which is the last part of an ARN as CloudFormation's `Ref` returns it.
  func name(of kind: MeshResourceKind) -> String? {
    guard let text = scalar() else { return nil }
    guard text.hasPrefix("arn:") else {
      return kind == .virtualService ? hostName() : self.text(length: kind.nameLength)
    }
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
    let named = SpecField(name: name, value: short, owner: owner, log: log)
    return kind == .virtualService ? named.hostName() : named.text(length: kind.nameLength)
  }

  /// Reads a name that callers send as a request's host.
  ///
  /// - Parameter allowsWildcard: whether the name may begin with `*`.
  func hostName(length: ClosedRange<Int> = 1...Int.max, allowsWildcard: Bool = false) -> String? {
    guard let text = text(length: length) else { return nil }
    let name = allowsWildcard && text.hasPrefix("*") ? text.dropFirst() : text[...]
    let isHost = name.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789-._:[]".unicodeScalars.contains(scalar))
    }
    guard isHost else {
      refuse(Self.notAHost, ["name": self.name, "value": text])
      return nil
    }
    return text
  }

  /// Reads an expression that is valid in RE2, Envoy's engine.
  func regularExpression() -> String? {
    guard let text = text(length: 1...255) else { return nil }
    if let refusal = RE2Syntax.refusal(of: text) {
      refuse(
        Self.expression, ["name": name, "value": text, "reason": refusal.reason])
      return nil
    }
    return text
  }

  /// Reads a duration that must not be zero.
  func positiveDuration() -> Duration? {
    guard let duration = duration() else { return nil }
    guard duration > .zero else {
      refuse(Self.zeroDuration, ["name": name])
      return nil
    }
    return duration
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
  static let nameRules = [expression, notAHost, otherARN, zeroDuration]

  private static let expression = Rule.error(
    "mesh-regular-expression",
    "'{name}' is '{value}', which Envoy refuses: {reason}.",
    fix: "Write an expression in the syntax of RE2.",
    see: "https://github.com/google/re2/wiki/Syntax")
  private static let notAHost = Rule.error(
    "mesh-host-name", "'{name}' is '{value}', which is not a host name.",
    fix: "Use letters, digits, '-', '_' and '.'.")
  private static let zeroDuration = Rule.error(
    "mesh-duration-zero", "'{name}' is 0, which Envoy refuses.", fix: "Use a longer duration.")

  private static let otherARN = Rule.error(
    "mesh-arn", "'{name}' is an ARN of something other than a {kind}.", fix: "Name a {kind}.")
}

private enum DurationUnit: String, CaseIterable {
  case seconds = "s"
  case milliseconds = "ms"
}
