import LosslessJSON

extension JSONValue {
  /// A task definition without the labels that uninject needs.
  var unmarked: JSONValue {
    switch self {
    case .array(let elements): return .array(elements.map(\.unmarked))
    case .object(let members):
      let kept = members.filter { !$0.name.hasPrefix("inject-envoy.io/") }
      let inner = kept.map { Member($0.name, $0.value.unmarked) }
      let labels = ["dockerLabels", "DockerLabels"]
      return .object(inner.filter { !labels.contains($0.name) || $0.value != [:] })
    default: return self
    }
  }
}
