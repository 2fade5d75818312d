import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Adds the environment variables that the user set for Envoy. Envoy itself needs none.
struct SetEnvironment: Filter {
  static let name = "set-environment"
  static let summary = "Give Envoy the environment variables of the options"

  let variables: [NamedValue]

  func apply(to context: inout StageContext) {
    guard let envoy = context.envoy else { return }
    context.set(
      .environment, to: .namedValues(variables.map { (name: $0.name, value: $0.value) }),
      in: envoy, because: "An option sets environment variables of Envoy.")
  }
}
