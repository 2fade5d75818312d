import AppMesh
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The Envoy in a document as it was read, before it is taken out.
struct FormerEnvoy {
  let name: String
  /// The ARN of what Envoy stood for in App Mesh, or a template's function.
  let stoodFor: JSONValue?
  /// The template, if ``stoodFor`` is a function.
  let template: MeshTemplate?
  /// This tool added it: it is made anew from the options.
  let isOurs: Bool
  /// The values of the settings, in the order of ``FormerSetting/all``.
  let settings: [[String]]
  /// Variables and secrets that are not the agent's, as options that keep them.
  let environment: [FormerVariable]
  /// Variables that only App Mesh's agent read, and for which there is no option.
  let agentVariables: [String]
  /// Members of the container for which there is no option, in RegisterTaskDefinition's spelling.
  let members: [JSONValue.Member]

  fileprivate init(
    _ present: PresentEnvoy, in task: TaskDefinition, _ selection: ContainerSelection
  ) {
    let envoy = present.container
    name = present.name
    isOurs = present.isOurs
    stoodFor = Self.standing(of: present, in: task)
    template = stoodFor?.object == nil ? nil : MeshTemplate(task.document)
    let view = FormerSetting.View(task, envoy)
    settings = FormerSetting.all.map { $0.read(view) }
    let isAgents = { (name: String) in present.hasAgent && Self.isAgents(name) }
    environment =
      view.variables.map(\.name).filter { !isAgents($0) }.map {
        FormerVariable(option: .env, name: $0, value: "…")
      }
      + Self.secrets(of: envoy, task).filter { !isAgents($0.name) }
      .map { FormerVariable(option: .secret, name: $0.name, value: $0.value) }
    agentVariables = view.variables.filter { isAgents($0.name) && Self.isOn($0.value) }.map(\.name)
      .filter { !Self.known.contains($0) }
    members = Self.members(of: envoy, task, selection)
  }

  private static func secrets(of envoy: NodeID, _ task: TaskDefinition) -> [NamedValue] {
    task.list(.secrets, of: envoy).compactMap { secret in
      guard let name = task.text(.name, of: secret) else { return nil }
      return NamedValue(name: name, value: task.text(.valueFrom, of: secret) ?? "…")
    }
  }

  // MARK: The agent's variables

  /// Those that have an option, say what Envoy stands for, or where it is, or mean nothing.
  private static let known: Set<String> = Set(
    AgentVariable.allCases.map(\.rawValue)
      + [oldVariable, "APPMESH_RESOURCE_CLUSTER", "REGION"])

  /// <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
  private static func isAgents(_ name: String) -> Bool {
    let prefixes = [
      "APPMESH_", "APPNET_", "ENVOY_", "ENABLE_ENVOY_", "XRAY_", "DATADOG_", "JAEGER_", "STATSD_",
    ]
    return known.contains(name) || prefixes.contains(where: name.hasPrefix)
  }

  private static func isOn(_ value: String) -> Bool {
    !["", "0", "f", "F", "false", "FALSE", "False"].contains(value)
  }

  // MARK: Other members

  /// Members that are compared as settings, or that every Envoy gets anew.
  private static let handled: [Field] = [
    .name, .image, .cpu, .memory, .memoryReservation, .essential, .user, .environment, .secrets,
    .healthCheck, .portMappings, .startTimeout, .stopTimeout, .ulimits, .entryPoint, .command,
    .readonlyRootFilesystem, .logConfiguration, .dependsOn,
  ]

  private static func members(
    of envoy: NodeID, _ task: TaskDefinition, _ selection: ContainerSelection
  ) -> [JSONValue.Member] {
    let names = handled.map(\.spelling)
    let isEmpty = { (value: JSONValue) in [.null, .array([]), .object([])].contains(value) }
    let members = task.value(envoy).object?.filter {
      !names.contains($0.name) && !isEmpty($0.value)
    }
    let daemons = ForeignEnvoy(task, selection).containers.map { task.name(of: $0) }
    let waits = task.list(.dependsOn, of: envoy).filter {
      !daemons.contains(task.text(.containerName, of: $0) ?? "")
    }
    guard !waits.isEmpty else { return members ?? [] }
    return (members ?? [])
      + [JSONValue.Member(Field.dependsOn.spelling, .array(waits.map { task.value($0) }))]
  }
}

extension TaskDefinition {
  /// `nil` when the task has no Envoy.
  ///
  /// - Parameter selection: the containers that the user calls applications are no Envoy.
  func formerEnvoy(_ selection: ContainerSelection) -> FormerEnvoy? {
    presentEnvoy(ContainerRoles(selection: selection)).map {
      FormerEnvoy($0, in: self, selection)
    }
  }
}

/// A variable of a former Envoy, and the option that gives it to the new one.
struct FormerVariable {
  let option: Setting
  let name: String
  /// `…` for a value that no message may quote.
  let value: String
}
