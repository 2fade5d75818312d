import AppMesh
import LosslessJSON

/// Collects the losses of a mesh, each once.
struct LossList {
  private(set) var all: [Loss] = []
  private var seen: Set<Loss> = []

  /// - Parameter origin: the part of the mesh that is lost or changes, or `nil` for the whole mesh.
  mutating func add(
    _ kind: Loss.Kind, _ values: KeyValuePairs<String, String> = [:], fields: [JSONPointer],
    nodes: Set<String> = [], at origin: Origin?
  ) {
    let loss = Loss(
      kind: kind, problem: Problem(kind.rule, values, at: origin?.place), fields: fields,
      nodes: nodes.sorted())
    if seen.insert(loss).inserted { all.append(loss) }
  }
}
