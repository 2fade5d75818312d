import CommandTesting
import EnvoyInjector
import TaskDefinitions
import Testing

@testable import InjectEnvoyCommand

@Suite struct HelpTests {
  private static let calls =
    [["--help"], ["-h"], ["help"]]
    + Subcommand.allCases.flatMap { [[$0.rawValue, "--help"], ["help", $0.rawValue]] }

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
    for command in Subcommand.allCases { #expect(text.contains("\n  \(command.rawValue)  ")) }
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("  ") && $0.contains(" --") }
    #expect(rows.count == 10)
  }

  @Test(arguments: Subcommand.allCases)
  func aCommandListsItsOptionsAndNoOthers(_ command: Subcommand) throws {
    let text = try Outcome.ofCommand([command.rawValue, "--help"]).output
    #expect(text == (try Outcome.ofCommand(["help", command.rawValue])).output)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("\nusage: inject-envoy "))
    #expect(text.contains("\nexample:\n  inject-envoy "))
    for option in OptionTable.all {
      let isListed =
        words.contains(option.help)
        && text.contains("\n      --\(option.name)\(option.placeholder.map { " " + $0 } ?? "")")
      #expect(isListed == option.commands.contains(command), "\(option.name)")
    }
    for entry in CommandLineArguments.switches {
      #expect(words.contains(entry.help) == entry.commands.contains(command), "\(entry.name)")
    }
  }

  @Test(arguments: [Subcommand.inject, .check, .policy, .bootstrap])
  func helpNamesTheLabelsThatAreAllowed(_ command: Subcommand) throws {
    let text = try Outcome.ofCommand([command.rawValue, "--help"]).output
    let names = OptionTable.all.filter { $0.labels == .byDefault }.map(\.name)
    #expect(text.contains("  " + names.joined(separator: ", ") + "\n"))
  }

  @Test func helpOnNoCommandIsAnError() throws {
    let outcome = try Outcome.ofCommand(["help", "chek"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("fix: did you mean 'check'?"), "\(outcome.errors)")
  }

  @Test func noTwoOptionsShareAName() {
    for command in Subcommand.allCases {
      let options = OptionTable.all.filter { $0.commands.contains(command) }
      let names = options.map(\.name) + CommandLineArguments.switches.map(\.name)
      #expect(Set(names).count == names.count, "\(command)")
    }
    let letters = CommandLineArguments.switches.compactMap(\.short)
    #expect(Set(letters).count == letters.count)
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
    }
  }
}
