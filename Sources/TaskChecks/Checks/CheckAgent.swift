import LosslessJSON
package import TaskDefinitions

/// Whether App Mesh's agent can start with what its environment says.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
package struct CheckAgent: Check {
  package static let name = "check-agent"
  package static let summary = "App Mesh: settings with which the agent stops at start-up"

  package let envoy: PresentEnvoy

  /// The switches that the agent reads with Go's ParseBool, and dies of anything else.
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
  /// Other ways to say what Envoy is: older names, and a configuration of one's own.
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
      return findings.add(.noResource(arn.value), at: arn.node, in: task.document)
    }
    let names = task.list(.secrets, of: envoy.container).compactMap { task.text(.name, of: $0) }
    let isSetElsewhere =
      !task.list(.environmentFiles, of: envoy.container).isEmpty
      || ([AppMeshResource.variable] + Self.otherNames).contains {
        names.contains($0) || envoy[$0] != nil
      }
    if !isSetElsewhere { findings.add(.nameless, at: envoy.container, in: task.document) }
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
          .notABoolean(variable.name, variable.value), at: variable.node, in: task.document)
      }
    }
    if on.count > 1 {
      findings.add(.twoTracers(on.map(\.name)), at: on[1].node, in: task.document)
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
        .readOnly, at: task.node(.readonlyRootFilesystem, of: envoy.container), in: task.document)
    }
  }
}

extension Message {
  fileprivate static let nameless = Self(.noAppMeshResource)
  fileprivate static let readOnly = Self(.readOnlyEnvoy)
  fileprivate static func noResource(_ text: String) -> Self {
    Self(
      .notAnAppMeshResource,
      "'\(text)' names no App Mesh resource, so App Mesh's agent stops at start-up")
  }
  fileprivate static func notABoolean(_ name: String, _ value: String) -> Self {
    Self(
      .notABoolean,
      "\(name) is '\(value)', which is neither true nor false: App Mesh's agent stops at start-up")
  }
  fileprivate static func twoTracers(_ names: [String]) -> Self {
    Self(
      .twoTracers,
      "\(names.joined(separator: " and ")) are both on, so App Mesh's agent stops at start-up")
  }
}
