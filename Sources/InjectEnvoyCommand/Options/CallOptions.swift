import EnvoyInjector
import RolePolicies

/// Everything that options can set for one call of the command.
struct CallOptions: Sendable {
  var injection = InjectionOptions()
  var labels = LabelRules.byDefault
  var gateway = GatewayOptions()
  var policy = PolicyOptions()
  var check = CheckOptions()
  var mesh = MeshSettings()
  var meshFormat = MeshFormat.text
}

/// How `policy` prints.
struct PolicyOptions: Sendable {
  var format = PolicyFormat.json
  var withTrust = false
  var certificates = Certificates()
}
