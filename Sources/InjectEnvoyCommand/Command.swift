import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The command `inject-envoy`.
public enum Command {
  /// Variables that set no option: how messages look, and whether the process is a step of a workflow.
  private static let otherVariables = ["GITHUB_ACTIONS", "GITHUB_WORKSPACE", "NO_COLOR", "TERM"]

  /// Whether a variable of the environment matters to ``run(arguments:environment:streams:)``.
  public static func readsVariable(_ name: Substring) -> Bool {
    name.hasPrefix(Option.variablePrefix) || otherVariables.contains { $0 == name }
  }

  /// Runs once.
  ///
  /// - Parameters:
  ///   - arguments: the words after the program's name.
  ///   - environment: the variables of the process for which ``readsVariable(_:)`` is true.
  /// - Returns: the exit status: 0 done, 1 refused or failed, 2 would change, 64 usage.
  public static func run(
    arguments: [String], environment: [String: String], streams: Streams = .standard
  ) -> Int32 {
    var streams = streams
    streams.messageStyle = TextStyle(for: streams.error, environment)
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
    let command = try Subcommands.named(arguments.command.name).init(call)
    guard let path = arguments.outputFile else { return try command.run(streams) }
    let file = try OutputFile(path, streams)
    let status = try command.run(file.streams)
    try file.finish(status)
    return status
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

extension CommandLineArguments {
  /// The file that gets the output; `nil` for standard output.
  fileprivate var outputFile: String? {
    let path = settings[OptionTable.outputFile]?.values.last
    guard command.accepts(OptionTable.outputFile), path != "-" else { return nil }
    return settings.has(OptionTable.dryRun) ? nil : path
  }
}
