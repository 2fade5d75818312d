package import LosslessJSON
import TaskDefinitions

/// A role that a template defines.
package struct TemplateRole {
  package let name: String
  private let properties: NodeID
  /// The list of its inline policies; `nil` if it has none.
  private let policies: NodeID?

  /// - Returns: `nil` if an intrinsic function produces the list of policies, so that none can be added.
  package init?(named name: String, in document: Document) {
    guard let properties = TemplateResource(named: name, in: document)?.properties,
      document.kind(of: properties) == .object
    else { return nil }
    let policies = document.member(RoleProperty.policies, of: properties)
      .flatMap { document.kind(of: $0) == .null ? nil : $0 }
    if let policies, document.kind(of: policies) != .array { return nil }
    self.name = name
    self.properties = properties
    self.policies = policies
  }

  /// The role's place in the template.
  package var node: NodeID { properties }

  /// The policy that inject added, or a user's policy with the same name.
  package func sharedPolicy(in document: Document) -> NodeID? {
    policies.flatMap { list in
      document.elements(of: list).first { policy in
        document.member(RoleProperty.policyName, of: policy)
          .flatMap { document.string($0) } == SharedPolicy.name
      }
    }
  }

  package func add(_ policy: JSONValue, to document: inout Document, because reason: Edit.Reason) {
    if let policies {
      document.append(policy, to: policies, because: reason)
    } else {
      document.set(RoleProperty.policies, to: [policy], in: properties, because: reason)
    }
  }
}
