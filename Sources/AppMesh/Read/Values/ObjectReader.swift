import CloudFormation

/// Reads an object member by member. What is not asked for by the end is unknown to App Mesh.
///
/// Names are those of App Mesh's API; CloudFormation and templates in the wild write the same
/// names in other cases (`AWSCloudMap`, `awsCloudMap`).
final class ObjectReader {
  let value: SpecValue
  let log: ProblemLog
  private let members: [(name: String, value: SpecValue)]
  private var known: [String] = []

  /// - Returns: `nil`, with a problem, when the value is no object.
  init?(_ value: SpecValue, called name: String, _ log: ProblemLog) {
    guard case .object(let members) = value.content else {
      log.add(wrongKind: "an object", name, value)
      return nil
    }
    self.value = value
    self.log = log
    self.members = members
  }

  subscript(name: String) -> Member {
    known.append(name)
    let key = name.lowercased()
    let given = members.filter { $0.name.lowercased() == key }
    if given.count > 1 { log.add(twice: given.map(\.name), given[1].value) }
    return Member(name: name, value: given.first?.value, owner: value, log: log)
  }

  /// The one of several members that is given.
  func oneOf<Choice>(
    isRequired: Bool = true, _ choices: [(name: String, read: (Member) -> Choice?)]
  ) -> Choice? {
    let given = choices.map { (member: self[$0.name], read: $0.read) }
      .filter { $0.member.value != nil }
    guard given.count < 2, let choice = given.first else {
      if isRequired || given.count > 1 { log.add(notOneOf: choices.map(\.name), value) }
      return nil
    }
    return choice.read(choice.member)
  }

  /// Knows members, whatever they are.
  func ignore(_ names: [String]) { known += names }

  func refuseOthers() {
    let keys = known.map { $0.lowercased() }
    for member in members where !keys.contains(member.name.lowercased()) {
      log.add(unknown: member.name, known, member.value)
    }
  }
}

extension ProblemLog {
  func add(wrongKind kind: String, _ name: String, _ value: SpecValue) {
    if case .unresolved(let unresolved) = value.content {
      return add(unresolved, needed: name, at: value.origin)
    }
    add("\(name) is not \(kind)", fix: "write \(kind) here", value)
  }

  func add(_ message: String, fix: String, _ value: SpecValue) {
    add(message, fix: fix, at: value.origin)
  }

  fileprivate func add(twice names: [String], _ value: SpecValue) {
    add(
      "'\(names[0])' and '\(names[1])' are the same member of App Mesh's API", fix: "remove one",
      value)
  }

  fileprivate func add(notOneOf names: [String], _ value: SpecValue) {
    add(
      "exactly one of \(names.joined(separator: ", ")) has to be given here",
      fix: "give the one that is meant", value)
  }

  fileprivate func add(unknown name: String, _ known: [String], _ value: SpecValue) {
    add(
      "App Mesh knows no '\(name)' here, so what it is meant to do would be lost",
      fix: known.isEmpty ? "remove it" : "write one of: \(known.joined(separator: ", "))", value)
  }
}
