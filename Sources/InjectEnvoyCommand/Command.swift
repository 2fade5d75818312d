import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The command `inject-envoy`.
public enum Command {
  /// Runs once.
  ///
  /// - Parameters:
  ///   - arguments: the words after the program's name.
  ///   - environment: the variables of the process, of which those named `INJECT_ENVOY_…` matter.
  /// - Returns: the exit status: 0 done, 1 refused or failed, 2 would change, 64 usage.
  public static func run(
    arguments: [String], environment: [String: String], streams: Streams = .standard
  ) -> Int32 {
    do {
      let arguments = try CommandLineArguments(arguments)
      return try run(Call(arguments: arguments, environment: environment, streams: streams))
        .rawValue
    } catch is Streams.BrokenPipe {
      return ExitStatus.done.rawValue
    } catch let error as CommandError {
      streams.say(error)
      return error.status.rawValue
    } catch {
      streams.say("inject-envoy: error: \(error)")
      return ExitStatus.refused.rawValue
    }
  }

  private static func run(_ call: Call) throws -> ExitStatus {
    let (arguments, streams) = (call.arguments, call.streams)
    if arguments.settings.has(OptionTable.version) { return try PrintVersion(call).run(streams) }
    if arguments.settings.has(OptionTable.help) {
      return try PrintHelp(of: arguments.isCommandNamed ? arguments.command : nil).run(streams)
    }
    if arguments.command.usesSettings { try call.warnOfUnknownVariables() }
    return try Subcommands.named(arguments.command.name).init(call).run(streams)
  }
}

extension Call {
  fileprivate func warnOfUnknownVariables() throws(CommandError) {
    let variables = Settings(environment: environment)
    do throws(Problem) {
      try variables.checkVariables()
    } catch {
      throw CommandError([error], .usage)
    }
    for name in variables.unknownVariables {
      streams.say("inject-envoy: warning: The environment variable \(name) sets no option.")
    }
  }
}
