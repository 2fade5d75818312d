import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Where the options of one call come from: flag over environment over label over configuration
/// file over default.
struct OptionSources: Sendable {
  private let command: Subcommand
  private let configuration: ConfigurationFile
  /// Flags over environment.
  private let above: Settings
  /// The files that `mesh` describes.
  private let meshFiles: [String]
  /// Which labels of a document are allowed.
  private var labelRules = LabelRules.byDefault
  /// Read once, whatever a document's labels say.
  private var mesh: MeshOptions?

  /// - Parameter streams: for a mesh on standard input.
  init(
    _ arguments: CommandLineArguments, _ environment: [String: String],
    _ streams: Streams = .standard
  ) throws(CommandError) {
    command = arguments.command
    meshFiles = command == .mesh ? arguments.files : []
    above = arguments.settings.over(try Settings(environment: environment))
    configuration = try ConfigurationFile.inForce(arguments, environment)
    let described: CallOptions
    do throws(OptionError) {
      described = try settings([])
    } catch {
      throw .usage(error.message.text.spelled, fix: error.message.fix.spelled)
    }
    labelRules = described.labels
    mesh = try described.mesh.read(streams)
  }

  /// - Throws: when an option is wrong for every document, before one is read.
  func injector() throws(CommandError) -> Injector {
    Injector(try callOptions().injection) { labels throws(OptionError) in
      try options(labels).injection
    }
  }

  /// The options of a document without labels.
  func callOptions() throws(CommandError) -> CallOptions {
    do throws(OptionError) {
      return try options([])
    } catch {
      throw .usage(error.message.text.spelled, fix: error.message.fix.spelled)
    }
  }

  private func options(_ labels: Injector.Labels) throws(OptionError) -> CallOptions {
    var options = try settings(labels)
    if var mesh, !options.mesh.files.isEmpty {
      guard options.injection.controlPlane == .static else { throw .twoControlPlanes }
      mesh.member = options.mesh.member
      options.injection.controlPlane = .mesh(mesh)
    }
    if command == .mesh { return options }
    try options.injection.validate(for: command == .gateway ? .virtualGateway : .virtualNode)
    if command == .gateway { try options.gateway.validate(with: options.injection) }
    return options
  }

  /// What was set, one option by one.
  private func settings(_ labels: Injector.Labels) throws(OptionError) -> CallOptions {
    let fromLabels: Settings
    do throws(CommandError) {
      fromLabels = try Settings(labels: labels, allowed: labelRules)
    } catch {
      throw OptionError(Wording(verbatim: error.message), fix: Wording(verbatim: error.fix))
    }
    var options = CallOptions()
    options.mesh.files = meshFiles
    try above.over(fromLabels).over(configuration.settings).apply(to: &options, for: command)
    configuration.apply(to: &options.injection)
    return options
  }
}

extension OptionError {
  fileprivate static let twoControlPlanes = OptionError(
    "the description of a mesh excludes App Mesh itself and an xDS server",
    fix: "leave out --mesh-file, or the other one")
}
