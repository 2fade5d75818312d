/// A task with App Mesh's Envoy that no lint complains about. Tests break one thing in it.
struct MeshedTask {
  /// Members of the task definition.
  var members = #""taskRoleArn": "arn:aws:iam::111122223333:role/web""#
  var properties = [
    "AppPorts": "8080", "ProxyIngressPort": "15000", "ProxyEgressPort": "15001",
    "EgressIgnoredIPs": "169.254.170.2, 10.0.0.0/8", "EgressIgnoredPorts": "22",
    "IgnoredUID": "1337",
  ]
  var networkMode = "awsvpc"
  var image = "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod"
  /// Additional members of the Envoy container.
  var envoy = #""user": "1337""#
  var healthCheck = #""CMD-SHELL", "curl -s http://localhost:9901/server_info | grep -q LIVE""#
  var variables = ["APPMESH_RESOURCE_ARN": "mesh/shop/virtualNode/web"]
  /// Members of the application container.
  var app = #""portMappings": [{"containerPort": 8080}]"#
  var appWaits = true
  /// Additional containers.
  var others: [String] = []
  var redirects = true
  var proxyContainer = "envoy"

  var json: String {
    let waits = #""dependsOn": [{"containerName": "envoy", "condition": "HEALTHY"}]"#
    let app = [#""name": "app", "image": "shop/app:1""#, self.app, appWaits ? waits : ""]
    let envoy = [
      #""name": "envoy", "image": "\#(image)""#, self.envoy,
      healthCheck.isEmpty ? "" : #""healthCheck": {"command": [\#(healthCheck)]}"#,
      #""environment": [\#(Self.pairs(variables))]"#,
    ]
    let proxy =
      #""proxyConfiguration": {"type": "APPMESH", "containerName": "\#(proxyContainer)", "#
      + #""properties": [\#(Self.pairs(properties))]}"#
    let containers = [app, envoy].map(Self.joined) + others
    let all = [
      #""networkMode": "\#(networkMode)""#, members, redirects ? proxy : "",
      #""containerDefinitions": [\#(containers.map { "{\($0)}" }.joined(separator: ", "))]"#,
    ]
    return "{\(Self.joined(all))}"
  }

  private static func joined(_ members: [String]) -> String {
    members.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private static func pairs(_ values: [String: String]) -> String {
    values.sorted { $0.key < $1.key }
      .map { #"{"name": "\#($0.key)", "value": "\#($0.value)"}"# }.joined(separator: ", ")
  }
}
