import CommandTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import InjectEnvoyCommand

/// No report, diff or message prints a secret. Output documents contain them unchanged.
@Suite struct RedactionTests {
  private static let secret = "hunter2"

  /// The sample with environment variables, one of them a secret, near the places that inject edits.
  private static let web = Sample.web.replacing(
    "\n    }\n  ]\n}",
    with: """
      ,
            "environment": [{"name": "STAGE", "value": "blue"},
              {"value": "\(secret)", "name": "DB_PASSWORD"}]
          }
        ]
      }
      """)
  private static let template = """
    Parameters:
      DbPassword:
        Type: String
        Default: \(secret)
    Resources:
      Task:
        Type: AWS::ECS::TaskDefinition
        Properties:
          NetworkMode: awsvpc
          ContainerDefinitions:
            - Name: app
              Image: example.com/app:1
              Command:
                - --password=\(secret)
              Environment:
                - Name: API_TOKEN
                  Value: |
                    \(secret)
                - Name: STAGE
                  Value: blue
              LogConfiguration:
                LogDriver: splunk
                Options:
                  splunk-token: '\(secret)'

    """
  /// A foreign Envoy that has a secret.
  private static let foreign = Sample.web.replacing(
    "\n  ]\n}",
    with: """
      ,
          {"name": "envoy", "image": "envoyproxy/envoy:v1.40.0",
           "environment": [{"name": "TOKEN", "value": "\(secret)"}]}
        ]
      }
      """)

