import LosslessJSON

/// The Envoy container of a task as the document has it, whoever put it there.
struct PresentEnvoy {
  let container: NodeID
  let name: String
  let image: String
  /// This tool added it: what looks odd was asked for.
  let isOurs: Bool
  let variables: [EnvironmentVariable]

  /// - Returns: `nil` when the task has no container that can be known as Envoy.
  init?(_ task: TaskDefinition) {
    let marked = task.containers.first { task.isMarked($0) }
    guard let container = task.envoy ?? marked ?? task.proxyContainer ?? task.envoyByImage else {
      return nil
    }
    self.container = container
    name = task.name(of: container)
    image = task.text(.image, of: container) ?? ""
    isOurs = task.envoy != nil || marked != nil
    variables = task.variables(of: container)
  }

  var reference: ImageReference { ImageReference(image) }

  /// App Mesh's image: its agent reads the environment, makes the configuration and runs Envoy.
  var hasAgent: Bool { reference.repository == "aws-appmesh-envoy" }

  subscript(name: String) -> EnvironmentVariable? { variables.first { $0.name == name } }

  /// What Envoy stands for in App Mesh.
  var resource: AppMeshResource? {
    self[AppMeshResource.variable].flatMap { try? AppMeshResource($0.value) }
  }

  /// Where Envoy's administration interface listens, if it can be known.
  var adminPort: Int? {
    guard hasAgent else { return nil }
    return self["ENVOY_ADMIN_ACCESS_PORT"].map { Int($0.value) } ?? 9901
  }
}

/// An element of a container's `environment`.
struct EnvironmentVariable {
  let name: String
  let value: String
  let node: NodeID
}

extension TaskDefinition {
  var proxyConfiguration: ProxyConfiguration? {
    node(.proxyConfiguration).map { ProxyConfiguration(self, $0) }
  }

  /// The container to which the task's traffic is redirected.
  var proxyContainer: NodeID? {
    guard let proxy = node(.proxyConfiguration) else { return nil }
    return container(named: text(.containerName, of: proxy) ?? "")
  }

  fileprivate var envoyByImage: NodeID? {
    containers.first { ImageReference(text(.image, of: $0) ?? "").isEnvoy }
  }

  /// The elements of `environment` that have a name and a value.
  func variables(of container: NodeID) -> [EnvironmentVariable] {
    list(.environment, of: container).compactMap { node in
      guard let name = text(.name, of: node), let value = text(.value, of: node) else { return nil }
      return EnvironmentVariable(name: name, value: value, node: node)
    }
  }

  /// `essential` is true where it is left out.
  func isEssential(_ container: NodeID) -> Bool { flag(.essential, of: container) ?? true }
}
