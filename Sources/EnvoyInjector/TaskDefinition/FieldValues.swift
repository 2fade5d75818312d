import LosslessJSON

/// Words of the ECS API that this package writes or compares with.
enum NetworkMode { static let awsvpc = "awsvpc" }

enum Compatibility {
  static let fargate = "FARGATE"
  static let external = "EXTERNAL"
}

/// When a dependency counts as met.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html>
enum DependencyCondition {
  static let start = "START"
  static let healthy = "HEALTHY"
  /// The container that is waited for ends, and must not be essential.
  static let ends = ["COMPLETE", "SUCCESS"]
}

enum TransportProtocol {
  static let tcp = "tcp"
  static let udp = "udp"
}

enum LogDriver {
  static let awslogs = "awslogs"
  static let awsfirelens = "awsfirelens"
}

enum LogOption {
  static let group = "awslogs-group"
  static let region = "awslogs-region"
  static let createGroup = "awslogs-create-group"
  static let streamPrefix = "awslogs-stream-prefix"
}

extension JSONValue {
  /// An object of a task definition; members without a value are left out.
  static func fields(_ members: KeyValuePairs<Field, JSONValue?>) -> JSONValue {
    .object(
      members.compactMap { member in
        member.value.map { Member(member.key.rawValue, $0) }
      })
  }

  /// `[{"name": …, "value": …}]`, the list form of environments and proxy properties.
  static func namedValues(_ pairs: [(name: String, value: String)]) -> JSONValue {
    namedValues(pairs.map { (name: $0.name, value: .string($0.value)) })
  }

  static func namedValues(_ pairs: [(name: String, value: JSONValue)]) -> JSONValue {
    .array(pairs.map { .fields([.name: .string($0.name), .value: $0.value]) })
  }

  static func dependency(on container: String, _ condition: String) -> JSONValue {
    .fields([.containerName: .string(container), .condition: .string(condition)])
  }
}
