import AppMesh
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension FormerEnvoy {
  /// The App Mesh resource that an Envoy represented.
  enum Standing {
    case nothing
    case resource(AppMeshResource)
    /// An unevaluated intrinsic function, or text for a template engine.
    case undecided(JSONValue)
  }

  /// The value in the mark of our own Envoy, or in the environment of App Mesh's Envoy.
  static func standing(of envoy: PresentEnvoy, in task: TaskDefinition) -> JSONValue? {
    if let text = task.meshResource(of: envoy.container) { return .string(text) }
    let variables = task.list(.environment, of: envoy.container)
    for name in AppMeshResource.variables {
      let variable = variables.first { task.text(.name, of: $0) == name }
      guard let value = variable.flatMap({ task.node(.value, of: $0) }) else { continue }
      return task.document.value(value)
    }
    return nil
  }

  /// - Parameter mesh: the mesh that a template may refer to.
  func standing(in mesh: MeshOptions?) -> Standing {
    guard let stoodFor else { return .nothing }
    // The account and the region do not identify a mesh, and may be placeholders of a template engine.
    let written = stoodFor.string.flatMap { $0.split(separator: ":").last.map(String.init) }
    let path = written ?? evaluated(in: mesh)?.path
    guard let path, !path.isPlaceholder, let resource = try? AppMeshResource(path) else {
      return .undecided(stoodFor)
    }
    return .resource(resource)
  }

  /// The problem that defaults of the template's parameters decide the resource; `nil` if none do.
  func defaults(in mesh: MeshOptions) -> Problem? { evaluated(in: mesh)?.defaults }

  private func evaluated(in mesh: MeshOptions?) -> (path: String, defaults: Problem?)? {
    stoodFor.flatMap {
      template?.resource(
        of: $0, beside: mesh?.files ?? [], parameters: mesh?.parameters ?? [:])
    }
  }
}

extension InjectionOptions {
  /// Makes Envoy represent the same resource as the former Envoy, if the mesh has it and no option says
  /// otherwise.
  mutating func stand(for former: FormerEnvoy?) {
    guard case .resource(let resource) = former?.standing(in: mesh),
      let standing = controlPlane.source.standing(for: resource)
    else { return }
    controlPlane = standing
  }
}
