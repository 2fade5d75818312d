import LosslessJSON

extension TaskDefinition {
  /// Whether a label says that the document is to be left as it is.
  var isOptedOut: Bool { injectLabels.contains { $0.value == Mark.disabled } }

  /// What the labels say about whether to inject at all.
  var injectLabels: [(value: String, node: NodeID)] {
    containers.compactMap { container in
      node(.dockerLabels, of: container).flatMap { document.member(Mark.inject, of: $0) }
        .map { (document.string($0) ?? "", $0) }
    }
  }

  /// Whether this tool printed the task definition as a gateway's.
  var isGateway: Bool {
    containers.contains { labels(of: $0).contains { $0.name == Mark.gateway } }
  }

  /// Whether this tool added the container.
  func isMarked(_ container: NodeID) -> Bool {
    labels(of: container).contains { $0.name == Mark.version }
  }

  /// What an Envoy of ours stands for in a mesh, as its mark says.
  func meshResource(of container: NodeID) -> String? {
    labels(of: container).first { $0.name == Mark.meshResource }?.value
  }

  /// The options that labels `inject-envoy.io/OPTION` of the containers ask for.
  var optionLabels: Injector.Labels {
    let ours = [Mark.version, Mark.ledger, Mark.gateway, Mark.meshResource, Mark.inject]
    return containers.flatMap { labels(of: $0) }
      .filter { $0.name.hasPrefix(Mark.prefix) && !ours.contains($0.name) }
      .map { (String($0.name.dropFirst(Mark.prefix.count)), $0.value) }
  }

  private func labels(of container: NodeID) -> [(name: String, value: String)] {
    guard let labels = node(.dockerLabels, of: container) else { return [] }
    return document.members(of: labels).map { ($0.name, document.string($0.value) ?? "") }
  }
}
