import LosslessJSON

/// Which containers of a task Envoy serves.
struct ContainerSelection: Hashable, Sendable {
  /// Only these; empty: all.
  var only: [String] = []
  /// Not these.
  var skip: [String] = []

  func contains(_ name: String) -> Bool {
    (only.isEmpty || only.contains(name)) && !skip.contains(name)
  }
}

extension TaskDefinition {
  var containers: [NodeID] { list(.containerDefinitions) }

  func name(of container: NodeID) -> String { text(.name, of: container) ?? "" }

  func container(named name: String) -> NodeID? {
    containers.first { hasText(name, in: .name, of: $0) }
  }

  /// The containers that are there for the task's own work and that the user selected: not Envoy,
  /// not a tracing daemon, not the FireLens log router.
  var applicationContainers: [NodeID] {
    containers.filter { container in
      container != envoy && container != tracingDaemon && !isLogRouter(container)
        && !TracingDaemonImage.all.contains(repository(of: container))
        && selection.contains(name(of: container))
    }
  }

  /// The name of a container's image, without registry, path and tag.
  func repository(of container: NodeID) -> String {
    ImageReference(text(.image, of: container) ?? "").repository
  }

  /// FireLens: the container through which others log.
  func isLogRouter(_ container: NodeID) -> Bool {
    node(.firelensConfiguration, of: container) != nil
  }

  var isFargate: Bool { texts(.requiresCompatibilities).contains(Compatibility.fargate) }

  /// The task's EFS volumes: ECS mounts them before any container runs.
  var fileSystems: [NodeID] {
    list(.volumes).filter { node(.efsVolumeConfiguration, of: $0) != nil }
  }

  /// The containers that must be up before `container` starts, over any number of steps.
  func dependencies(of container: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    var pending = [container]
    while let next = pending.popLast() {
      for dependency in list(.dependsOn, of: next) {
        guard let name = text(.containerName, of: dependency),
          let target = self.container(named: name), !found.contains(target)
        else { continue }
        found.append(target)
        pending.append(target)
      }
    }
    return found
  }

  /// The user and group ids a container runs under, where `user` states them as numbers.
  func identity(of container: NodeID) -> (uid: Int?, gid: Int?) {
    guard let user = text(.user, of: container) else { return (nil, nil) }
    let parts = user.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1).map(Substring.init)
    return (parts.first.flatMap { Int($0) }, parts.dropFirst().first.flatMap { Int($0) })
  }
}
