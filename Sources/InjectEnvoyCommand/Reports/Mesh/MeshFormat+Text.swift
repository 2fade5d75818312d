import EnvoyInjector
import LosslessJSON

extension MeshFormat {
  func text(of compiled: CompiledMesh) -> String {
    switch self {
    case .text: TextMeshReport(compiled).text
    case .json: JSONMeshReport(compiled).value.prettyText + "\n"
    case .mermaid: "```mermaid\n\(MeshDiagram(compiled.compiler).mermaid)```\n"
    case .serviceConnect: ServiceConnectReport(compiled).text
    case .serviceConnectJSON: ServiceConnectReport(compiled).value.prettyText + "\n"
    }
  }
}
