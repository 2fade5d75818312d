package import LosslessJSON
package import TaskDefinitions

/// Finds settings in the environment of App Mesh's agent that stop it at start-up.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
package struct CheckAgent: Check {
  package static let name = "check-agent"
  package static let summary = "Refuse settings with which App Mesh's agent stops when it starts"

  package let envoy: PresentEnvoy

  /// The switches that the agent parses with Go's ParseBool. It exits if a value is invalid.
  private static let tracers = [
    "ENABLE_ENVOY_XRAY_TRACING", "ENABLE_ENVOY_DATADOG_TRACING", "ENABLE_ENVOY_JAEGER_TRACING",
  ]
  private static let switches = Set(
    tracers + [
      "APPMESH_PREVIEW", "APPMESH_DUALSTACK_ENDPOINT", "APPMESH_SET_TRACING_DECISION",
      "ENVOY_NO_EXTENSION_LOOKUP_BY_NAME", "ENVOY_ADMIN_ACCESS_ENABLE_IPV6",
      "ENABLE_ENVOY_STATS_TAGS", "ENABLE_ENVOY_DOG_STATSD",
    ])
  private static let booleans = yes + no
  private static let yes = ["1", "t", "T", "TRUE", "true", "True"]
  private static let no = ["0", "f", "F", "FALSE", "false", "False"]
  /// Variables that name the resource in other ways: older names, and a custom configuration.
  private static let otherNames = [
    "APPMESH_RESOURCE_NAME", "APPMESH_VIRTUAL_NODE_NAME", "ENVOY_CONFIG_FILE",
  ]

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    checkResource(task, &findings)
    checkSwitches(task, &findings)
    checkFiles(task, &findings)
  }

  private func checkResource(_ task: TaskDefinition, _ findings: inout Findings) {
    if let arn = envoy[AppMeshResource.variable] {
      let slashes = arn.value.utf8.count { $0 == UInt8(ascii: "/") }
      guard !arn.value.isPlaceholder, slashes < 3, !arn.value.contains(":task-set/") else {
        return
      }
      return findings.add(
        Self.notAnAppMeshResource, ["value": arn.value], at: arn.node, in: task.document)
    }
    // A variable whose value a template's function decides has a name only.
    let names = [Field.secrets, .environment].flatMap { field in
      task.list(field, of: envoy.container).compactMap { task.text(.name, of: $0) }
    }
    let isSetElsewhere =
      !task.list(.environmentFiles, of: envoy.container).isEmpty
      || ([AppMeshResource.variable] + Self.otherNames).contains { names.contains($0) }
    if !isSetElsewhere {
      findings.add(Self.noAppMeshResource, at: envoy.container, in: task.document)
    }
  }

  private func checkSwitches(_ task: TaskDefinition, _ findings: inout Findings) {
    var on: [EnvironmentVariable] = []
    for variable in envoy.variables where Self.switches.contains(variable.name) {
      if Self.yes.contains(variable.value), Self.tracers.contains(variable.name) {
        on.append(variable)
      }
      let value = variable.value.filter { $0 != " " }
      if !value.isEmpty, !value.isPlaceholder, !Self.booleans.contains(value) {
        findings.add(
          Self.notABoolean, ["name": variable.name, "value": variable.value], at: variable.node,
          in: task.document)
      }
    }
    if on.count > 1 {
      findings.add(
        Self.twoTracers, ["names": on.map(\.name).joined(separator: " and ")], at: on[1].node,
        in: task.document)
    }
  }

  private func checkFiles(_ task: TaskDefinition, _ findings: inout Findings) {
    guard task.flag(.readonlyRootFilesystem, of: envoy.container) == true else { return }
    let parameters = task.node(.linuxParameters, of: envoy.container)
    let mounts =
      task.list(.mountPoints, of: envoy.container)
      + (parameters.map { task.list(.tmpfs, of: $0) } ?? [])
    if !mounts.contains(where: { task.text(.containerPath, of: $0) == "/tmp" }) {
      findings.add(
        Self.readOnlyEnvoy, at: task.node(.readonlyRootFilesystem, of: envoy.container),
        in: task.document)
    }
  }
}

extension CheckAgent {
  package static let rules = [
    noAppMeshResource, notAnAppMeshResource, twoTracers, notABoolean, readOnlyEnvoy,
  ]

  private static let noAppMeshResource = Rule.error(
    "no-app-mesh-resource",
    "No variable tells App Mesh's agent which virtual node or gateway Envoy runs for, so the agent "
      + "stops at start-up.",
    fix: "Set APPMESH_RESOURCE_ARN on the Envoy container.", see: Rule.Source.envoyVariables)
  private static let notAnAppMeshResource = Rule.error(
    "not-an-app-mesh-resource",
    "APPMESH_RESOURCE_ARN is '{value}', which names no virtual node or gateway, so App Mesh's agent "
      + "stops at start-up.",
    fix: "Write arn:aws:appmesh:REGION:ACCOUNT:mesh/MESH/virtualNode/NAME, "
      + "or mesh/MESH/virtualNode/NAME.", see: Rule.Source.agent)
  private static let twoTracers = Rule.error(
    "two-tracers",
    "{names} are on at the same time, so App Mesh's agent stops at start-up.",
    fix: "Keep one of the ENABLE_ENVOY_…_TRACING variables.", see: Rule.Source.agent)
  private static let notABoolean = Rule.error(
    "not-a-boolean",
    "{name} is '{value}', which is neither true nor false, so App Mesh's agent stops at start-up.",
    fix: "Write 1 or 0, true or false.", see: Rule.Source.agent)
  private static let readOnlyEnvoy = Rule.error(
    "read-only-envoy",
    "App Mesh's agent writes to /tmp, but Envoy's root file system is read-only, so the agent "
      + "cannot start.",
    fix: "Mount a volume at /tmp, or remove readonlyRootFilesystem.", see: Rule.Source.agent)
}
