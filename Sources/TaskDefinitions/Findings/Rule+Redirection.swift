package import LosslessJSON

/// Which traffic goes through Envoy, and which past it: `proxyConfiguration`.
extension Rule {
  package static let windows = error(
    "windows", "the task runs on Windows, where ECS redirects no traffic to a proxy",
    fix: "inject only tasks whose operatingSystemFamily is LINUX", see: Source.proxy)
  package static let external = error(
    "external", "the task runs on external hosts, where ECS knows no proxyConfiguration",
    fix: "remove EXTERNAL from requiresCompatibilities, or leave this task without Envoy",
    see: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html")
  package static let proxyContainerMissing = error(
    "proxy-container-missing",
    "proxyConfiguration names a container that the task does not have, so its traffic goes nowhere",
    fix: "add that container, or remove proxyConfiguration: 'uninject \(.foreign)' does",
    see: Source.proxy)
  package static let noIgnoredUser = error(
    "no-ignored-user",
    "proxyConfiguration ignores no user or group, so Envoy's own requests come back to it for ever",
    fix: "add the property IgnoredUID with the user of the proxy container", see: Source.proxy)
  package static let notAUserID = error(
    "not-a-user-id", "IgnoredUID or IgnoredGID is no number, which the redirection rules need",
    fix: "write the numeric id", see: Source.plugin)
  package static let envoyUser = error(
    "envoy-user",
    "Envoy does not run as the user whose traffic is not redirected: its own requests come back "
      + "to it for ever",
    fix:
      #"give the proxy container the "user" that IgnoredUID names: inject's \#(.user) sets both"#,
    see: Source.proxy)
  package static let noEgressPort = error(
    "no-egress-port", "proxyConfiguration has no ProxyEgressPort, which ECS requires",
    fix: "add the property ProxyEgressPort, for Envoy's default 15001", see: Source.proxy)
  package static let appPortsWithoutIngress = error(
    "app-ports-without-ingress",
    "AppPorts and ProxyIngressPort belong together, and only one is there",
    fix: "add the other one, or remove both to redirect outgoing traffic only", see: Source.proxy)
  package static let notAProxyPort = error(
    "not-a-proxy-port",
    "a port of proxyConfiguration is no number from 1 to 65535, so the task can't start: "
      + "blanks are not trimmed",
    fix: "write numbers with commas and no blanks between them", see: Source.plugin)
  package static let tooManyAppPorts = error(
    "too-many-app-ports", "more than 15 application ports: the rest goes past Envoy in silence",
    fix: "name those that Envoy has to serve with \(.appPort)", see: Source.plugin)
  package static let tooManyIgnoredPorts = error(
    "too-many-ignored-ports",
    "more than 15 ignored ports: the rest is redirected to Envoy in silence",
    fix: "name at most 15 in EgressIgnoredPorts, and ignore the others by address",
    see: Source.plugin)
  package static let notAnAddress = error(
    "not-an-address",
    "an entry of EgressIgnoredIPs is no IP address or CIDR block, so the task can't start",
    fix: "write addresses or blocks such as 10.0.0.0/16, with commas between them",
    see: Source.plugin)
  package static let portTaken = error(
    "port-taken", "an application uses a port that Envoy, or its daemon, needs: one can't start",
    fix: "move the application to another port, or Envoy with \(.ingressPort), \(.egressPort) "
      + "or \(.adminPort)", see: Source.proxy)
  package static let envoyPortAsAppPort = error(
    "envoy-port-as-app-port", "AppPorts names a port on which Envoy itself listens",
    fix: "name only ports of applications in AppPorts", see: Source.proxy)
  package static let efsPort = error(
    "efs-port",
    "the task mounts an EFS volume before Envoy listens, but port 2049 is redirected to Envoy, "
      + "so the task can't start",
    fix: "add 2049 to EgressIgnoredPorts",
    see: "https://github.com/aws/aws-app-mesh-roadmap/issues/220")
  package static let gatewayWithProxy = error(
    "gateway-with-proxy",
    "this Envoy is a virtual gateway, which must have no proxyConfiguration",
    fix: "remove proxyConfiguration, or name a virtual node", see: Source.gateways)
  package static let applicationBypassesEnvoy = warning(
    "application-bypasses-envoy",
    "an application runs under the user or group that is ignored, so its traffic goes past Envoy",
    fix: "run it as another user, or give Envoy another one with \(.user)", see: Source.proxy)
  package static let logRouterThroughEnvoy = warning(
    "log-router-through-envoy",
    "a log router sends its logs through Envoy, so they wait while Envoy starts and are lost when "
      + "it has stopped",
    fix: #"run the router with "user": "0:1338" and give \#(.ignoredGid) 1338"#,
    see: "https://github.com/cdklabs/cdk-ecs-service-extensions")
  package static let logRouterWaitsForEnvoy = warning(
    "log-router-waits-for-envoy",
    "the log router waits for an Envoy that logs through it, so Envoy's first lines have no taker",
    fix: "remove the router's dependency on Envoy", see: Source.dependency)
}
