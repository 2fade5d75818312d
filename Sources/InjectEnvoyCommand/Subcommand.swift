/// What `inject-envoy` can be told to do.
enum Subcommand: String, CaseIterable, Sendable {
  case inject, uninject, check, gateway, policy, bootstrap, mesh, filters

  /// Those that put Envoy beside an application.
  static let sidecarCommands: [Subcommand] = [.inject, .check, .policy, .bootstrap]
  /// Those that take options of Envoy.
  static let injectingCommands = sidecarCommands + [.gateway]
  /// Those that compile a mesh.
  static let meshCommands = injectingCommands + [.mesh]
  /// Those that read documents.
  static let documentCommands: [Subcommand] = [.inject, .uninject, .check, .policy, .bootstrap]
  /// Those that print a document or a configuration in a layout.
  static let printingCommands: [Subcommand] = [.inject, .uninject, .bootstrap, .gateway]

  var help: String {
    switch self {
    case .inject: "add Envoy to task definitions (the default)"
    case .uninject: "take out what inject added: byte for byte what it was"
    case .check: "lint documents, and say what inject would do to them"
    case .gateway: "print a task definition that runs Envoy alone"
    case .policy: "print the IAM policies that the injected task needs"
    case .bootstrap: "print the Envoy configuration that inject would embed"
    case .mesh: "describe an App Mesh mesh, and compile all of its Envoys"
    case .filters: "list the pipeline: every filter, in order"
    }
  }
}
