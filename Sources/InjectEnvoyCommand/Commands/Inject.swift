import EnvoyInjector

/// `inject-envoy [inject]`.
struct Inject {
  private let documents: DocumentCommand
  private let configuration: ConfigurationFile
  /// Flags over environment.
  private let above: Settings

  init(
    _ arguments: CommandLineArguments, _ environment: [String: String]
  ) throws(CommandError) {
    documents = try DocumentCommand(arguments)
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

  func run(_ streams: Streams) throws -> ExitStatus {
    do throws(OptionError) {
      // What is wrong for every document is told before one is read.
      _ = try options(labels: [])
    } catch {
      throw CommandError.usage(error.message.text, fix: error.message.fix)
    }
    let (above, configuration) = (above, configuration)
    let injector = Injector { labels throws(OptionError) in
      try Self.options(above, configuration, labels)
    }
    return try documents.run(streams) { bytes throws(InjectionError) in try injector.inject(bytes) }
  }

  private func options(labels: Injector.Labels) throws(OptionError) -> InjectionOptions {
    try Self.options(above, configuration, labels)
  }

  private static func options(
    _ above: Settings, _ configuration: ConfigurationFile, _ labels: Injector.Labels
  ) throws(OptionError) -> InjectionOptions {
    let fromLabels: Settings
    do throws(CommandError) {
      fromLabels = try Settings(labels: labels)
    } catch {
      throw OptionError(error.message, fix: error.fix)
    }
    var options = InjectionOptions()
    try above.over(fromLabels).over(configuration.settings).apply(to: &options)
    configuration.apply(to: &options)
    try options.validate()
    return options
  }
}
