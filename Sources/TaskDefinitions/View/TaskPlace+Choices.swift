import CloudFormation
package import LosslessJSON

extension TaskPlace {
  /// The values of which a template takes one when it is deployed: the branches of `Fn::If`,
  /// without those that leave the place empty; the value itself where there is nothing to choose.
  package func choices(_ node: NodeID, in document: Document) -> [NodeID] {
    guard values != nil, let branches = branches(of: node, in: document) else { return [node] }
    return branches.flatMap { choices($0, in: document) }
  }

  /// - Returns: `nil` when the value is no `Fn::If`.
  private func branches(of node: NodeID, in document: Document) -> [NodeID]? {
    guard isIntrinsic(node, in: document), let arguments = document.member(Intrinsic.if, of: node)
    else { return nil }
    let parts = document.elements(of: arguments)
    guard parts.count == 3 else { return nil }
    return parts.dropFirst().filter { !isNoValue($0, in: document) }
  }

  private func isNoValue(_ node: NodeID, in document: Document) -> Bool {
    document.member(Intrinsic.ref, of: node).flatMap(document.string) == Intrinsic.noValue
  }
}

extension TaskDefinition {
  /// The elements of the list: containers, or functions by which a template takes one.
  package var containerPlaces: [NodeID] {
    node(.containerDefinitions).map { document.elements(of: $0) } ?? []
  }

  /// The containers by their place in the list: one, or those of which a template takes one.
  package var containerChoices: [[NodeID]] {
    containerPlaces.map { place.choices($0, in: document) }
  }

  /// Whether a template decides when it is deployed that the container is there.
  package func isConditional(_ container: NodeID) -> Bool {
    place.values != nil && document.container(of: container) != node(.containerDefinitions)
  }
}
