import LosslessJSON

extension TaskDefinition {
  /// Whether a label says that the document is to be left as it is.
  var isOptedOut: Bool {
    containers.contains { container in
      label(Mark.inject, of: container).map { document.isString($0, Mark.disabled) } ?? false
    }
  }

  /// What the labels say about whether to inject at all.
  var injectLabels: [(value: String, node: NodeID)] {
    containers.compactMap { container in
      label(Mark.inject, of: container).map { (document.string($0) ?? "", $0) }
    }
  }

  /// Whether this tool printed the task definition as a gateway's.
  var isGateway: Bool {
    containers.contains { label(Mark.gateway, of: $0) != nil }
  }

  /// The Envoy that this tool added.
  var markedContainer: NodeID? { containers.first { label(Mark.version, of: $0) != nil } }

  /// What an Envoy of ours stands for in a mesh, as its mark says.
  func meshResource(of container: NodeID) -> String? {
    label(Mark.meshResource, of: container).map { document.string($0) ?? "" }
  }

  /// The options that labels `inject-envoy.io/OPTION` of the containers ask for.
  var optionLabels: Injector.Labels {
    let ours = [Mark.version, Mark.ledger, Mark.gateway, Mark.meshResource, Mark.inject]
    var options: Injector.Labels = []
    for container in containers {
      guard let labels = node(.dockerLabels, of: container) else { continue }
      for label in document.members(of: labels, withPrefix: Mark.prefix)
      where !ours.contains(label.name) {
        let option = String(label.name.dropFirst(Mark.prefix.count))
        options.append((option, document.string(label.value) ?? ""))
      }
    }
    return options
  }

  private func label(_ name: String, of container: NodeID) -> NodeID? {
    node(.dockerLabels, of: container).flatMap { document.member(name, of: $0) }
  }
}
