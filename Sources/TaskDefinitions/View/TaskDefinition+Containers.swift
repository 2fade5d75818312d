package import LosslessJSON

/// The user's selection of the containers that Envoy serves.
package struct ContainerSelection: Hashable, Sendable {
  /// The names of the containers to serve. If empty, Envoy serves all.
  package var only: [String] = []
  /// The names of containers that Envoy does not serve.
  package var skip: [String] = []

  package init(only: [String] = [], skip: [String] = []) {
    self.only = only
    self.skip = skip
  }

  package var isEverything: Bool { only.isEmpty && skip.isEmpty }

  package func contains(_ name: String) -> Bool {
    (only.isEmpty || only.contains(name)) && !skip.contains(name)
  }
}

/// The roles of a task's containers.
package struct ContainerRoles: Hashable, Sendable {
  /// The Envoy container, if there is one.
  package var envoy: NodeID?
  /// The daemon that receives Envoy's spans, whoever added it.
  package var tracingDaemon: NodeID?
  package var selection = ContainerSelection()

  package init(envoy: NodeID? = nil, selection: ContainerSelection = ContainerSelection()) {
    self.envoy = envoy
    self.selection = selection
  }

  /// `true` if a tracing daemon receives Envoy's spans; `nil` if none was added or found.
  package var sendsTraces: Bool? { tracingDaemon == nil ? nil : true }

  /// The containers that Envoy serves, in document order.
  package func applications(of task: TaskDefinition) -> [NodeID] {
    task.containers.filter { isApplication($0, of: task) }
  }

  /// Whether Envoy serves a container: the user selected it, and it is not Envoy, a tracing daemon or the
  /// FireLens log router.
  package func isApplication(_ container: NodeID, of task: TaskDefinition) -> Bool {
    container != envoy && container != tracingDaemon && !task.isLogRouter(container)
      && !task.hasImage(container, of: TracingDaemonImage.all)
      && (selection.isEverything || selection.contains(task.name(of: container)))
  }
}

extension TaskDefinition {
  package func name(of container: NodeID) -> String { text(.name, of: container) ?? "" }

  package func container(named name: String) -> NodeID? {
    containers.first { hasText(name, in: .name, of: $0) }
  }

  /// Whether a value is this string, or an intrinsic function that evaluates to it.
  package func isText(_ node: NodeID, _ text: String) -> Bool {
    document.kind(of: node) == .string
      ? document.isString(node, text) : (self.text(node) ?? "") == text
  }

  /// Whether the repository of a container's image is one of `repositories`.
  package func hasImage(_ container: NodeID, of repositories: [String]) -> Bool {
    guard let image = node(.image, of: container) else { return false }
    return document.kind(of: image) == .string
      ? document.isString(image) { ImageReference.isRepository(repositories, of: $0) }
      : repositories.contains(ImageReference(text(image) ?? "").repository)
  }

  /// Whether a container is the FireLens log router, which receives the logs of other containers.
  package func isLogRouter(_ container: NodeID) -> Bool {
    node(.firelensConfiguration, of: container) != nil
  }

  package var isFargate: Bool {
    list(.requiresCompatibilities).contains { isText($0, Compatibility.fargate) }
  }

  /// The task's EFS volumes. ECS mounts them before any container starts.
  package var fileSystems: [NodeID] {
    list(.volumes).filter { node(.efsVolumeConfiguration, of: $0) != nil }
  }

  /// The numeric user and group ids in a container's `user`; `nil` where it has names or nothing.
  package func identity(of container: NodeID) -> (uid: Int?, gid: Int?) {
    guard let user = text(.user, of: container) else { return (nil, nil) }
    if let uid = Int(user) { return (uid, nil) }
    let parts = user.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1).map(Substring.init)
    return (parts.first.flatMap { Int($0) }, parts.dropFirst().first.flatMap { Int($0) })
  }
}

extension TaskDefinition {
  /// The elements of the list of containers: containers, or intrinsic functions that choose one.
  package var containerPlaces: [NodeID] {
    node(.containerDefinitions).map { document.elements(of: $0) } ?? []
  }

  /// The containers for each element of the list: one, or those that an intrinsic function chooses from.
  package var containerChoices: [[NodeID]] {
    containerPlaces.map { place.choices($0, in: document) }
  }

  /// Whether the container exists only under a condition of the template.
  package func isConditional(_ container: NodeID) -> Bool {
    place.values != nil && document.container(of: container) != node(.containerDefinitions)
  }
}
