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

  /// What follows the program's name.
  var usage: String {
    switch self {
    case .inject: "[inject] [OPTION…] [FILE…|-]"
    case .gateway: "gateway [OPTION…]"
    case .mesh: "mesh [OPTION…] FILE…|-"
    case .filters: "filters"
    default: "\(rawValue) [OPTION…] [FILE…|-]"
    }
  }

  var example: String {
    switch self {
    case .inject: "inject-envoy --upstream payments=payments.internal:8080 < task.json > out.json"
    case .uninject: "inject-envoy uninject < out.json > task.json"
    case .check: "inject-envoy check --fail-on warning task.json"
    case .gateway: "inject-envoy gateway --upstream web=web.internal:8080 --port 8080"
    case .policy: "inject-envoy policy --tracing xray task.json"
    case .bootstrap: "inject-envoy bootstrap task.json"
    case .mesh: "inject-envoy mesh --output configurations mesh.yaml"
    case .filters: "inject-envoy filters"
    }
  }

  var help: String {
    switch self {
    case .inject: "add Envoy to task definitions (the default)"
    case .uninject: "remove what inject added: the result is the original, byte for byte"
    case .check: "lint documents, and report what inject would do to them"
    case .gateway: "print a task definition that runs Envoy alone"
    case .policy: "print the IAM policies that the injected task needs"
    case .bootstrap: "print only the Envoy configuration that inject would embed"
    case .mesh: "describe an App Mesh mesh, and compile the configuration of each Envoy"
    case .filters: "list the filters of the pipeline in order"
    }
  }
}
