public import LosslessJSON

/// The App Mesh resource that an Envoy represents. The agent reads it from APPMESH_RESOURCE_ARN.
public struct AppMeshResource: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable { case virtualNode, virtualGateway }

  /// The environment variable from which the agent reads the resource.
  package static let variable = AgentVariable.resourceARN.rawValue
  /// The variable from which older agents read a virtual node.
  package static let oldVariable = "APPMESH_VIRTUAL_NODE_NAME"
  /// The variables that can name the resource, the newest first.
  package static let variables = [variable, oldVariable]

  /// The text as the user wrote it: a full ARN, or `mesh/MESH/virtualNode/NAME`.
  public let text: String
  public let kind: Kind
  public let mesh: String
  public let name: String
  /// The region in the ARN. `nil` if the text has the short form.
  public let region: String?

  /// - Throws: if the text has neither form. The agent stops at start-up if the text has fewer than
  ///   four parts between slashes (amazon-ecs-service-connect-agent, bootstrap.go).
  public init(_ text: String) throws(Problem) {
    var utf8 = text
    let read = utf8.withUTF8(Self.read)
    guard let read else { throw .notAnAppMeshResource(text) }
    (kind, mesh, name, region) = read
    self.text = text
  }

  private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  private static func read(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> (Kind, mesh: String, name: String, region: String?)? {
    guard text.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    let isARN = text.starts(with: "arn:".utf8)
    let sections = isARN ? parts(of: text[...], at: UInt8(ascii: ":"), atMost: 6) : [text[...]]
    if isARN, !isAppMesh(sections) { return nil }
    let path = parts(of: sections[sections.count - 1], at: UInt8(ascii: "/"), atMost: 5)
    guard path.count == 4, path[0].elementsEqual("mesh".utf8), !path[1].isEmpty, !path[3].isEmpty,
      let kind = Kind(rawValue: string(path[2]))
    else { return nil }
    return (kind, string(path[1]), string(path[3]), isARN ? string(sections[3]) : nil)
  }

  /// - Parameter sections: the sections of an ARN.
  private static func isAppMesh(_ sections: [Bytes]) -> Bool {
    sections.count == 6 && sections[1].starts(with: "aws".utf8)
      && sections[2].starts(with: "appmesh".utf8) && !sections[3].isEmpty
      && sections[4].count == 12 && sections[4].allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func string(_ bytes: Bytes) -> String { String(decoding: bytes, as: UTF8.self) }

  /// - Parameter count: the number of parts. The last part contains the rest of the text.
  private static func parts(of text: Bytes, at separator: UInt8, atMost count: Int) -> [Bytes] {
    var parts: [Bytes] = []
    parts.reserveCapacity(count)
    var rest = text
    while parts.count < count - 1, let end = rest.firstIndex(of: separator) {
      parts.append(rest[..<end])
      rest = rest[(end + 1)...]
    }
    parts.append(rest)
    return parts
  }
}

extension Problem {
  fileprivate static func notAnAppMeshResource(_ text: String) -> Self {
    Self(
      "'\(text)' is not the name of an App Mesh resource.",
      fix: "Give arn:aws:appmesh:REGION:ACCOUNT:mesh/MESH/virtualNode/NAME, "
        + "or mesh/MESH/virtualNode/NAME.")
  }
}
