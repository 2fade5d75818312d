import CloudFormation
package import LosslessJSON
package import TaskDefinitions

/// The size of a role's inline policies in characters. IAM does not count whitespace. An unresolved
/// function counts as its shortest possible value.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
package enum InlinePolicySize {
  /// The limit for all inline policies of a role together.
  package static let limit = 10_240

  /// - Parameter place: a task definition of the template.
  package static func minimum(
    of role: String, around place: TaskPlace, in document: Document
  ) -> Int {
    let list = TemplateResource(named: role, in: document)?
      .property(RoleProperty.policies, in: document)
    let own = list.map { document.elements(of: $0) } ?? []
    // A managed policy has a limit of its own, and no PolicyName.
    let attached = (place.attachedPolicies[role] ?? []).filter {
      document.member(RoleProperty.policyName, of: $0) != nil
    }
    return (own + attached).reduce(0) { sum, policy in
      sum
        + (document.member(RoleProperty.policyDocument, of: policy)
          .map { size(document.value($0)) } ?? 0)
    }
  }

  private static func size(_ value: JSONValue) -> Int {
    switch value {
    case .array(let elements):
      return 2 + max(0, elements.count - 1) + elements.reduce(0) { $0 + size($1) }
    case .object(let members) where !Intrinsic.isIntrinsic(value):
      return 2 + max(0, members.count - 1)
        + members.reduce(0) { $0 + size(.string($1.name)) + 1 + size($1.value) }
    case .object:
      return TemplateText(value).map { 2 + $0.parts.reduce(0) { $0 + size($1) } } ?? 0
    case .string(let text):
      return JSONValue.string(text).compactText.unicodeScalars
        .count { !$0.properties.isWhitespace }
    case .null, .bool, .number: return value.compactText.unicodeScalars.count
    }
  }

  private static func size(_ part: TemplateText.Part) -> Int {
    switch part {
    case .literal(let text): return text.unicodeScalars.count { !$0.properties.isWhitespace }
    case .function(let function, _):
      return function[Intrinsic.ref]?.string.flatMap { shortest[$0] } ?? 0
    }
  }

  /// The lengths of the shortest values of pseudo parameters: `aws`, `us-east-1`, an account id.
  private static let shortest = [
    Intrinsic.partition: 3, Intrinsic.region: 9, Intrinsic.account: 12,
  ]
}
