import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Adds environment variables for Envoy that ECS reads from Secrets Manager or Parameter Store.
struct SetEnvoySecrets: Filter {
  static let name = "set-envoy-secrets"
  static let summary = "Give Envoy the secrets of the options"

  let secrets: [NamedValue]

  func apply(to context: inout StageContext) {
    guard let envoy = context.envoy else { return }
    let values = secrets.map { secret in
      JSONValue.fields([.name: .string(secret.name), .valueFrom: .string(secret.value)])
    }
    context.set(
      .secrets, to: .array(values), in: envoy, because: "An option sets secrets of Envoy.")
  }
}
