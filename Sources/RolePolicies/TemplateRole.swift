package import LosslessJSON
import TaskDefinitions

/// A role that a template makes.
package struct TemplateRole {
  package let name: String
  private let properties: NodeID
  /// Its inline policies, where it has a list of them.
  private let policies: NodeID?

  /// - Returns: `nil` when a function decides which policies it has, so that none can be added.
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

  /// Where in the template it is.
  package var node: NodeID { properties }

  package func hasPolicy(named name: String, in document: Document) -> Bool {
    policyNames(document).contains(name)
  }

  /// Policies of several tasks stand in the order of their names, whichever was injected last.
  package func add(_ policy: JSONValue, to document: inout Document, because reason: Edit.Reason) {
    guard let policies else {
      document.set(RoleProperty.policies, to: [policy], in: properties, because: reason)
      return
    }
    let name = policy[RoleProperty.policyName]?.string ?? ""
    let names = policyNames(document)
    let next = names.firstIndex { other in
      other.map { $0.hasPrefix(RoleToAllow.policyPrefix) && $0 > name } == true
    }
    document.insert(policy, at: next ?? names.count, in: policies, because: reason)
  }

  private func policyNames(_ document: Document) -> [String?] {
    (policies.map { document.elements(of: $0) } ?? []).map { policy in
      document.member(RoleProperty.policyName, of: policy).flatMap { document.string($0) }
    }
  }
}
