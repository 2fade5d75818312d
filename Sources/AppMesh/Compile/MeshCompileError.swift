public import LosslessJSON

/// The reason why an Envoy of a mesh was not compiled.
public enum MeshCompileError: Error, Hashable, CustomStringConvertible {
  /// The parts of a mesh that have an Envoy.
  public enum EnvoyKind: String, Hashable, Sendable {
    case virtualNode = "virtual node"
    case virtualGateway = "virtual gateway"
  }

  /// The mesh does not have the virtual node or gateway.
  case unknownEnvoy(Problem)
  /// Every problem that was found. At least one is an error.
  case refused([Problem])
  case server(Problem)

  public var description: String {
    switch self {
    case .unknownEnvoy(let problem): problem.descriptionWithPlace
    case .refused(let problems): MeshError(problems.filter { $0.severity == .error }).description
    case .server(let problem): "\(problem.text) \(problem.fix)"
    }
  }
}

extension MeshCompileError {
  static let rules = [unknown]

  private static let unknown = Rule.error(
    "unknown-envoy", "The mesh does not have {kind} '{name}'.",
    fix: "Add the file that describes it.")

  static func unknown(_ kind: EnvoyKind, _ name: String, known: [String]) -> MeshCompileError {
    .unknownEnvoy(
      Problem(
        unknown, ["kind": kind.rawValue, "name": name],
        fix: known.isEmpty ? nil : "Use one of: \(known.sorted().joined(separator: ", ")).",
        at: nil))
  }
}
