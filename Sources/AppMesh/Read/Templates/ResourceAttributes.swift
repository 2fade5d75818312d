import CloudFormation
import LosslessJSON

/// Evaluates `Ref` and `Fn::GetAtt` of a resource as far as its description allows.
struct ResourceAttributes {
  let set: TemplateSet
  let template: Template
  let resource: Template.Resource

  func reference(_ depth: Int) throws(Problem) -> JSONValue {
    if let kind = MeshResourceKind(templateType: resource.type) {
      return .string(try arn(of: kind, depth))
    }
    if CloudMapType(rawValue: resource.type) != nil { return identity }
    // `Ref` returns the name of the record:
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html
    if resource.type == "AWS::Route53::RecordSet" { return try property("Name", depth) }
    throw unknown(resource.logicalID, asked: "Ref of \(resource.logicalID)")
  }

  func attribute(_ attribute: String, _ depth: Int) throws(Problem) -> JSONValue {
    let key = "\(resource.logicalID).\(attribute)"
    if let kind = MeshResourceKind(templateType: resource.type) {
      let names = [.mesh, kind.parent, kind].compactMap { $0?.nameKey.lowercased() }
      if names.contains(attribute.lowercased()) {
        return .string(try name(attribute, depth))
      }
      switch attribute {
      case "Arn": return .string(try arn(of: kind, depth))
      case "MeshOwner", "ResourceOwner":
        return .string(Placeholder.text(PseudoParameter.accountID.rawValue))
      default: throw unknown(key, asked: key)
      }
    }
    if let type = CloudMapType(rawValue: resource.type) {
      if type == .service, attribute == "Name" { return try property("Name", depth) }
      if attribute == "Id" { return identity }
    }
    throw unknown(key, asked: key)
  }

  /// The ARN, with placeholders for the account and the region.
  private func arn(of kind: MeshResourceKind, _ depth: Int) throws(Problem) -> String {
    let pseudo: [PseudoParameter] = [.partition, .region, .accountID]
    var parts: [String] = []
    for parameter in pseudo {
      parts.append(set.given[parameter.rawValue] ?? Placeholder.text(parameter.rawValue))
    }
    var arn = "arn:\(parts[0]):appmesh:\(parts[1]):\(parts[2])"
    arn += ":mesh/" + (try name(MeshResourceKind.mesh.nameKey, depth))
    for part in [kind.parent, kind == .mesh ? nil : kind].compactMap({ $0 }) {
      arn += "/\(part.rawValue)/" + (try name(part.nameKey, depth))
    }
    return arn
  }

  /// The short name in a property that refers to another mesh resource.
  private func name(_ property: String, _ depth: Int) throws(Problem) -> String {
    let text = try self.property(property, depth).text ?? ""
    guard text.hasPrefix("arn:") else { return text }
    return Placeholder.split(text, by: "/").last ?? text
  }

  private func property(_ name: String, _ depth: Int) throws(Problem) -> JSONValue {
    guard let value = resource.property(name) else {
      throw Problem(Self.generatedName, ["resource": resource.logicalID, "name": name])
    }
    return try set.values(of: template).evaluate(value, depth: depth + 1)
  }

  /// A substitute for the id of a Cloud Map resource. Equal ids have equal substitutes.
  private var identity: JSONValue {
    .string(Placeholder.text("the id of \(resource.logicalID) in \(template.source.file)"))
  }

  private func unknown(_ key: String, asked: String) -> Problem {
    Problem(
      Self.knownToAWSOnly, ["asked": asked, "type": resource.type, "key": key])
  }
}

extension ResourceAttributes {
  static let rules = [generatedName, knownToAWSOnly]

  private static let generatedName = Rule.error(
    "template-generated-name",
    "'{resource}' does not have {name}, so CloudFormation generated a name.",
    fix: "Add {name} with the name that the resource has.")
  private static let knownToAWSOnly = Rule.error(
    "template-attribute-unknown", "Only AWS knows {asked}, which has type {type}.",
    fix: "Give '{key}' a value with \(.parameters).")
}

/// The resource types of Cloud Map.
enum CloudMapType: String {
  case service = "AWS::ServiceDiscovery::Service"
  case privateNamespace = "AWS::ServiceDiscovery::PrivateDnsNamespace"
  case publicNamespace = "AWS::ServiceDiscovery::PublicDnsNamespace"
  case httpNamespace = "AWS::ServiceDiscovery::HttpNamespace"
}
