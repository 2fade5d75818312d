import LawTesting
import LosslessJSON
import Surroundings
import TaskChecks
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Our verdict about kinds of values is botocore's.
@Suite(.enabled(if: RegistrationTests.canRun, "botocore is missing: run Tests/install-tools.sh"))
struct ValueKindsLawTests {
  /// A value of the API: the members and indices that lead to it, and what belongs there.
  private struct Slot {
    let path: [String]
    let shape: APIShape

    /// The slots in this one, and itself.
    var all: [Slot] {
      switch shape {
      case .text, .integer, .flag: [self]
      case .texts: [self, Slot(path: path + ["free"], shape: .text)]
      case .list(let element): [self] + Slot(path: path + ["0"], shape: element.shape).all
      case .structure(let structure):
        [self]
          + zip(structure.names(in: .register).names, structure.shapes).flatMap { name, shape in
            Slot(path: path + [name.text], shape: shape).all
          }
      }
    }

    /// A task definition with nothing but a value in this place.
    func document(with value: JSONValue) -> String {
      path.reversed().reduce(value) { inner, token in
        token == "0" ? .array([inner]) : .object([JSONValue.Member(token, inner)])
      }.compactText
    }
  }

  private static let values: [JSONValue] = ["a", "1", 1, .number("1.5"), true, [], [:], ["a"]]

  private static func refuses(_ json: String) throws -> Bool {
    let task = TaskDefinition(try Document(Array(json.utf8)))
    var findings = Findings()
    ValueKinds.check(task, &findings)
    return findings.hasErrors
  }

  /// Every member of the API with a value of every kind.
  @Test func botocoreRefusesTheSameKinds() throws {
    let slots = Slot(path: [], shape: .structure(.registerTaskDefinitionRequest)).all
    #expect(slots.count > 180)
    var cases: [(json: String, isRefused: Bool)] = []
    for slot in slots where !slot.path.isEmpty {
      for value in Self.values {
        // Python's True is an integer. ECS knows the difference.
        if case .integer = slot.shape, value == true { continue }
        let json = slot.document(with: value)
        cases.append((json, try Self.refuses(json)))
      }
    }
    let reports = try RegistrationOracle.problems(of: cases.map { Array($0.json.utf8) })
    try #require(reports.count == cases.count)
    for (test, report) in zip(cases, reports) {
      // Absent members and short texts are other faults.
      #expect(test.isRefused == report.contains("Invalid type"), "\(test.json): \(report)")
    }
  }

  /// No document of the corpus is refused for a kind that botocore takes.
  @Test func refusesNoDocumentThatBotocoreTakes() throws {
    let files = Folders.documents(in: ["taskdef", "describe", "containers", "templated", "invalid"])
    var refused: [[UInt8]] = []
    for file in files {
      guard let bytes = Folders.bytes(file), let plain = try? Laws.plain(bytes),
        let document = try? Document(plain)
      else { continue }
      let value = document.value(document.root)
      let whole = value.array.map { _ in ["family": "x", "containerDefinitions": value] } ?? value
      let json = Array(whole.compactText.utf8)
      if try Self.refuses(String(decoding: json, as: UTF8.self)) { refused.append(json) }
    }
    for report in try RegistrationOracle.problems(of: refused) {
      #expect(report.contains("Invalid type"))
    }
  }

  /// A container's member, the advice about it, and the member after the advice was followed.
  @Test(arguments: [
    (#""cpu": "256""#, "Write the number without quotes.", #""cpu": 256"#),
    (#""essential": "false""#, "Write it without quotes.", #""essential": false"#),
    (#""user": 1337"#, "Write it in quotes.", #""user": "1337""#),
    (
      #""environment": [{"name": "PORT", "value": 8080}]"#, "Write it in quotes.",
      #""environment": [{"name": "PORT", "value": "8080"}]"#
    ),
    (
      #""command": "run -x""#, "Write an array that has each word as a string of its own.",
      #""command": ["run", "-x"]"#
    ),
    (
      #""healthCheck": {"command": "curl -f localhost"}"#,
      #"Write ["CMD-SHELL", "curl -f localhost"]."#,
      #""healthCheck": {"command": ["CMD-SHELL", "curl -f localhost"]}"#
    ),
    (#""cpu": 2e2"#, "Write a whole number without a fraction or exponent.", #""cpu": 200"#),
  ])
  func theAdviceWorks(wrong: String, advice: String, right: String) throws {
    let document = { (member: String) in
      #"{"family": "x", "networkMode": "awsvpc", "containerDefinitions": "#
        + #"[{"name": "app", "image": "a", \#(member)}]}"#
    }
    let refusals = Injecting.refusals { try Injecting.inject(document(wrong)) }
    #expect(refusals.map { $0.hasSuffix("; fix: \(advice)") } == [true])
    let output = try Injecting.inject(document(right)).output
    let problems = try RegistrationOracle.problems(of: [Array(document(wrong).utf8), output])
    #expect(problems.map(\.isEmpty) == [false, true])
  }
}
