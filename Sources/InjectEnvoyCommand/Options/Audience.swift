/// A set of commands that accept an option. A command lists the sets that it belongs to; an option
/// has one.
enum Audience: Sendable, CaseIterable {
  /// Every command.
  case all
  /// Commands that read documents, or print one.
  case documents
  /// Commands that print a document or a configuration in a layout.
  case printing
  /// Commands that change documents.
  case editing
  /// Commands that report findings about documents.
  case findings
  /// Commands that compile a mesh.
  case mesh
  /// Commands that run Envoy.
  case envoy
  /// Commands that put Envoy beside an application.
  case sidecar
  /// Commands that tell Envoy from the applications.
  case selecting
  // One command each.
  case check, describing, gateway, policy, uninject
}

/// The headings of help, in their order.
enum OptionGroup: String, Sendable, CaseIterable {
  case output = "Input and output"
  case controlPlane = "Where Envoy gets its configuration"
  case mesh = "App Mesh descriptions"
  case envoy = "Envoy container"
  case traffic = "Traffic"
  case running = "Start, health and stop"
  case observing = "Logs and traces"
  case task = "Task definition"
  case gateway = "Gateway's task definition"
  case policy = "Policies"
  case check = "Findings"
  case description = "Description"
}

/// A control plane that excludes the others. Without any of them the configuration is static.
enum ControlPlaneName: Sendable { case appMesh, xds, mesh }
