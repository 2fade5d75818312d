import AppMesh
public import LosslessJSON

/// The Service Connect settings for an ECS service with one virtual node.
public struct ConvertedService: Hashable, Sendable {
  /// A port of the container that listens on it, for the task definition.
  struct Port: Hashable, Sendable {
    let name: String
    let mapping: PortMapping
  }

  /// A port that other services call.
  struct Published: Hashable, Sendable {
    let portName: String
    let json: JSONValue
  }

  public let virtualNode: String
  /// `false` if a loss of the service is an error.
  public internal(set) var canMove = true
  let namespace: String?
  let ports: [Port]
  let published: [Published]

  /// The members for `portMappings` of the task definition. A port without `appProtocol` is TCP.
  public var portMappings: [JSONValue] {
    ports.map { port in
      var members = [
        JSONValue.Member("name", .string(port.name)),
        JSONValue.Member("containerPort", .integer(Int(port.mapping.port))),
      ]
      if port.mapping.protocol != .tcp {
        members.append(JSONValue.Member("appProtocol", .string(port.mapping.protocol.rawValue)))
      }
      return .object(members)
    }
  }

  /// `serviceConnectConfiguration` of `CreateService` and `UpdateService`.
  public var configuration: JSONValue {
    var members = [JSONValue.Member("enabled", true)]
    if let namespace { members.append(JSONValue.Member("namespace", .string(namespace))) }
    if !published.isEmpty {
      members.append(JSONValue.Member("services", .array(published.map(\.json))))
    }
    return .object(members)
  }
}
