import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Sets the variables that tell the agent in the App Mesh image which node it represents, and how to run
/// Envoy.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
struct SetAppMeshEnvironment: Filter {
  static let name = "set-app-mesh-environment"
  static let summary = "Set the environment variables of App Mesh's agent"

  private let environment: PreparedValue

  /// - Parameter variables: all variables of the container, in order.
  init(variables: [NamedValue]) {
    environment = PreparedValue(
      .namedValues(variables.map { (name: $0.name, value: $0.value) }), of: .environment)
  }

  func apply(to context: inout StageContext) {
    guard let envoy = context.envoy else { return }
    context.set(
      .environment, to: environment, in: envoy,
      because: "App Mesh's agent reads its node and its settings from these variables.")
  }
}
