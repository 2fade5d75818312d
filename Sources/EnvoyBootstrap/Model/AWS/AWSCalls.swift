package import LosslessJSON

/// The calls of AWS that a configuration makes, for the permissions that they need.
///
/// They are read from the finished configuration, so that whatever a user changed in it counts.
package struct AWSCalls: Hashable, Sendable {
  package struct Service: Hashable, Sendable {
    package let namespace: String
    package let name: String
  }

  package struct Object: Hashable, Sendable {
    package let bucket: String
    package let key: String
  }

  /// The objects in S3 that are read.
  package private(set) var objects: [Object] = []
  /// The ARNs of the secrets that are read, each once, in order.
  package private(set) var secrets: [String] = []
  /// The services of Cloud Map whose instances are found, each once, in order.
  package private(set) var services: [Service] = []

  /// The actions that the task role must allow.
  package var actions: [String] {
    [
      (Self.discovery, services.isEmpty), (Self.reading, objects.isEmpty),
      (Self.secretReading, secrets.isEmpty),
    ].filter { !$0.1 }.map(\.0)
  }

  package static let discovery = "servicediscovery:DiscoverInstances"
  package static let reading = "s3:GetObject"
  package static let secretReading = "secretsmanager:GetSecretValue"

  /// - Parameter configuration: Envoy's, as JSON.
  package init(in configuration: JSONValue) {
    for layer in configuration["layered_runtime"]?["layers"]?.array ?? [] {
      if let object = LiveRuntime.object(in: layer) {
        objects.append(Object(bucket: object.bucket, key: object.key))
      }
    }
    for cluster in configuration["static_resources"]?["clusters"]?.array ?? [] {
      guard let name = cluster["eds_cluster_config"]?["service_name"]?.string,
        let found = CloudMapQuery.service(in: name)
      else { continue }
      let service = Service(namespace: found.namespace, name: found.service)
      if !services.contains(service) { services.append(service) }
    }
    addSecrets(in: configuration["static_resources"])
  }

  private mutating func addSecrets(in value: JSONValue?) {
    switch value {
    case .object(let members):
      for member in members {
        switch member.name {
        case TLSCertificate.subscriptionsKey:
          add((member.value.array ?? []).compactMap(StoredCertificate.arn))
        case CertificateValidation.subscriptionKey:
          add([StoredCertificate.arn(in: member.value)].compactMap(\.self))
        default: addSecrets(in: member.value)
        }
      }
    case .array(let elements): for element in elements { addSecrets(in: element) }
    default: break
    }
  }

  private mutating func add(_ arns: [String]) {
    for arn in arns where !secrets.contains(arn) { secrets.append(arn) }
  }
}
