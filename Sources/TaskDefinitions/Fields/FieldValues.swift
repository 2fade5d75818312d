package import LosslessJSON

/// Words of the ECS API that this package writes or compares with.
package enum NetworkMode { package static let awsvpc = "awsvpc" }

package enum Compatibility {
  package static let fargate = "FARGATE"
  package static let external = "EXTERNAL"
}

/// The conditions of a dependency.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html>
package enum DependencyCondition {
  package static let start = "START"
  package static let healthy = "HEALTHY"
  /// Conditions that require the other container to stop. That container must not be essential.
  package static let ends = ["COMPLETE", "SUCCESS"]
}

/// The value of a port mapping's `protocol`.
package enum TransportProtocol: String, Hashable, Sendable {
  case tcp, udp

  /// ECS registers and describes every word except `udp` as tcp.
  /// <https://github.com/hashicorp/terraform-provider-aws/issues/3645>
  package init(word: String?) { self = word == Self.udp.rawValue ? .udp : .tcp }
}

package enum LogDriver {
  package static let awslogs = "awslogs"
  package static let awsfirelens = "awsfirelens"
}

package enum LogOption {
  package static let group = "awslogs-group"
  package static let region = "awslogs-region"
  package static let createGroup = "awslogs-create-group"
  package static let streamPrefix = "awslogs-stream-prefix"

  /// Options that decide how an application's lines are parsed, not where they go: where a line begins
  /// (<https://docs.docker.com/engine/logging/drivers/awslogs/>), which lines FireLens keeps
  /// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-filtering-logs.html>),
  /// and the format that Datadog and Splunk parse.
  package static let parsing: Set<String> = [
    "awslogs-datetime-format", "awslogs-multiline-pattern", "exclude-pattern", "include-pattern",
    "dd_service", "dd_source", "splunk-source", "splunk-sourcetype",
  ]
}

extension JSONValue {
  /// An object of a task definition, without the members whose value is `nil`.
  package static func fields(_ members: KeyValuePairs<Field, JSONValue?>) -> JSONValue {
    .object(
      members.compactMap { member in
        member.value.map { Member(member.key.spelling, $0) }
      })
  }

  /// `[{"name": …, "value": …}]`, the list form of environments and proxy properties.
  package static func namedValues(_ pairs: [(name: String, value: String)]) -> JSONValue {
    namedValues(pairs.map { (name: $0.name, value: .string($0.value)) })
  }

  package static func namedValues(_ pairs: [(name: String, value: JSONValue)]) -> JSONValue {
    .array(pairs.map { .fields([.name: .string($0.name), .value: $0.value]) })
  }

  package static func dependency(on container: String, _ condition: String) -> JSONValue {
    .fields([.containerName: .string(container), .condition: .string(condition)])
  }
}
