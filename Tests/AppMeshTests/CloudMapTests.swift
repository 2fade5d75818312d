import AppMesh
import LosslessJSON
import Testing

/// Cloud Map services whose addresses DNS does not have.
struct CloudMapTests {
  private static func template(
    namespace: String = "PrivateDnsNamespace", records: String = "A",
    reference: String = "!GetAtt Namespace.Id", name: String = "shop.local"
  ) -> String {
    """
    Parameters: {Given: {Type: String}}
    Resources:
      Mesh: {Type: "AWS::AppMesh::Mesh", Properties: {MeshName: m}}
      Namespace: {Type: "AWS::ServiceDiscovery::\(namespace)", Properties: {Name: shop.local}}
      Service:
        Type: AWS::ServiceDiscovery::Service
        Properties:
          Name: web
          NamespaceId: \(reference)
          \(records.isEmpty ? "Type: HTTP" : "DnsConfig: {DnsRecords: [{Type: \(records), TTL: 1}]}")
      Node:
        Type: AWS::AppMesh::VirtualNode
        Properties:
          MeshName: m
          VirtualNodeName: web
          Spec:
            ServiceDiscovery:
              AWSCloudMap: {ServiceName: !GetAtt Service.Name, NamespaceName: \(name)}
    """
  }

  @Test(arguments: [
    (template(), []),
    (template(records: "AAAA"), []),
    (template(namespace: "HttpNamespace"), ["http-namespace"]),
    (template(records: "SRV"), ["no-address-records"]),
    (template(records: ""), ["no-address-records"]),
    (template(records: "!Ref Given"), []),
    // A service of the same name in another namespace does not count.
    (template(records: "SRV", name: "other.local"), []),
    // An unresolved namespace can be the same one.
    (template(records: "SRV", reference: "!Ref Given"), ["no-address-records"]),
  ])
  func whatDNSCannotTellIsLost(template: String, codes: [String]) throws {
    let losses = try Reading.read(template).problems
    #expect(losses.map(\.code) == codes)
    #expect(losses.allSatisfy { $0.severity == .error && $0.text.description.contains("'web'") })
  }

  @Test func namesComeFromTheService() throws {
    #expect(
      try Reading.read(Self.template()).mesh.node("web").serviceDiscovery
        == .awsCloudMap(
          serviceName: "web", namespaceName: "shop.local", attributes: [], ipPreference: nil))
  }
}
