import AppMesh
import Foundation
import LosslessJSON
import Surroundings
import Testing

/// A published mesh, with the files that describe it. They are not part of this package, but in
/// `../shared/meshes` next to it, or in the folder that SHARED_DIR names.
struct RealMesh: CustomTestStringConvertible {
  let folder: URL
  /// The instructions for reading its files: `inputs.json` in the same folder.
  let inputs: JSONValue

  var testDescription: String { folder.lastPathComponent }

  static let howToGet: Comment = "no ../shared/meshes, and SHARED_DIR names none"

  static let all: [RealMesh] =
    Folders.entries(of: Folders.shared("meshes")).compactMap { folder in
      guard let bytes = Folders.bytes(folder.appending(path: "inputs.json")),
        let document = try? Document(bytes)
      else { return nil }
      return RealMesh(folder: folder, inputs: document.value(document.root))
    }

  static func named(_ name: String) throws -> RealMesh {
    try #require(all.first { $0.testDescription == name })
  }

  /// The author's values for the parameters that the templates have.
  func parameters(_ files: [MeshFile]) -> [String: String] {
    let given = inputs["parameters"]?.object ?? []
    let texts = files.map { String(decoding: $0.bytes, as: UTF8.self) }
    var parameters: [String: String] = [:]
    for parameter in given where texts.contains(where: { $0.contains(parameter.name) }) {
      parameters[parameter.name] = parameter.value.string
    }
    return parameters.merging(Self.missing[testDescription] ?? [:]) { _, new in new }
  }

  /// Made-up values that `inputs.json` does not contain.
  private static let missing: [String: [String: String]] = [
    "ecs-canary-pipeline": ["EnvironmentName": "canary"],
    "howto-alb": [
      "BackendV1LoadBalancer.DNSName": "backend-1.elb.example.com",
      "PublicLoadBalancer.DNSName": "front-1.elb.example.com",
    ],
    "howto-cross-account": ["ProjectName": "howto-cross-account"],
    "howto-external-traffic": [
      "MeshName": "howto-external-traffic", "ServicesDomain": "svc.local",
    ],
    "howto-ipv6-dns-v4-preferred": ["AppMeshMeshName": "howto-ipv6", "ProjectName": "howto-ipv6"],
    "howto-metrics-ext-djapp-v5": ["ProjectName": "djapp"],
    "howto-servicediscovery-cloudmap": ["AWS::StackName": "howto-cloudmap"],
    "howto-timeout-policy": ["CertificateAuthorityArn": authority, "CertificateArn": certificate],
    "tls-with-acm": ["CertificateAuthorityArn": authority, "CertificateArn": certificate],
  ]

  /// Made-up exports of stacks that are not among the files.
  private static let exports: [String: [String: String]] = [
    "ecs-crossvpc-tls": [
      "RootCA": authority, "AppMeshCert": certificate, "EXTLB": "front-1.elb.example.com",
    ],
    "howto-alb": [
      "howto-alb:Mesh": "howto-alb", "howto-alb:DnsNamespaceName": "howto-alb.local",
      "howto-alb:DnsHostedZoneName": "howto-alb.hosted.local",
    ],
    "howto-mutual-tls-file-provided-by-acm": [
      "mtls-ec2-appmesh-example:AcmPcaColorTellerRootCAArn": authority,
      "mtls-ec2-appmesh-example:AcmPcaColorTellerEndpointCertArn": certificate,
    ],
  ]

  private static let authority =
    "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/1"
  private static let certificate = "arn:aws:acm:us-east-1:111122223333:certificate/1"

  /// A document as `aws cloudformation list-exports` prints it.
  private var exports: [MeshFile] {
    guard let exports = Self.exports[testDescription] else { return [] }
    let list: JSONValue = .array(
      exports.map { ["Name": .string($0.key), "Value": .string($0.value)] })
    let text = JSONValue.object([.init("Exports", list)]).compactText
    return [MeshFile(name: "exports.json", bytes: Array(text.utf8))]
  }

  /// The files for the reader. Command-line inputs get the names that the command line gave, and shell
  /// variables are replaced.
  func files() throws -> [MeshFile] {
    if let names = inputs["files"]?.array?.compactMap(\.string) {
      return try names.map { MeshFile(name: $0, bytes: try bytes($0)) } + exports
    }
    return try (inputs["items"]?.array ?? []).map(file)
  }

  private static let nameKeys = [
    "virtualNodeName", "virtualServiceName", "virtualRouterName", "routeName",
    "virtualGatewayName", "gatewayRouteName",
  ]

  private func file(_ item: JSONValue) throws -> MeshFile {
    let name = try #require(item["file"]?.string)
    var text = String(decoding: try bytes(name), as: UTF8.self)
    // Some items lack a variable that other items have.
    let variables = [item] + (inputs["items"]?.array ?? [])
    for variable in variables.flatMap({ $0["vars"]?.object ?? [] }) {
      text = text.replacing("$\(variable.name)", with: "\"\(variable.value.string ?? "")\"")
    }
    let document = try Document(Array(text.utf8))
    var members = document.value(document.root).object ?? []
    for name in Self.nameKeys {
      if let value = item[name] { members.append(.init(name, value)) }
    }
    if !members.contains(where: { $0.name == "meshName" }), let mesh = inputs["meshName"] {
      members.append(.init("meshName", mesh))
    }
    return MeshFile(name: name, bytes: Array(JSONValue.object(members).compactText.utf8))
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: name)))
  }
}
