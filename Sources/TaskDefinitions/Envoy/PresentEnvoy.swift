import CloudFormation
package import EnvoyBootstrap
package import LosslessJSON

/// The Envoy container of a task, whoever added it.
package struct PresentEnvoy {
  package let container: NodeID
  package let name: String
  package let image: String
  /// Whether this tool added it. Unusual settings were then requested with options.
  package let isOurs: Bool
  /// Whether it runs App Mesh's image, whose agent reads the environment, writes the configuration and
  /// runs Envoy.
  package let hasAgent: Bool
  package let variables: [EnvironmentVariable]

  package var reference: ImageReference { ImageReference(image) }

  package subscript(name: String) -> EnvironmentVariable? { variables.first { $0.name == name } }

  /// The App Mesh resource that Envoy represents.
  package var resource: AppMeshResource? {
    self[AppMeshResource.variable].flatMap { try? AppMeshResource($0.value) }
  }

  /// The port of Envoy's administration interface; `nil` if it is unknown.
  package var adminPort: Int? {
    guard hasAgent else { return nil }
    return self["ENVOY_ADMIN_ACCESS_PORT"].map { Int($0.value) } ?? 9901
  }
}

/// An element of a container's `environment`.
package struct EnvironmentVariable {
  package let name: String
  package let value: String
  package let node: NodeID
}

extension TaskDefinition {
  /// The task's Envoy; `nil` if no container can be recognized as Envoy.
  ///
  /// - Parameter roles: the Envoy container of an unfinished injection, which has no mark yet, and the
  ///   containers that the user skips, which are not treated as Envoy.
  package func presentEnvoy(_ roles: ContainerRoles = ContainerRoles()) -> PresentEnvoy? {
    let ours = roles.envoy ?? markedContainer
    guard
      let container = ours ?? proxyContainer ?? envoyByImage(roles.selection) ?? envoyByVariable
    else { return nil }
    return PresentEnvoy(
      container: container, name: name(of: container), image: text(.image, of: container) ?? "",
      isOurs: ours != nil,
      hasAgent: hasAgent(container),
      variables: variables(of: container))
  }

  /// The container to which the task's traffic is redirected.
  package var proxyContainer: NodeID? {
    guard let proxy = node(.proxyConfiguration) else { return nil }
    return container(named: text(.containerName, of: proxy) ?? "")
  }

  private func envoyByImage(_ selection: ContainerSelection) -> NodeID? {
    containers.first {
      hasImage($0, of: ImageReference.envoys) && !isCalledApplication($0, selection)
    }
  }

  private var envoyByVariable: NodeID? { containers.first { standsInAppMesh($0) } }

  /// Whether the user skips a container by its name. It is then not treated as the task's Envoy.
  package func isCalledApplication(
    _ container: NodeID, _ selection: ContainerSelection
  ) -> Bool {
    !selection.skip.isEmpty && selection.skip.contains(name(of: container))
  }

  /// Whether App Mesh's agent runs Envoy in a container.
  package func hasAgent(_ container: NodeID) -> Bool {
    hasImage(container, of: ImageReference.agents) || standsInAppMesh(container)
  }

  /// Whether a container whose image is an intrinsic function is App Mesh's Envoy: its environment names
  /// an App Mesh resource.
  package func standsInAppMesh(_ container: NodeID) -> Bool {
    guard place.values != nil, let image = node(.image, of: container),
      place.isIntrinsic(image, in: document)
    else { return false }
    return list(.environment, of: container).contains {
      hasText(AppMeshResource.variable, in: .name, of: $0)
    }
  }

  /// The elements of `environment` that have a name and a value.
  package func variables(of container: NodeID) -> [EnvironmentVariable] {
    let nodes = list(.environment, of: container)
    var variables: [EnvironmentVariable] = []
    variables.reserveCapacity(nodes.count)
    for node in nodes {
      guard let name = text(.name, of: node), let value = text(.value, of: node) else { continue }
      variables.append(EnvironmentVariable(name: name, value: value, node: node))
    }
    return variables
  }

  /// Whether the task stops when the container does. The default is true.
  package func isEssential(_ container: NodeID) -> Bool { flag(.essential, of: container) ?? true }
}

extension TaskDefinition {
  /// Envoy's configuration in its container. Values that are unknown until a template is deployed remain
  /// variables.
  package func embeddedBootstrap(of envoy: NodeID) -> String? {
    let words = list(.command, of: envoy)
    if let flag = words.firstIndex(where: { text($0) == EnvoyArguments.configurationFlag }) {
      return words[flag...].dropFirst().first.flatMap { word in
        text(word) ?? document.value(word)[Intrinsic.sub]?.array?.first?.string
      }
    }
    return compressedBootstrap(of: envoy).flatMap(CompressedBootstrap.decompress)
  }

  /// Envoy's configuration as its environment has it; `nil` if it is not compressed.
  package func compressedBootstrap(of envoy: NodeID) -> String? {
    variables(of: envoy).first { $0.name == CompressedBootstrap.variable }?.value
  }

  /// The note for the report that the configuration is compressed; `nil` if it is not.
  package func compressionFact(of envoy: NodeID) -> String? {
    guard let compressed = compressedBootstrap(of: envoy),
      let text = embeddedBootstrap(of: envoy)
    else { return nil }
    return "configuration compressed from \(text.utf8.count) to \(compressed.utf8.count) bytes"
  }

  /// The calls of AWS in Envoy's configuration. `nil` if Envoy makes none: it then lacks the variable
  /// that inject gives to those that do, and the configuration need not be read.
  package func callsOfAWS(by envoy: NodeID) -> AWSCalls? {
    let variable = AWSService.environment.name
    guard list(.environment, of: envoy).contains(where: { hasText(variable, in: .name, of: $0) }),
      let text = embeddedBootstrap(of: envoy), let document = try? Document(Array(text.utf8))
    else { return nil }
    let calls = AWSCalls(in: document.value(document.root))
    return calls.actions.isEmpty ? nil : calls
  }

  /// The note for the report that names the permissions of the task role which Envoy needs.
  package func permissionFact(of envoy: NodeID) -> String? {
    callsOfAWS(by: envoy)?.actions.joined(separator: ", ")
  }

  /// Whether Envoy sends its statistics to a collector.
  package func pushesMetrics(_ envoy: NodeID) -> Bool {
    embeddedBootstrap(of: envoy)?.contains(OpenTelemetrySink.name) == true
  }
}
