import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The format for programs: one line with an object for each document.
struct JSONCheckReport: CheckReport {
  func add(_ document: CheckedDocument) -> String {
    let check = document.check
    let object: JSONValue = [
      "file": .string(document.origin.file), "document": .integer(document.origin.number),
      "family": check.family.map(JSONValue.string) ?? .null,
      "state": .string(check.state.rawValue), "wouldChange": .bool(check.wouldChange),
      "obstacles": .array(
        document.obstacles.map { ["code": .string($0.problem.code), "message": .string($0.text)] }),
      "findings": .array(document.findings.map(\.json)),
    ]
    return Printable.json(object)
  }

  func end() -> String { "" }
}

extension Message {
  /// The finding for programs.
  var json: JSONValue {
    [
      "code": .string(problem.code), "severity": .string(problem.severity.rawValue),
      "message": .string(text), "fix": .string(wholeFix),
      "pointer": .string(problem.pointer.description), "line": .integer(line),
      "column": .integer(column), "check": .string(problem.stage),
      "source": problem.rule.source.map(JSONValue.string) ?? .null,
    ]
  }
}
