import AppMesh
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The Envoy that a document had before it was removed.
struct FormerEnvoy {
  let name: String
  /// The ARN of the App Mesh resource that Envoy represented, or an intrinsic function.
  let stoodFor: JSONValue?
  /// The template that contains the function, if ``stoodFor`` is one.
  let template: MeshTemplate?
  /// Whether this tool added it. Its replacement is built from the options.
  let isOurs: Bool
  /// The values of the settings, in the order of ``FormerSetting/all``.
  let settings: [[String]]
  /// Variables and secrets that the agent did not read, as options that keep them.
  let environment: [FormerVariable]
  /// Whether App Mesh's agent ran Envoy.
  let hasAgent: Bool
  /// Variables that App Mesh's agent reads, and that have no option. Envoy itself does not read them.
  let agentVariables: [String]
  /// Members of the container that have no option, in the spelling of RegisterTaskDefinition.
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
    environment = Self.environment(view)
    hasAgent = present.hasAgent
    agentVariables = Self.unique(
      view.variables.filter {
        Self.isAgents($0.name) && Self.isOn($0.value) && !Self.known.contains($0.name)
      }, by: \.name
    ).map(\.name)
    members = Self.members(of: envoy, task, selection)
  }

  private static func environment(_ view: FormerSetting.View) -> [FormerVariable] {
    let variables = view.variables.map { FormerVariable(option: .env, name: $0.name, value: "…") }
    let secrets = secrets(of: view.envoy, view.task).map {
      FormerVariable(option: .secret, name: $0.name, value: $0.value)
    }
    return unique((variables + secrets).filter { !isAgents($0.name) }, by: \.name)
  }

  /// The first element for each name: a template can choose between elements of one name.
  private static func unique<Element>(
    _ elements: [Element], by name: (Element) -> String
  ) -> [Element] {
    var seen: Set<String> = []
    return elements.filter { seen.insert(name($0)).inserted }
  }

  private static func secrets(of envoy: NodeID, _ task: TaskDefinition) -> [NamedValue] {
    task.list(.secrets, of: envoy).compactMap { secret in
      guard let name = task.text(.name, of: secret) else { return nil }
      return NamedValue(name: name, value: task.text(.valueFrom, of: secret) ?? "…")
    }
  }

  // MARK: The agent's variables

  /// Variables that have an option, name Envoy's resource or its location, or have no effect.
  private static let known: Set<String> = Set(
    AgentVariable.allCases.map(\.rawValue)
      + [AppMeshResource.oldVariable, "APPMESH_RESOURCE_CLUSTER", "REGION"])

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

  /// Members that are compared as settings, or that every new Envoy gets.
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
  /// The Envoy in the task, or `nil` if it has none.
  ///
  /// - Parameter selection: tells which containers are applications and so are not an Envoy.
  func formerEnvoy(_ selection: ContainerSelection) -> FormerEnvoy? {
    presentEnvoy(ContainerRoles(selection: selection)).map {
      FormerEnvoy($0, in: self, selection)
    }
  }
}

/// A variable of a former Envoy, and the option that sets it on the new one.
struct FormerVariable {
  let option: Setting
  let name: String
  /// The value, or `…` if no message may quote it.
  let value: String
}
