import CommandTesting
import Testing

@testable import InjectEnvoyCommand

/// The docker labels that may set options, and what a report says about them.
@Suite struct LabelTests {
  private static func document(_ name: String, _ value: String) -> String {
    Sample.web(labels: ["inject-envoy.io/\(name)": value])
  }

  /// Options that change whose code runs, who controls Envoy, or which checks run must be allowed by name.
  static let refused = OptionCase.all.filter { option in
    // A mesh is read before any document, so labels for it are never read.
    option.command == "inject" && !["labels", "mesh-file", "mesh-name"].contains(option.name)
      && OptionTable.option(option.name)?.labels != .byDefault
  }

  @Test(arguments: refused) func refusesALabelByDefault(_ option: OptionCase) throws {
    let label = "\"dockerLabels\": {\"inject-envoy.io/\(option.name)\": \"\(option.value)\"}, "
    let document = option.document.replacing("\"memory\": 512,", with: label + "\"memory\": 512,")
    guard document != option.document else { return }
    let outcome = try Outcome.ofCommand(option.others, input: document)
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("label inject-envoy.io/\(option.name) "))
  }

  @Test func theLabelsThatAreAllowedByDefault() {
    let names = OptionTable.all.filter { $0.labels == .byDefault }.map(\.name)
    #expect(
      Set(names) == [
        "app-port", "upstream", "only-container", "skip-container", "job", "tracing", "log-level",
        "node", "drain-seconds",
      ])
    for name in ["labels", "resource", "mesh-file"] {
      #expect(OptionTable.option(name)?.labels == .never)
    }
  }

  @Test(arguments: [
    ("user", "7", ["--labels", "default"], "default,user"),
    ("user", "7", ["--labels", "none"], "user"), ("user", "7", ["--labels", "job"], "job,user"),
    ("job", "true", ["--labels", "user,env"], "user,env,job"),
    ("inject", "disabled", ["--labels=job"], "job,inject"),
  ])
  func saysHowToAllowALabel(
    _ name: String, _ value: String, _ arguments: [String], _ list: String
  ) throws {
    let document = Self.document(name, value)
    for command in ["inject", "check", "policy", "bootstrap"] {
      let outcome = try Outcome.ofCommand([command] + arguments, input: document)
      let text = command == "check" ? outcome.output : outcome.errors
      #expect(outcome.status == 1)
      #expect(text.contains("label inject-envoy.io/\(name) is not allowed"), "\(text)")
      #expect(text.contains("--labels \(list)\n"), "\(text)")
    }
    let allowed = try Outcome.ofCommand(["--labels", list], input: document)
    #expect(allowed.status == 0, "\(allowed.errors)")
  }

  @Test(arguments: ["labels", "config", "resource", "in-place"])
  func noListAllowsWhatHasNoEffectOnATask(_ name: String) throws {
    let outcome = try Outcome.ofCommand(["--labels", "all"], input: Self.document(name, "all"))
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("label inject-envoy.io/\(name) has no effect"))
    let named = try Outcome.ofCommand(["--labels", name], input: Sample.web)
    #expect(named.status == 64)
    #expect(named.errors.contains("--labels: No label can set '\(name)'"), "\(named.errors)")
  }

  @Test(arguments: ["all,job", "none,job"]) func wordsStandAlone(_ list: String) throws {
    #expect(try Outcome.ofCommand(["--labels", list], input: Sample.web).status == 64)
  }

  @Test func theReportNamesLabelsAndWhatTheyLeftOut() throws {
    let label = "\"dockerLabels\": {\"inject-envoy.io/skip-container\": \"worker\"}, "
    let document = Sample.pair.replacing("\"memory\": 512,", with: label + "\"memory\": 512,")
    let outcome = try Outcome.ofCommand([], input: document)
    #expect(
      outcome.errors.contains(
        "label skip-container, port 9090 left out by a label, container worker left out by a label"
      ), "\(outcome.errors)")
    let json = try Outcome.ofCommand(["--report", "json"], input: document).output
    #expect(
      json.contains(
        #""labels":[{"task":null,"optedOut":false,"set":{"skip-container":"worker"},"#
          + #""portsLeftOut":["9090"],"containersLeftOut":["worker"]}]"#), "\(json)")
    let text = try Outcome.ofCommand(["--report", "text"], input: document).output
    #expect(text.contains("  labels\n    skip-container = worker\n    left out: port 9090\n"))
  }

  @Test func aLabelThatAFlagOverridesChangesNothing() throws {
    let document = Self.document("log-level", "debug")
    let outcome = try Outcome.ofCommand(["--log-level", "error"], input: document)
    #expect(!outcome.errors.contains("label"), "\(outcome.errors)")
  }

  /// The state "current" would hide that requests do not go through Envoy.
  @Test(arguments: ["redirect-traffic", "mark-injected"])
  func aTaskThatLacksAFilterIsNotCurrent(_ filter: String) throws {
    let options = ["--disable-filter", filter]
    let once = try Outcome.ofCommand(options, input: Sample.web)
    #expect(once.status == 0)
    let again = try Outcome.ofCommand(options, input: once.output)
    let check = try Outcome.ofCommand(["check"] + options, input: once.output)
    #expect(!check.output.contains("injected and current"), "\(check.output)")
    #expect((again.status == 0) == (check.status == 0), "\(again.errors)\(check.output)")
    if again.status == 0 {
      #expect(again.errors.contains("not fully injected"), "\(again.errors)")
      #expect(check.output.contains("not fully injected"), "\(check.output)")
    }
  }

  @Test func injectAndCheckAgreeWhereALabelDisablesEveryFilter() throws {
    let filters =
      "redirect-traffic,set-health-check,verify-envoy,wait-for-envoy,require-limits,mark-injected,"
      + "add-envoy-container"
    let document = Self.document("disable-filter", filters)
    for options in [[], ["--labels", "all"]] {
      let inject = try Outcome.ofCommand(options, input: document)
      let check = try Outcome.ofCommand(["check"] + options, input: document)
      #expect(inject.status == check.status, "\(inject.errors)\(check.output)")
      #expect(!check.output.contains("current") && !inject.errors.contains("up to date"))
    }
  }
}
