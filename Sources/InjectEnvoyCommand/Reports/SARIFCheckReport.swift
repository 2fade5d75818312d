import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The format for code scanning: the Static Analysis Results Interchange Format.
///
/// - SeeAlso: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
struct SARIFCheckReport: CheckReport {
  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  private var results: [JSONValue] = []
  /// A note on the state of each document.
  private var notifications: [JSONValue] = []

  mutating func add(_ document: CheckedDocument) -> String {
    results += document.findings.map { Self.result($0, in: document) }
    notifications.append([
      "level": "note", "message": ["text": .string("\(document.title): \(document.verdict)")],
      "locations": [["physicalLocation": Self.artifact(document.origin.file)]],
    ])
    return ""
  }

  func end() -> String {
    let log: JSONValue = [
      "$schema": .string(Self.schema), "version": "2.1.0",
      "runs": [
        [
          "tool": ["driver": Self.driver], "columnKind": "unicodeCodePoints",
          "invocations": [
            ["executionSuccessful": true, "toolExecutionNotifications": .array(notifications)]
          ],
          "results": .array(results),
        ]
      ],
    ]
    return Printable.json(log, .pretty)
  }

  private static var driver: JSONValue {
    [
      "name": "inject-envoy", "version": .string(Version.current),
      "rules": .array(Rule.all.map(rule)),
    ]
  }

  private static func rule(_ rule: Rule) -> JSONValue {
    let members: [(String, JSONValue?)] = [
      ("id", .string(rule.code)), ("shortDescription", ["text": .string(rule.text.spelled)]),
      ("help", ["text": .string(rule.fix.spelled)]),
      ("helpUri", rule.source.map(JSONValue.string)),
      ("defaultConfiguration", ["level": .string(rule.severity.rawValue)]),
    ]
    return .object(members.compactMap { name, value in value.map { JSONValue.Member(name, $0) } })
  }

  private static func result(
    _ message: Message, in document: CheckedDocument
  ) -> JSONValue {
    let finding = message.problem
    let region: JSONValue = [
      "startLine": .integer(message.line), "startColumn": .integer(message.column),
    ]
    return [
      "ruleId": .string(finding.code),
      "ruleIndex": .integer(Rule.all.firstIndex(of: finding.rule) ?? -1),
      "level": .string(finding.severity.rawValue),
      "message": ["text": .string("\(message.text) Fix: \(message.wholeFix)")],
      "locations": [
        [
          "physicalLocation": artifact(document.origin.file).merging(["region": region]),
          "logicalLocations": [
            ["fullyQualifiedName": .string(finding.pointer.description), "kind": "value"]
          ],
        ]
      ],
    ]
  }

  private static func artifact(_ file: String) -> JSONValue {
    ["artifactLocation": ["uri": .string(file.percentEncodedPath)]]
  }
}

extension String {
  /// A path as a URI reference (RFC 3986).
  fileprivate var percentEncodedPath: String {
    let plain = Set("-._~/!$&'()*+,=@".utf8)
    return utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        (byte < 0x80 && scalar.properties.isAlphabetic)
        || ("0"..."9").contains(scalar) || plain.contains(byte)
      let hex = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(scalar) : "%" + (hex.count == 1 ? "0" + hex : hex)
    }.joined()
  }
}
