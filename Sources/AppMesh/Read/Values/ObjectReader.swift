import CloudFormation
import LosslessJSON

/// Reads an object member by member. Members that were not requested by the end are unknown to App Mesh
/// and reported.
///
/// Names are spelled as in App Mesh's API. Case is ignored, because CloudFormation and existing templates
/// use other spellings (`AWSCloudMap`, `awsCloudMap`).
final class ObjectReader {
  let value: SpecValue
  let log: ProblemLog
  private let members: [(name: String, value: SpecValue)]
  private var known: [String] = []

  /// - Returns: `nil`, after reporting a problem, if the value is not an object.
  init?(_ value: SpecValue, called name: String, _ log: ProblemLog) {
    guard case .object(let members) = value.content else {
      log.add(wrongKind: "an object", name, value)
      return nil
    }
    self.value = value
    self.log = log
    self.members = members
  }

  subscript(name: String) -> SpecField {
    known.append(name)
    let key = name.lowercased()
    let given = members.filter { $0.name.lowercased() == key }
    if given.count > 1 {
      log.add(
        Self.twice, ["one": given[0].name, "other": given[1].name], at: given[1].value.origin)
    }
    return SpecField(name: name, value: given.first?.value, owner: value, log: log)
  }

  /// Reads the only member of a group of alternatives.
  func oneOf<Choice>(
    isRequired: Bool = true, _ choices: [(name: String, read: (SpecField) -> Choice?)]
  ) -> Choice? {
    let given = choices.map { (member: self[$0.name], read: $0.read) }
      .filter { $0.member.value != nil }
    guard given.count < 2, let choice = given.first else {
      if isRequired || given.count > 1 {
        log.add(
          Self.notOneOf, ["names": choices.map(\.name).joined(separator: ", ")], at: value.origin)
      }
      return nil
    }
    return choice.read(choice.member)
  }

  /// Accepts members without reading them.
  func ignore(_ names: [String]) { known += names }

  func refuseOthers() {
    let keys = known.map { $0.lowercased() }
    for member in members where !keys.contains(member.name.lowercased()) {
      log.add(unknown: member.name, known, member.value)
    }
  }
}

extension ObjectReader {
  static let rules = [wrongKind, twice, notOneOf, unknown]

  fileprivate static let wrongKind = Rule.error(
    "mesh-value-kind", "{name} is not {kind}.", fix: "Write {kind} here.")
  private static let twice = Rule.error(
    "mesh-member-twice", "'{one}' and '{other}' are one member of App Mesh's API.",
    fix: "Remove one of them.")
  private static let notOneOf = Rule.error(
    "mesh-member-choice", "Exactly one of {names} is required here.", fix: "Give one of them.")
  fileprivate static let unknown = Rule.error(
    "mesh-member-unknown", "App Mesh does not have '{name}' here, so it would be ignored.",
    fix: "Write one of: {known}.")
}

extension ProblemLog {
  /// - Parameters:
  /// - kind: the expected kind of value: `an object`.
  /// - name: the member, in quotes.
  func add(wrongKind kind: String, _ name: String, _ value: SpecValue) {
    if case .unresolved(let unresolved) = value.content {
      return add(unresolved: unresolved, needed: name, at: value.origin)
    }
    add(ObjectReader.wrongKind, ["name": name, "kind": kind], at: value.origin)
  }

  fileprivate func add(unknown name: String, _ known: [String], _ value: SpecValue) {
    add(
      ObjectReader.unknown, ["name": name, "known": known.joined(separator: ", ")],
      fix: known.isEmpty ? "Remove it." : nil, at: value.origin)
  }
}
