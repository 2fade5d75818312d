package import LosslessJSON

/// Which of a task's own containers the user wants Envoy to serve.
package struct ContainerSelection: Hashable, Sendable {
  /// Only these; empty: all.
  package var only: [String] = []
  /// Not these.
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
  /// The daemon that takes Envoy's spans, whether inject added it or the task had it.
  package var tracingDaemon: NodeID?
  package var selection = ContainerSelection()

  package init(envoy: NodeID? = nil, selection: ContainerSelection = ContainerSelection()) {
    self.envoy = envoy
    self.selection = selection
  }

  /// Whether a tracing daemon takes Envoy's spans; `nil` if none was added or found.
  package var sendsTraces: Bool? { tracingDaemon == nil ? nil : true }

  /// The containers that Envoy serves, in their order.
  package func applications(of task: TaskDefinition) -> [NodeID] {
    task.containers.filter { isApplication($0, of: task) }
  }

  /// Whether a container is there for the task's own work and the user selected it: not Envoy, not
  /// a tracing daemon, not the FireLens log router.
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

  /// Whether a value is a string of that text, or a template's function that evaluates to it.
  package func isText(_ node: NodeID, _ text: String) -> Bool {
    document.kind(of: node) == .string
      ? document.isString(node, text) : (self.text(node) ?? "") == text
  }

  /// Whether a container's image, without registry, path and tag, is one of these.
  package func hasImage(_ container: NodeID, of repositories: [String]) -> Bool {
    guard let image = node(.image, of: container) else { return false }
    return document.kind(of: image) == .string
      ? document.isString(image) { ImageReference.isRepository(repositories, of: $0) }
      : repositories.contains(ImageReference(text(image) ?? "").repository)
  }

  /// FireLens: the container through which others log.
  package func isLogRouter(_ container: NodeID) -> Bool {
    node(.firelensConfiguration, of: container) != nil
  }

  package var isFargate: Bool {
    list(.requiresCompatibilities).contains { isText($0, Compatibility.fargate) }
  }

  /// The task's EFS volumes: ECS mounts them before any container runs.
  package var fileSystems: [NodeID] {
    list(.volumes).filter { node(.efsVolumeConfiguration, of: $0) != nil }
  }

  /// The user and group ids a container runs under, where `user` states them as numbers.
  package func identity(of container: NodeID) -> (uid: Int?, gid: Int?) {
    guard let user = text(.user, of: container) else { return (nil, nil) }
    if let uid = Int(user) { return (uid, nil) }
    let parts = user.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1).map(Substring.init)
    return (parts.first.flatMap { Int($0) }, parts.dropFirst().first.flatMap { Int($0) })
  }
}

extension TaskDefinition {
  /// The elements of the list: containers, or functions by which a template takes one.
  package var containerPlaces: [NodeID] {
    node(.containerDefinitions).map { document.elements(of: $0) } ?? []
  }

  /// The containers by their place in the list: one, or those of which a template takes one.
  package var containerChoices: [[NodeID]] {
    containerPlaces.map { place.choices($0, in: document) }
  }

  /// Whether a template decides when it is deployed that the container is there.
  package func isConditional(_ container: NodeID) -> Bool {
    place.values != nil && document.container(of: container) != node(.containerDefinitions)
  }
}
