import CloudFormation
package import LosslessJSON

/// A resource of a template.
package struct TemplateResource {
  package enum Kind: String {
    case taskDefinition = "AWS::ECS::TaskDefinition"
    case service = "AWS::ECS::Service"
    case role = "AWS::IAM::Role"
    case policy = "AWS::IAM::Policy"
    case managedPolicy = "AWS::IAM::ManagedPolicy"
    case rolePolicy = "AWS::IAM::RolePolicy"
    case logGroup = "AWS::Logs::LogGroup"
    case secret = "AWS::SecretsManager::Secret"
    case secretAttachment = "AWS::SecretsManager::SecretTargetAttachment"
    case parameter = "AWS::SSM::Parameter"
  }

  /// The logical id.
  package let name: String
  package let node: NodeID
  /// The resource's kind; `nil` for types that this package does not read.
  package let kind: Kind?
  package let properties: NodeID?
  /// The identifiers of the loops `Fn::ForEach` in whose bodies it stands. It becomes a resource for each of a
  /// loop's values. CloudFormation replaces `${Identifier}` in every text of the body.
  package let loopIdentifiers: [String]

  private init(
    _ name: String, _ node: NodeID, loopIdentifiers: [String] = [], in document: Document
  ) {
    self.name = name
    self.node = node
    self.loopIdentifiers = loopIdentifiers
    kind = document.member("Type", of: node).flatMap { document.string($0) }
      .flatMap(Kind.init)
    properties = document.member("Properties", of: node)
  }

  /// - Returns: `nil` if the document is not a template, or has no resource of that name.
  package init?(named name: String, in document: Document) {
    guard let resources = Self.section(of: document),
      let node = document.member(name, of: resources)
    else { return nil }
    self.init(name, node, in: document)
  }

  /// All resources in the template's order, with those in the bodies of loops.
  package static func all(in document: Document) -> [TemplateResource] {
    section(of: document).map { all(in: $0, [], of: document) } ?? []
  }

  private static func all(
    in section: NodeID, _ identifiers: [String], of document: Document
  ) -> [TemplateResource] {
    document.members(of: section).flatMap { name, value -> [TemplateResource] in
      guard let loop = loop(name, value, in: document) else {
        return [TemplateResource(name, value, loopIdentifiers: identifiers, in: document)]
      }
      return all(in: loop.body, identifiers + [loop.identifier], of: document)
    }
  }

  /// The identifier of a loop, and the resources in its body.
  ///
  /// - Returns: `nil` if the member is not a loop, or the body is not written as an object.
  package static func loop(
    _ name: String, _ value: NodeID, in document: Document
  ) -> (identifier: String, body: NodeID)? {
    guard name.hasPrefix(Intrinsic.forEach), document.kind(of: value) == .array else { return nil }
    let parts = document.elements(of: value)
    guard parts.count == 3, let identifier = document.string(parts[0]),
      document.kind(of: parts[2]) == .object
    else { return nil }
    return (identifier, parts[2])
  }

  /// - Returns: the object of all resources; `nil` if the document is not a template.
  package static func section(of document: Document) -> NodeID? {
    let isTask = document.member(Field.containerDefinitions.spelling, of: document.root) != nil
    guard !isTask, let resources = document.member("Resources", of: document.root),
      document.kind(of: resources) == .object
    else { return nil }
    return resources
  }

  /// The properties of policies that are separate resources, keyed by the logical ids of the roles that
  /// they are attached to unconditionally.
  package static func attachedPolicies(
    of resources: [TemplateResource], in document: Document
  ) -> [String: [NodeID]] {
    var policies: [String: [NodeID]] = [:]
    for resource in resources {
      guard let properties = resource.properties, resource.loopIdentifiers.isEmpty else { continue }
      for role in resource.rolesOfPolicy(in: document) {
        policies[role, default: []].append(properties)
      }
    }
    return policies
  }

  /// The roles of the template that have this policy. Empty if the policy has a condition.
  private func rolesOfPolicy(in document: Document) -> [String] {
    let reference: NodeID?
    switch kind {
    case .policy, .managedPolicy: reference = property(RoleProperty.roles, in: document)
    case .rolePolicy: reference = property(RoleProperty.roleName, in: document)
    default: reference = nil
    }
    guard let reference, document.member("Condition", of: node) == nil else { return [] }
    let value = document.value(reference)
    return (kind == .rolePolicy ? [value] : value.array ?? [])
      .compactMap { $0.object?.count == 1 ? $0[Intrinsic.ref]?.string : nil }
  }

  package func property(_ name: String, in document: Document) -> NodeID? {
    properties.flatMap { document.member(name, of: $0) }
  }
}
