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
      "findings": .array(document.findings.map(Self.finding)),
    ]
    return Printable.json(object.compactText) + "\n"
  }

  func end() -> String { "" }

  private static func finding(_ message: Message) -> JSONValue {
    let finding = message.problem
    return [
      "code": .string(finding.code), "severity": .string(finding.severity.rawValue),
      "message": .string(message.text), "fix": .string(message.fix),
      "pointer": .string(finding.pointer.description), "line": .integer(message.line),
      "column": .integer(message.column), "check": .string(finding.stage),
      "source": finding.rule.source.map(JSONValue.string) ?? .null,
    ]
  }
}
