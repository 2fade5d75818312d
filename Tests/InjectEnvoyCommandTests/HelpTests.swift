import CommandTesting
import EnvoyInjector
import TaskDefinitions
import Testing

@testable import InjectEnvoyCommand

@Suite struct HelpTests {
  private static let names = Subcommands.descriptions.map(\.name)
  private static let calls =
    [["--help"], ["-h"], ["help"]]
    + names.flatMap { [[$0, "--help"], ["help", $0]] }

  @Test(arguments: calls) func staysInAHundredColumns(_ arguments: [String]) throws {
    let outcome = try Outcome.ofCommand(arguments)
    #expect(outcome.status == 0 && outcome.errors == "")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.filter { $0.count > 100 } == [])
    #expect(lines.filter { $0.hasSuffix(" ") } == [])
  }

  @Test(arguments: [["--help"], ["help"], ["-h"]])
  func theOverviewListsCommandsAndTenOptions(_ arguments: [String]) throws {
    let text = try Outcome.ofCommand(arguments).output
    for name in Self.names { #expect(text.contains("\n  \(name)  ")) }
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("  ") && $0.contains(" --") }
    #expect(rows.count == 10)
  }

  @Test(arguments: names)
  func aCommandListsItsOptionsAndNoOthers(_ name: String) throws {
    let command = Subcommands.named(name).description
    let text = try Outcome.ofCommand([name, "--help"]).output
    #expect(text == (try Outcome.ofCommand(["help", name])).output)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("\nusage: inject-envoy "))
    #expect(text.contains("\nexample:\n  inject-envoy "))
    for option in OptionTable.all {
      let isListed = words.contains(" \(option.usage) \(option.help)")
      #expect(isListed == command.accepts(option), "\(option.name)")
    }
  }

  @Test(arguments: ["inject", "check", "policy", "bootstrap"])
  func helpNamesTheLabelsThatAreAllowed(_ command: String) throws {
    let text = try Outcome.ofCommand([command, "--help"]).output
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let names = OptionTable.all.filter { $0.labels == .byDefault }.map(\.name)
    #expect(words.contains("can set these options: \(names.joined(separator: ", ")) A label"))
  }

  /// A row of the help describes the option with a noun, or its effect with a verb.
  @Test(arguments: OptionTable.all.map(\.help)) func aRowBeginsWithANounOrAVerb(_ help: String) {
    let first = help.prefix { $0 != " " }.lowercased()
    #expect(help.first?.isUppercase == true && !help.hasSuffix("."))
    let others = [
      "the", "a", "an", "of", "by", "in", "with", "for", "what", "which", "how", "until",
    ]
    #expect(!others.contains(first))
  }

  @Test func helpOnNoCommandIsAnError() throws {
    let outcome = try Outcome.ofCommand(["help", "chek"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("fix: Did you mean 'check'?"), "\(outcome.errors)")
  }

  @Test func noTwoOptionsShareAName() {
    for command in Subcommands.descriptions {
      let names = command.options.map(\.name)
      #expect(Set(names).count == names.count, "\(command.name)")
      let letters = command.options.compactMap(\.letter)
      #expect(Set(letters).count == letters.count, "\(command.name)")
    }
  }

  @Test(arguments: ["--version", "version"]) func printsTheVersion(_ word: String) throws {
    let outcome = try Outcome.ofCommand([word])
    #expect(outcome.output == "inject-envoy \(Version.current)\n")
  }

  @Test func listsThePipeline() throws {
    let outcome = try Outcome.ofCommand(["filters"])
    let lines = outcome.output.split(separator: "\n")
    let filters = FilterDescription.all
    #expect(lines.count == filters.count)
    for (line, filter) in zip(lines, filters) {
      #expect(line.hasPrefix(filter.name + " "))
      #expect(line.hasSuffix(" " + filter.summary))
      #expect(filter.summary.first?.isUppercase == true && !filter.summary.hasSuffix("."))
    }
  }
}
