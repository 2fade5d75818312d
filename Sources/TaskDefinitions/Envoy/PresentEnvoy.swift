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
    guard let container = ours ?? foreignEnvoy(roles.selection) else { return nil }
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

  private func foreignEnvoy(_ selection: ContainerSelection) -> NodeID? {
    if let proxy = proxyContainer, !isCalledApplication(proxy, selection) { return proxy }
    return containers.first { isEnvoy($0) && !isCalledApplication($0, selection) }
  }

  /// Whether the user skips a container by its name. It is then not treated as the task's Envoy.
  package func isCalledApplication(
    _ container: NodeID, _ selection: ContainerSelection
  ) -> Bool {
    !selection.skip.isEmpty && selection.skip.contains(name(of: container))
  }

  /// Whether a container runs Envoy, by its image. Where an intrinsic function decides the image, also by
  /// the variables of App Mesh's agent, and by the name that AWS's guides give the container.
  package func isEnvoy(_ container: NodeID) -> Bool {
    if namesImage(container, of: ImageReference.envoys) { return true }
    guard let image = imageFunction(of: container) else { return false }
    return standsInAppMesh(container)
      || (text(image) == nil && hasText(Self.usualName, in: .name, of: container))
  }

  /// <https://docs.aws.amazon.com/app-mesh/latest/userguide/getting-started-ecs.html>
  private static let usualName = "envoy"

  /// Whether App Mesh's agent runs Envoy in a container.
  package func hasAgent(_ container: NodeID) -> Bool {
    namesImage(container, of: ImageReference.agents)
      || (imageFunction(of: container) != nil && standsInAppMesh(container))
  }

  /// Whether a container's image is one of `repositories`, or the function that decides it has the name
  /// of such an image in its text: `Fn::Sub` of `${Registry}/envoy`.
  package func namesImage(_ container: NodeID, of repositories: [String]) -> Bool {
    if hasImage(container, of: repositories) { return true }
    guard let image = imageFunction(of: container) else { return false }
    return document.value(image).strings.contains { text in
      // A text without a slash may be the name of a parameter or a condition.
      text.utf8.contains(UInt8(ascii: "/"))
        && repositories.contains(ImageReference(text).repository)
    }
  }

  /// The intrinsic function that decides a container's image, if one does.
  private func imageFunction(of container: NodeID) -> NodeID? {
    guard place.values != nil, let image = node(.image, of: container),
      place.isIntrinsic(image, in: document)
    else { return nil }
    return image
  }

  /// Whether a variable or a secret of a container names an App Mesh resource.
  private func standsInAppMesh(_ container: NodeID) -> Bool {
    [Field.environment, .secrets].contains { field in
      list(field, of: container).contains { variable in
        AppMeshResource.variables.contains { hasText($0, in: .name, of: variable) }
      }
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

extension JSONValue {
  /// Every string in the value, without the names of members.
  fileprivate var strings: [String] {
    switch self {
    case .string(let text): [text]
    case .array(let elements): elements.flatMap(\.strings)
    case .object(let members): members.flatMap(\.value.strings)
    case .null, .bool, .number: []
    }
  }
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
