import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// For programs: one object a line, one line a document.
struct JSONCheckReport: CheckReport {
  func add(_ document: CheckedDocument) -> String {
    let check = document.check
    let object: JSONValue = [
      "file": .string(document.file), "family": check.family.map(JSONValue.string) ?? .null,
      "state": .string(check.state.rawValue), "wouldChange": .bool(check.wouldChange),
      "obstacles": .array(
        document.obstacles.map { ["code": .string($0.code), "message": .string($0.text)] }),
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
