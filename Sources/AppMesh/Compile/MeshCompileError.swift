public import EnvoyBootstrap

/// Why no configuration was made for a member of a mesh.
public enum MeshCompileError: Error, Hashable, CustomStringConvertible {
  public enum MemberKind: String, Hashable, Sendable {
    case virtualNode = "virtual node"
    case virtualGateway = "virtual gateway"
  }

  /// The mesh has no such member, only these.
  case unknownMember(MemberKind, String, known: [String])
  /// All that was found; at least one is an error.
  case lossy([Loss])
  case server(BootstrapError)

  public var description: String {
    switch self {
    case .unknownMember(let kind, let name, let known):
      "the mesh has no \(kind.rawValue) '\(name)'; "
        + (known.isEmpty
          ? "give the file that describes it" : "use one of \(known.joined(separator: ", "))")
    case .lossy(let losses):
      losses.filter(\.code.isError).map { loss in
        "\(loss.origin.file):\(loss.origin.line): \(loss.message); \(loss.remedy)"
      }.joined(separator: "\n")
    case .server(let error): error.description
    }
  }
}
