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

  @Test(
    arguments: [
      (template(), nil),
      (template(records: "AAAA"), nil),
      (template(namespace: "HttpNamespace"), .httpNamespace),
      (template(records: "SRV"), .noAddressRecords),
      (template(records: ""), .noAddressRecords),
      (template(records: "!Ref Given"), nil),
      // A service of the same name in another namespace does not count.
      (template(records: "SRV", name: "other.local"), nil),
      // An unresolved namespace can be the same one.
      (template(records: "SRV", reference: "!Ref Given"), .noAddressRecords),
    ] as [(String, LackOfRecords?)])
  func theReaderSeesWhatDNSLacks(template: String, lack: LackOfRecords?) throws {
    let reading = try Reading.read(template)
    #expect(reading.problems.isEmpty)
    #expect(try reading.mesh.node("web").lackOfRecords == lack)
  }

  @Test func namesComeFromTheService() throws {
    #expect(
      try Reading.read(Self.template()).mesh.node("web").serviceDiscovery
        == .awsCloudMap(
          serviceName: "web", namespaceName: "shop.local", attributes: [], ipPreference: nil))
  }
}
