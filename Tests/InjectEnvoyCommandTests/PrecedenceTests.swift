import CommandTesting
import Testing

/// The order of precedence: flag, environment, label, configuration file, default.
@Suite struct PrecedenceTests {
  /// The values of one option from each source, from flag to default, and their effect on the output.
  struct Ladder: Sendable, CustomTestStringConvertible {
    let name: String
    let flag: [String]
    let variable: String
    let label: String
    let configured: String
    let shows: [String]

    var testDescription: String { name }
  }

  static let ladders = [
    Ladder(
      name: "user", flag: ["--user", "1401"], variable: "1402", label: "1403", configured: "1404",
      shows: (1401...1404).map { "\"user\": \"\($0)\"" } + ["\"user\": \"1337\""]),
    Ladder(
      name: "app-port", flag: ["--app-port", "81", "--app-port=91"], variable: "82\n92",
      label: "83,93", configured: "[84, 94]",
      shows: ["81,91", "82,92", "83,93", "84,94", "8080"].map { "\"value\": \"\($0)\"" }),
    Ladder(
      name: "job", flag: ["--job"], variable: "0", label: "true", configured: "false",
      shows: ["false", "true", "false", "true", "true"].map { "\"essential\": \($0)" }),
    Ladder(
      name: "egress-ignored-port", flag: ["--egress-ignored-port", "none"], variable: "82",
      label: "none", configured: "[84]",
      shows: [
        "IgnoredUID", "\"value\": \"82\"", "IgnoredUID", "\"value\": \"84\"", "\"value\": \"22\"",
      ]),
  ]

  @Test(arguments: ladders, 0...4) func theHigherLayerWins(_ ladder: Ladder, from top: Int) throws {
    let folder = try TemporaryFolder()
    let text = top <= 3 ? "\(ladder.name): \(ladder.configured)" : ""
    var arguments = ["--labels", "all", "--config", try folder.write(text, to: "settings.yaml")]
    if top == 0 { arguments += ladder.flag }
    let variable = "INJECT_ENVOY_" + ladder.name.uppercased().replacing("-", with: "_")
    let outcome = try Outcome.ofCommand(
      arguments, environment: top <= 1 ? [variable: ladder.variable] : [:],
      input: top <= 2
        ? Sample.web(labels: ["inject-envoy.io/\(ladder.name)": ladder.label]) : Sample.web)
    #expect(outcome.output.contains(ladder.shows[top]), "\(outcome.errors)")
    if ladder.name == "egress-ignored-port" {
      #expect(outcome.output.contains("EgressIgnoredPorts") == ![0, 2].contains(top))
    }
  }

  @Test(arguments: [
    ("env", ["A=1", "B=2"]), ("secret", ["A=arn:a", "B=arn:b"]), ("only-container", ["app"]),
    ("skip-container", ["worker"]), ("disable-filter", ["copy-logging", "set-timeouts"]),
    ("egress-ignored-ip", ["10.0.0.1", "10.0.0.2"]), ("upstream", ["a=b:1", "c=d:2"]),
  ])
  func noneClearsWhatALowerLayerSets(_ name: String, _ values: [String]) throws {
    let folder = try TemporaryFolder()
    let lines = values.map { "- \($0)\n" }.joined()
    let settings = ["--config", try folder.write("\(name):\n\(lines)", to: "settings.yaml")]
    let set = try Outcome.ofCommand(settings, input: Sample.pair)
    let cleared = try Outcome.ofCommand(settings + ["--\(name)", "none"], input: Sample.pair)
    let plain = try Outcome.ofCommand(["--\(name)", "none"], input: Sample.pair)
    #expect(set.status == 0 && cleared.status == 0, "\(set.errors)\(cleared.errors)")
    #expect(set.output != cleared.output)
    #expect(cleared.output == plain.output)
  }

  @Test(arguments: [
    ("xds: ads:1\nxds-tls: true", ["--virtual-node", Sample.node]),
    ("virtual-node: \(Sample.node)", ["--xds", "ads:1"]),
  ])
  func aControlPlaneReplacesTheOneBelow(_ configuration: String, _ flags: [String]) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(configuration, to: "settings.yaml")
    let outcome = try Outcome.ofCommand(["--config", file] + flags, input: Sample.web)
    let alone = try Outcome.ofCommand(flags, input: Sample.web)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == alone.output)
  }

  @Test func namedValuesMayBeAMapping() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("env:\n  A: 1\n  B: true\n  C: x=y\n", to: "settings.yaml")
    let configured = try Outcome.ofCommand(["--config", file], input: Sample.web)
    let given = try Outcome.ofCommand(
      ["--env", "A=1", "--env", "B=true", "--env", "C=x=y"], input: Sample.web)
    #expect(configured.output == given.output)
  }

  @Test func anEmptyVariableIsUnset() throws {
    let outcome = try Outcome.ofCommand(
      [], environment: ["INJECT_ENVOY_USER": "", "INJECT_ENVOY_APP_PORT": ""], input: Sample.web)
    #expect(outcome.output == (try Outcome.ofCommand([], input: Sample.web)).output)
  }

  @Test func aPortThatIsNamedTwiceCountsOnce() throws {
    let outcome = try Outcome.ofCommand(
      ["--app-port", "80", "--app-port", "81", "--app-port", "80"], input: Sample.web)
    #expect(outcome.output.contains("\"value\": \"80,81\""))
  }
}
