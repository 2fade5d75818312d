package import LosslessJSON

/// A docker label `inject-envoy.io/NAME` that sets an option for its task.
public struct OptionLabel: Hashable, Sendable {
  /// The option's name in kebab-case.
  public let name: String
  public let value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

extension TaskDefinition {
  /// Whether a label opts the document out of injection.
  package var isOptedOut: Bool {
    containers.contains { container in
      label(Mark.inject, of: container).map { document.isString($0, Mark.disabled) } ?? false
    }
  }

  /// The values of the labels that can opt the document out.
  package var injectLabels: [(value: String, node: NodeID)] {
    containers.compactMap { container in
      label(Mark.inject, of: container).map { (document.string($0) ?? "", $0) }
    }
  }

  /// Whether this tool printed the task definition as a gateway's.
  package var isGateway: Bool {
    containers.contains { label(Mark.gateway, of: $0) != nil }
  }

  /// The Envoy container that this tool added.
  package var markedContainer: NodeID? { containers.first { label(Mark.version, of: $0) != nil } }

  /// The mesh resource in the mark of an Envoy that this tool added.
  package func meshResource(of container: NodeID) -> String? {
    label(Mark.meshResource, of: container).map { document.string($0) ?? "" }
  }

  /// The options that labels `inject-envoy.io/OPTION` of the containers set.
  package var optionLabels: [OptionLabel] {
    let ours = [Mark.version, Mark.ledger, Mark.gateway, Mark.meshResource, Mark.inject]
    var options: [OptionLabel] = []
    for container in containers {
      guard let labels = node(.dockerLabels, of: container) else { continue }
      for label in document.members(of: labels, withPrefix: Mark.prefix)
      where !ours.contains(label.name) {
        let option = String(label.name.dropFirst(Mark.prefix.count))
        options.append(OptionLabel(name: option, value: document.string(label.value) ?? ""))
      }
    }
    return options
  }

  private func label(_ name: String, of container: NodeID) -> NodeID? {
    node(.dockerLabels, of: container).flatMap { document.member(name, of: $0) }
  }
}
