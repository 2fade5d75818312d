public import LosslessJSON

/// Values that the user gives for what templates leave open, by name: of a parameter
/// (`ProjectName`), of a pseudo parameter (`AWS::Region`), of a resource's `Ref` (`LoadBalancer`) or
/// of an attribute (`LoadBalancer.DNSName`).
public struct GivenValues: Hashable, Sendable {
  public var values: [String: String]
  /// The names that other templates of the run have. A template need not have them.
  public var namesElsewhere: Set<String>

  public init(_ values: [String: String] = [:], namesElsewhere: Set<String> = []) {
    self.values = values
    self.namesElsewhere = namesElsewhere
  }

  public var isEmpty: Bool { values.isEmpty }

  public subscript(name: String) -> String? { values[name] }

  /// The names that the templates do not have.
  ///
  /// - Parameter templates: whole templates.
  public func namesMissing(in templates: [JSONValue]) -> [String] {
    values.keys.sorted().filter { name in
      if namesElsewhere.contains(name) || PseudoParameter(rawValue: name) != nil { return false }
      let owner = name.split(separator: ".", maxSplits: 1).first.map(String.init) ?? name
      return !templates.contains {
        $0["Parameters"]?[name] != nil || $0["Resources"]?[owner] != nil
      }
    }
  }

  /// The problems of values that would have no effect, or that a template does not allow.
  ///
  /// - Parameter templates: whole templates.
  public func problems(in templates: [JSONValue]) -> [Problem] {
    let missing = namesMissing(in: templates)
    return missing.map { Problem(Self.unknownParameter, ["name": $0]) }
      + valuesNotAllowed(in: templates)
  }

  /// The problems of values that a template does not allow.
  public func valuesNotAllowed(in templates: [JSONValue]) -> [Problem] {
    values.sorted { $0.key < $1.key }.flatMap { name, value in
      templates.compactMap { template in
        let declaration = template["Parameters"]?[name]
        guard let allowed = declaration?["AllowedValues"]?.array?.compactMap(\.text),
          !allowed.contains(value)
        else { return nil }
        return Problem(
          Self.valueNotAllowed,
          ["value": value, "name": name, "allowed": allowed.joined(separator: ", ")])
      }
    }
  }
}

extension GivenValues {
  public static let rules = [unknownParameter, valueNotAllowed]

  private static let unknownParameter = Rule.error(
    "template-parameter-unknown",
    "No template has a parameter '{name}', so its value would have no effect.",
    fix: "Leave it out, or correct its name.")
  private static let valueNotAllowed = Rule.error(
    "template-parameter-value",
    "The template does not allow '{value}' for its parameter '{name}'.",
    fix: "Give one of: {allowed}.")
}
