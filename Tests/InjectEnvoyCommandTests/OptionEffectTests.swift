import CommandTesting
import Testing

@testable import InjectEnvoyCommand

@Suite struct OptionEffectTests {
  @Test func everyOptionHasACase() {
    for option in OptionTable.all where option.sources.contains(.key) {
      let isCovered = OptionCase.all.contains { known in
        known.name == option.name && Subcommands.named(known.command).description.accepts(option)
      }
      #expect(isCovered, "\(option.name)")
    }
  }

  @Test(arguments: OptionCase.all) func changesWhatComesOut(_ option: OptionCase) throws {
    let without = try Outcome.ofCommand(option.others, input: option.document)
    let with = try flag(option)
    #expect((with.output, with.status) != (without.output, without.status), "\(with.errors)")
    #expect(option.command == "check" || [with.status, without.status].contains(0))
  }

  /// A value has the same effect in every source of options.
  @Test(arguments: OptionCase.all) func comesFromEveryLayer(_ option: OptionCase) throws {
    let expected = try flag(option)
    let separate = try Outcome.ofCommand(
      OptionTable.option(option.name)?.placeholder == nil
        ? option.others + ["--" + option.name]
        : option.others + ["--" + option.name, option.value], input: option.document)
    #expect(separate.output == expected.output)

    let variable = try #require(OptionTable.option(option.name)?.variable)
    let environment = try Outcome.ofCommand(
      option.others, environment: [variable: option.value], input: option.document)
    #expect(environment.output == expected.output, "\(environment.errors)")

    let folder = try TemporaryFolder()
    let file = try folder.write("{\"\(option.name)\": \"\(option.value)\"}", to: "c.json")
    let configured = try Outcome.ofCommand(
      option.others + ["--config", file], input: option.document)
    #expect(configured.output == expected.output, "\(configured.errors)")
    #expect([environment.status, configured.status] == [expected.status, expected.status])
  }

  private static let aboutTasks = OptionCase.all.filter { option in
    option.command == "inject"
      && OptionTable.option(option.name).map { $0.labels != .never } == true
  }

  @Test(arguments: aboutTasks)
  func comesFromALabel(_ option: OptionCase) throws {
    let expected = try flag(option)
    let label = "\"dockerLabels\": {\"inject-envoy.io/\(option.name)\": \"\(option.value)\"}, "
    let document = option.document.replacing("\"memory\": 512,", with: label + "\"memory\": 512,")
    let labelled = try Outcome.ofCommand(option.others + ["--labels", "all"], input: document)
    #expect(labelled.output.replacing(label, with: "") == expected.output, "\(labelled.errors)")
  }

  private func flag(_ option: OptionCase) throws -> Outcome {
    try Outcome.ofCommand(
      option.others + ["--\(option.name)=\(option.value)"], input: option.document)
  }
}
