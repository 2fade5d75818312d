import EnvoyInjector

/// Where the options of one call come from: flag over environment over label over configuration
/// file over default.
struct OptionSources: Sendable {
  private let command: Subcommand
  private let configuration: ConfigurationFile
  /// Flags over environment.
  private let above: Settings

  init(
    _ arguments: CommandLineArguments, _ environment: [String: String]
  ) throws(CommandError) {
    command = arguments.command
    above = arguments.settings.over(try Settings(environment: environment))
    let named = arguments.given["config"] ?? environment[ConfigurationFile.environmentName]
    let path = named ?? ConfigurationFile.defaultNames.first(where: FileBytes.exists)
    guard let path else {
      configuration = ConfigurationFile()
      return
    }
    // "-" would be standard input, which is the document.
    let bytes = try FileBytes.read(path == "-" ? "./-" : path, .standard)
    configuration = try ConfigurationFile(bytes, path: path)
  }

  /// - Throws: when an option is wrong for every document, before one is read.
  func injector() throws(CommandError) -> Injector {
    let resources = try callOptions().injection.resources
    return Injector(resources: resources) { labels throws(OptionError) in
      try options(labels).injection
    }
  }

  /// The options of a document without labels.
  func callOptions() throws(CommandError) -> CallOptions {
    do throws(OptionError) {
      return try options([])
    } catch {
      throw .usage(error.message.text, fix: error.message.fix)
    }
  }

  private func options(_ labels: Injector.Labels) throws(OptionError) -> CallOptions {
    let fromLabels: Settings
    do throws(CommandError) {
      fromLabels = try Settings(labels: labels)
    } catch {
      throw OptionError(error.message, fix: error.fix)
    }
    var options = CallOptions()
    try above.over(fromLabels).over(configuration.settings).apply(to: &options, for: command)
    configuration.apply(to: &options.injection)
    try options.injection.validate(for: command == .gateway ? .virtualGateway : .virtualNode)
    if command == .gateway { try options.gateway.validate(with: options.injection) }
    return options
  }
}
