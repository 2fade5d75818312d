import EnvoyInjector
import LawTesting
import LosslessJSON

@testable import InjectEnvoyCommand

/// A command line that random choices make from the option table: some rows, each with one of its sample or
/// odd values.
enum ChosenOptions {
  /// - Returns: `nil` if the command rejects the words.
  static func make(_ random: inout Seed) throws -> InjectionOptions? {
    do throws(CommandError) {
      let arguments = try CommandLineArguments(words(&random))
      return try OptionSources(arguments, [:]).callOptions().injection
    } catch {
      try Violation.unless(error.saysHowToFixIt, "errors help: \(error)")
      return nil
    }
  }

  /// Leaves out the options of a mesh, because they need a file.
  private static func words(_ random: inout Seed) -> [String] {
    let options = Inject.description.options
      .filter { $0.sources.contains(.key) && $0.plane != .mesh }
    return (0..<random.number(0...6)).flatMap { _ in
      let option = random.pick(options)
      let isOdd = random.number(0...7) == 0
      let values = isOdd ? option.oddities() + ["", " ", "none", "\u{1B}[31m"] : option.samples()
      return values.isEmpty ? [] : ["\(option.flag)=\(random.pick(values))"]
    }
  }
}

extension CommandError {
  /// Whether each of its problems has a text and advice.
  var saysHowToFixIt: Bool {
    !problems.isEmpty
      && problems.allSatisfy { !$0.text.spelled.isEmpty && !$0.fix.spelled.isEmpty }
  }
}
