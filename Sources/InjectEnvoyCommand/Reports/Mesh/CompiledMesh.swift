import AppMesh
import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Every Envoy of a mesh with its configuration, and every problem.
struct CompiledMesh {
  struct Member {
    let kind: MeshCompileError.EnvoyKind
    let name: String
    /// The configuration, or `nil` if one of the problems is an error.
    let bootstrap: Bootstrap?
    let problems: [Problem]

    /// For messages.
    var title: String { "\(kind.rawValue) '\(name)'" }
  }

  let compiler: MeshCompiler
  var mesh: Mesh { compiler.mesh }
  var defaults: MeshDefaults { compiler.defaults }
  /// Gateways, then nodes, each sorted by name.
  let members: [Member]
  /// The problems without duplicates, sorted by file and line.
  let problems: [Problem]

  /// - Parameter region: where Envoys call AWS.
  init(_ options: MeshOptions, region: AWSRegion?) {
    let compiler = options.compiler
    self.compiler = compiler
    // A task's document says the region if no option does.
    let server = ServerSettings(node: Node(id: "", cluster: ""), region: region ?? .ofStack)
    let mesh = compiler.mesh
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
    var seen: Set<Problem> = []
    problems = (options.problems.all + members.flatMap(\.problems))
      .filter { seen.insert($0).inserted }
      .map { (place: $0.place ?? Place(), text: $0.text.description, problem: $0) }
      .sorted { one, other in
        (one.place.file ?? "", one.place.line ?? 0, one.problem.code, one.text)
          < (other.place.file ?? "", other.place.line ?? 0, other.problem.code, other.text)
      }
      .map(\.problem)
  }

  /// The Envoys that cannot be compiled.
  var refused: [Member] { members.filter { $0.bootstrap == nil } }
}

extension CompiledMesh.Member {
  init(
    _ kind: MeshCompileError.EnvoyKind, _ name: String, _ options: MeshOptions,
    _ compile: () throws(MeshCompileError) -> CompiledEnvoy
  ) {
    self.kind = kind
    self.name = name
    let read = options.problems.concerning(kind, name)
    do throws(MeshCompileError) {
      let member = try compile()
      bootstrap = read.contains { $0.severity == .error } ? nil : member.bootstrap
      problems = read + member.problems
    } catch {
      bootstrap = nil
      if case .refused(let found) = error { problems = read + found } else { problems = read }
    }
  }
}
