import CloudFormation
import LosslessJSON

/// What `Ref` and `Fn::GetAtt` of a resource come to, as far as its description tells.
struct ResourceAttributes {
  let set: TemplateSet
  let template: Template
  let resource: Template.Resource

  func reference(_ depth: Int) throws(Unresolved) -> JSONValue {
    if let kind = MeshResourceKind(templateType: resource.type) {
      return .string(try arn(of: kind, depth))
    }
    if CloudMapType(rawValue: resource.type) != nil { return identity }
    // Ref is the record's name:
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html
    if resource.type == "AWS::Route53::RecordSet" { return try property("Name", depth) }
    throw unknown(resource.logicalID, asked: "Ref of \(resource.logicalID)")
  }

  func attribute(_ attribute: String, _ depth: Int) throws(Unresolved) -> JSONValue {
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

  /// With placeholders for the account and the region.
  private func arn(of kind: MeshResourceKind, _ depth: Int) throws(Unresolved) -> String {
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

  /// A property that names a resource of the mesh: its short name.
  private func name(_ property: String, _ depth: Int) throws(Unresolved) -> String {
    let text = try self.property(property, depth).text ?? ""
    guard text.hasPrefix("arn:") else { return text }
    return Placeholder.split(text, by: "/").last ?? text
  }

  private func property(_ name: String, _ depth: Int) throws(Unresolved) -> JSONValue {
    guard let value = resource.property(name) else {
      throw Unresolved(
        "'\(resource.logicalID)' has no \(name), and CloudFormation makes one up",
        fix: "add the name that it was given as \(name)")
    }
    return try set.values(of: template).evaluate(value, depth: depth + 1)
  }

  /// Nobody knows a Cloud Map resource's id; that two ids are the same one can be known.
  private var identity: JSONValue {
    .string(Placeholder.text("the id of \(resource.logicalID) in \(template.source.file)"))
  }

  private func unknown(_ key: String, asked: String) -> Unresolved {
    Unresolved(
      "\(asked), of type \(resource.type), is known to AWS only",
      fix: "give '\(key)' a value with --parameter")
  }
}

/// Resources of Cloud Map.
enum CloudMapType: String {
  case service = "AWS::ServiceDiscovery::Service"
  case privateNamespace = "AWS::ServiceDiscovery::PrivateDnsNamespace"
  case publicNamespace = "AWS::ServiceDiscovery::PublicDnsNamespace"
  case httpNamespace = "AWS::ServiceDiscovery::HttpNamespace"
}
