import CommandTesting
import EnvoyInjector
import TaskDefinitions
import Testing

@testable import InjectEnvoyCommand

@Suite struct HelpTests {
  @Test(arguments: [["--help"], ["-h"], ["uninject", "--help"], ["filters", "-h"]])
  func listsEverythingInAHundredColumns(_ arguments: [String]) throws {
    let outcome = try Outcome.ofCommand(arguments)
    #expect(outcome.status == 0 && outcome.errors == "")
    for option in OptionTable.all {
      #expect(outcome.output.contains("\n      --\(option.name)"), "\(option.name)")
      #expect(outcome.output.contains(option.help))
    }
    for entry in CommandLineArguments.switches { #expect(outcome.output.contains(entry.help)) }
    for command in Subcommand.allCases {
      #expect(outcome.output.contains("\n  \(command.rawValue)"))
    }
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.filter { $0.count > 100 } == [])
    #expect(lines.filter { $0.hasSuffix(" ") } == [])
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

  @Test func printsTheVersion() throws {
    let outcome = try Outcome.ofCommand(["--version"])
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
