package import LosslessJSON

/// The dependencies between the containers of a task.
package struct Dependencies {
  /// An element of `dependsOn` that names a container.
  package struct Edge {
    package let node: NodeID
    /// The index of the container in ``containers``; `nil` if the task has no container of that name.
    package let target: Int?
  }

  package let containers: [NodeID]
  /// The containers that each container waits for.
  package let edges: [[Edge]]

  /// The indices of the containers that must start before one, directly or indirectly.
  package func before(_ container: Int) -> [Int] {
    var found: [Int] = []
    var next = container
    var followed = 0
    while true {
      for edge in edges[next] {
        if let target = edge.target, !found.contains(target) { found.append(target) }
      }
      guard followed < found.count else { return found }
      next = found[followed]
      followed += 1
    }
  }
}

extension TaskDefinition {
  /// The dependencies in the current state of the document.
  package var dependencies: Dependencies {
    let containers = containers
    let names = containers.map { node(.name, of: $0) }
    let edges = containers.map { container in
      list(.dependsOn, of: container).compactMap { dependency in
        text(.containerName, of: dependency).map { name in
          let target = names.firstIndex { $0.map { isText($0, name) } ?? name.isEmpty }
          return Dependencies.Edge(node: dependency, target: target)
        }
      }
    }
    return Dependencies(containers: containers, edges: edges)
  }

  /// The containers that must start before `container`, directly or indirectly.
  package func dependencies(of container: NodeID) -> [NodeID] {
    // Most containers wait for no other.
    if list(.dependsOn, of: container).isEmpty { return [] }
    let all = dependencies
    let place = all.containers.firstIndex(of: container)
    return place.map { all.before($0).map { all.containers[$0] } } ?? []
  }
}
