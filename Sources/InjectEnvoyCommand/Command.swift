import EnvoyInjector
import TaskDefinitions

/// The command `inject-envoy`.
public enum Command {
  /// Runs once.
  ///
  /// - Parameters:
  ///   - arguments: without the name of the program.
  ///   - environment: of which the variables `INJECT_ENVOY_…` matter.
  /// - Returns: the exit status: 0 done, 1 refused or failed, 2 would change, 64 usage.
  public static func run(
    arguments: [String], environment: [String: String], streams: Streams = .standard
  ) -> Int32 {
    do {
      let arguments = try CommandLineArguments(arguments)
      return try run(arguments, environment, streams).rawValue
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

  private static func run(
    _ arguments: CommandLineArguments, _ environment: [String: String], _ streams: Streams
  ) throws -> ExitStatus {
    if arguments.given["version"] != nil {
      try streams.write(Array("inject-envoy \(Version.current)\n".utf8))
      return .done
    }
    if arguments.given["help"] != nil {
      try streams.write(Array(arguments.helpText.utf8))
      return .done
    }
    if Subcommand.meshCommands.contains(arguments.command) {
      for name in try Settings(environment: environment).unknownVariables {
        streams.say("inject-envoy: warning: no option is set by the environment variable \(name)")
      }
    }
    switch arguments.command {
    case .inject: return try Inject(arguments, environment).run(streams)
    case .uninject: return try Uninject(arguments, environment).run(streams)
    case .check: return try CheckDocuments(arguments, environment).run(streams)
    case .gateway: return try PrintGateway(arguments, environment).run(streams)
    case .policy: return try PrintPolicy(arguments, environment).run(streams)
    case .bootstrap: return try PrintBootstrap(arguments, environment).run(streams)
    case .mesh: return try DescribeMesh(arguments, environment, streams).run(streams)
    case .filters:
      try streams.write(Array(ListFilters.text.utf8))
      return .done
    }
  }
}