  /// These are too short to be searched for in other texts.
  @Test(arguments: [
    ("mysql -pab shop", "mysql -p*** shop"), ("run --password x1 -v", "run --password *** -v"),
    ("curl -u a:b http://c", "curl -u a:*** http://c"), ("PIN=1 run", "PIN=*** run"),
  ])
  func shortSecretsAreHiddenInCommands(_ command: String, _ masked: String) {
    let text = Sample.web.replacing(
      #""image""#, with: #""command": ["sh", "-c", "\#(command)"], "image""#)
    let redaction = Redaction(of: Array(text.utf8))
    #expect(redaction.masked(.string(command)) == .string(masked))
    let document = String(decoding: redaction.masked(document: Array(text.utf8)), as: UTF8.self)
    #expect(document.contains(masked) && !document.contains(command))
  }

  static let reports = [["--diff"], ["--report", "json"], ["--report", "text"]]

  private func expectHidden(
    _ arguments: [String], _ input: String, shows others: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try Outcome.ofCommand(arguments, input: input)
    let said = outcome.output + outcome.errors
    #expect(!said.contains(Self.secret), sourceLocation: sourceLocation)
    for other in others {
      #expect(said.contains(other), "\(said)", sourceLocation: sourceLocation)
    }
  }

  @Test func documentsKeepTheirs() throws {
    for input in [Self.web, Self.template] {
      let injected = try Outcome.ofCommand(["--env", "PIN=\(Self.secret)"], input: input)
      #expect(injected.status == 0, "\(injected.errors)")
      #expect(!injected.errors.contains(Self.secret))
      #expect(try Outcome.ofCommand(["uninject"], input: injected.output).output == input)
    }
  }

  @Test func diffsHideTheLinesBesideTheEdits() throws {
    try expectHidden(
      ["--diff"], Self.web, shows: #"   {"value": "***", "name": "DB_PASSWORD"}]"#, "\"blue\"")
    try expectHidden(["--diff", "--pretty"], Self.web, shows: "\"value\": \"***\"", "\"blue\"")
    try expectHidden(["--diff"], Self.template, shows: #"splunk-token: "***""#, "Name: envoy")
  }

  @Test(arguments: reports) func addedSecretsAreHidden(_ report: [String]) throws {
    let options = ["--env", "PASSWORD=\(Self.secret)", "--env", "STAGE=blue"]
    try expectHidden(report + options, Sample.web, shows: "*** (new)")
  }

  @Test(arguments: reports) func secretsOfARemovedEnvoyAreHidden(_ report: [String]) throws {
    try expectHidden(["uninject", "--foreign"] + report, Self.foreign, shows: "***")
  }

  /// The ledger is JSON in a string that contains the former values.
  @Test(arguments: reports) func patchedSecretsAreHiddenInTheLedger(_ report: [String]) throws {
    let folder = try TemporaryFolder()
    let patch = #"{"op": "replace", "path": "/containerDefinitions/0/environment/1/value", "#
    let file = try folder.write(
      #"{"patches": [\#(patch)"value": "other-secret"}]}"#, to: "inject-envoy.json")
    let arguments = report + ["--config", file]
    try expectHidden(arguments, Self.web, shows: "***", "*** (new)")
    #expect(!(try Outcome.ofCommand(arguments, input: Self.web).output.contains("other-secret")))
    let document = try Outcome.ofCommand(["--config", file], input: Self.web)
    #expect(document.output.contains("other-secret") && document.output.contains(Self.secret))
  }

  @Test func theMachineReportSaysWhatItHides() throws {
    let arguments = ["--report", "json", "--env", "PASSWORD=\(Self.secret)", "--disable-filter"]
    let output = try Outcome.ofCommand(arguments + ["copy-logging"], input: Self.web).output
    let report = try Document(Array(output.utf8))
    let edits = try #require(report.value(report.root)["edits"]?.array)
    let masked = edits.filter { $0["masked"] == true }
    #expect(!masked.isEmpty && masked.count < edits.count)
    for edit in edits { #expect((edit["masked"] != nil) == edit.compactText.contains("***")) }
  }

  /// Its name and its value, a JSON text in a string, contain escapes.
  @Test func secretsInTextsOfJSONAreHidden() throws {
    let inner = #"{\"n\u0061me\": \"API_TOKEN\", \"value\": \"hun\u0074er2\"}"#
    let nested = Sample.web.replacing(
      "\"image\": \"example.com/app:1\"",
      with: #""image": "example.com/app:1", "command": ["\#(inner)", "\#(Self.secret)"]"#)
    let wrong = nested.replacing("\"cpu\": \"256\"", with: "\"cpu\": \"\(Self.secret)\"")
    try expectHidden([], wrong, shows: "***", "cpu")
    try expectHidden(["--diff", "--pretty"], nested, shows: "***")
  }

  @Test func textsThatCanNotBeReadHideEveryValue() throws {
    let pair = #"{"environment": [{"name": "A", "value": "#
    try expectHidden([], pair + #""\#(Self.secret)" "x"}]}"#, shows: "\"*******\" \"x\"", "^")
    try expectHidden([], pair + "\(Self.secret)}]}", shows: "'***' is not a JSON value", "*******}")
    try expectHidden([], pair + "'\(Self.secret)'}]}", shows: "'*******'")
    try expectHidden([], #"{"dockerLabels": {"token": "\#(Self.secret)", "#, shows: "*******")
    try expectHidden(["check", "--format", "json"], pair + "\(Self.secret)}]}", shows: "'***'")
    try expectHidden([], "Value: \(Self.secret): x\nResources:\n\t- a", shows: "error")
  }

  @Test(arguments: ["text", "json", "sarif", "github"])
  func checksHideThem(_ format: String) throws {
    let wrong = Self.web.replacing("\"cpu\": \"256\"", with: "\"cpu\": \"\(Self.secret)\"")
    try expectHidden(["check", "--format", format], wrong, shows: "***")
    try expectHidden([], wrong, shows: "***", "cpu")
  }

  @Test func messagesHideWhatHasTheFormOfASecret() throws {
    let url = "https://web:\(Self.secret)@example.com"
    try expectHidden(["--xds", url], Sample.web, shows: "https://web:***@example.com")
    let labelled = Sample.web(labels: ["inject-envoy.io/xds": "\(url)"])
    try expectHidden(["--labels", "all"], labelled, shows: "https://web:***@example.com")
  }
}
