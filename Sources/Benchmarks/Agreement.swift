import LosslessJSON

/// Checks that contenders did equal work. Otherwise their speeds cannot be compared.
enum Agreement {
  /// Compares their outputs, without the labels in which inject-envoy keeps its ledger.
  static func check(_ contenders: [Contender], on input: String, scratch: String) throws {
    var first: JSONValue?
    for contender in contenders {
      let output = "\(scratch)/output.json"
      _ = try contender.run(input: input, output: output)
      let document = try Workload.read(output)
      let value = withoutLabels(document.value(document.root))
      guard let expected = first else {
        first = value
        continue
      }
      guard value.isEquivalent(to: expected) else {
        throw Failure(text: "\(contender.name) makes something else of \(input)")
      }
    }
  }

  private static func withoutLabels(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): return .array(elements.map(withoutLabels))
    case .object(let members):
      let kept = members.filter { member in
        member.value["inject-envoy.io/ledger"] == nil
      }
      return .object(kept.map { JSONValue.Member($0.name, withoutLabels($0.value)) })
    default: return value
    }
  }
}
