import CloudFormation
import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The sources of the options of one call. A flag overrides the environment, which overrides a label, the
/// configuration file, and the default, in this order.
struct OptionSources: Sendable {
  private let command: CommandDescription
  private let configuration: ConfigurationFile
  /// The settings of flags and, below them, of the environment.
  private let above: Settings
  /// The files that `mesh` describes.
  private let meshFiles: [String]
  /// The labels of a document that are allowed.
  private var labelRules = LabelRules.byDefault
  /// The mesh, which is read once before any document, so that labels cannot change it.
  private var mesh: MeshOptions?
  /// Values for what the templates of documents leave open.
  private var parameters = GivenValues()

  /// - Parameter streams: for a mesh on standard input.
  init(
    _ arguments: CommandLineArguments, _ environment: [String: String],
    _ streams: Streams = .standard
  ) throws(CommandError) {
    command = arguments.command
    meshFiles = command.audiences.contains(.describing) ? arguments.files : []
    above = arguments.settings.over(Settings(environment: environment))
    configuration = try ConfigurationFile.read(above[OptionTable.config]?.values.last)
    let described: CallOptions
    do throws(Problem) {
      described = try read([])
    } catch {
      throw CommandError([error], .usage)
    }
    labelRules = described.labels
    (mesh, parameters) = try described.mesh.read(
      streams, readsDocuments: command.audiences.contains(.sidecar))
  }

  /// - Throws: a problem if an option is wrong for every document. No document is read then.
  func injector() throws(CommandError) -> Injector {
    Injector(try callOptions().injection) { labels throws(Problem) in
      try resolve(labels).injection
    }
  }

  /// The options of a document without labels.
  func callOptions() throws(CommandError) -> CallOptions {
    do throws(Problem) {
      return try resolve([])
    } catch {
      throw CommandError([error], .usage)
    }
  }

  /// The options of a document with these labels.
  private func resolve(_ labels: Injector.Labels) throws(Problem) -> CallOptions {
    var options = try read(labels)
    if var mesh, !options.mesh.files.isEmpty {
      mesh.member = options.mesh.member
      options.injection.controlPlane = .mesh(mesh)
    }
    options.injection.parameters = parameters
    guard command.audiences.contains(.envoy) else { return options }
    let isGateway = command.audiences.contains(.gateway)
    try options.injection.validate(for: isGateway ? .virtualGateway : .virtualNode)
    if isGateway { try options.gateway.validate(with: options.injection) }
    return options
  }

  private func read(_ labels: Injector.Labels) throws(Problem) -> CallOptions {
    let settings = above.over(try Settings(labels: labels, allowed: labelRules))
      .over(configuration.settings)
    var options = try CallOptions(reading: settings, for: command)
    if !meshFiles.isEmpty { options.mesh.files = meshFiles }
    try options.resolve(settings, for: command)
    configuration.apply(to: &options.injection)
    return options
  }
}
