import AppMesh
import EnvoyBootstrap
import EnvoyInjector
import TaskDefinitions

/// Every Envoy of a mesh with its configuration, and everything that is lost.
struct CompiledMesh {
  struct Member {
    let kind: MeshCompileError.MemberKind
    let name: String
    /// `nil`: its behaviour would change silently.
    let bootstrap: Bootstrap?
    let losses: [Loss]

    /// For messages.
    var title: String { "\(kind.rawValue) '\(name)'" }
  }

  let mesh: Mesh
  /// Gateways, then nodes, each in the order of names.
  let members: [Member]
  /// Each once, in the order of files and lines.
  let losses: [Loss]

  init(_ options: MeshOptions) {
    mesh = options.compiler.mesh
    let compiler = options.compiler
    let server = ServerSettings(node: Node(id: "", cluster: ""))
    let gateways = mesh.virtualGateways.map { gateway in
      Member(.virtualGateway, gateway.name, options) { () throws(MeshCompileError) in
        try compiler.gateway(gateway.name, server: server)
      }
    }
    let nodes = mesh.virtualNodes.map { node in
      Member(.virtualNode, node.name, options) { () throws(MeshCompileError) in
        try compiler.sidecar(node: node.name, server: server)
      }
    }
    members = (gateways + nodes)
    var seen: Set<Loss> = []
    losses = (options.losses + members.flatMap(\.losses)).filter { seen.insert($0).inserted }
      .sorted { one, other in
        (one.origin.file, one.origin.line, one.code.name, one.message)
          < (other.origin.file, other.origin.line, other.code.name, other.message)
      }
  }

  /// Those for which there is no configuration.
  var refused: [Member] { members.filter { $0.bootstrap == nil } }
}

extension CompiledMesh.Member {
  init(
    _ kind: MeshCompileError.MemberKind, _ name: String, _ options: MeshOptions,
    _ compile: () throws(MeshCompileError) -> CompiledMember
  ) {
    self.kind = kind
    self.name = name
    let resource: AppMeshResource.Kind = kind == .virtualNode ? .virtualNode : .virtualGateway
    var options = options
    options.member = name
    let read = options.losses(of: resource)
    do throws(MeshCompileError) {
      let member = try compile()
      bootstrap = read.contains(where: \.code.isError) ? nil : member.bootstrap
      losses = read + member.losses
    } catch {
      bootstrap = nil
      if case .lossy(let found) = error { losses = read + found } else { losses = read }
    }
  }
}
