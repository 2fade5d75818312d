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
    let isARN = text.utf8.starts(with: "arn:".utf8)
    let sections = isARN ? Self.parts(of: text, at: UInt8(ascii: ":"), atMost: 6) : [text]
    let path = Self.parts(of: sections[sections.count - 1], at: UInt8(ascii: "/"), atMost: 5)
    guard path.count == 4, path[0] == "mesh", let kind = Kind(rawValue: path[2]),
      !path[1].isEmpty, !path[3].isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw .notAnAppMeshResource(text) }
    if isARN {
      guard sections.count == 6, sections[1].hasPrefix("aws"), sections[2].hasPrefix("appmesh"),
        !sections[3].isEmpty, sections[4].utf8.count == 12,
        sections[4].utf8.allSatisfy({ (0x30...0x39).contains($0) })
      else { throw .notAnAppMeshResource(text) }
    }
    self.text = text
    self.kind = kind
    mesh = path[1]
    name = path[3]
    region = isARN ? sections[3] : nil
  }

  /// - Parameter count: the number of parts. The last part contains the rest of the text.
  private static func parts(
    of text: String, at separator: UInt8, atMost count: Int
  ) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      var parts: [String] = []
      parts.reserveCapacity(count)
      var rest = bytes[...]
      while parts.count < count - 1, let end = rest.firstIndex(of: separator) {
        parts.append(String(decoding: rest[..<end], as: UTF8.self))
        rest = rest[(end + 1)...]
      }
      parts.append(String(decoding: rest, as: UTF8.self))
      return parts
    }
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
