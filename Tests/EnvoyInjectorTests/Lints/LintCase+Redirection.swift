/// Cases; see ``LintCase``.
extension LintCase {
  static let redirection: [LintCase] = [
    LintCase(
      "not-awsvpc", { $0.networkMode = "bridge" }, clean: { _ in },
      expected: "error [not-awsvpc] at /networkMode: The network mode of the task is "
        + "'bridge', so Envoy cannot intercept its traffic.; fix: Set networkMode to awsvpc, and "
        + "give the service subnets and security groups."),
    LintCase(
      "windows",
      {
        $0.members += #", "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}"#
      }, clean: { $0.members += #", "runtimePlatform": {"operatingSystemFamily": "LINUX"}"# },
      expected: "error [windows] at /runtimePlatform/operatingSystemFamily: the task runs on "
        + "WINDOWS_SERVER_2022_CORE, where ECS redirects no traffic to a proxy; fix: inject "
        + "only tasks whose operatingSystemFamily is LINUX"),
    LintCase(
      "external", { $0.members += #", "requiresCompatibilities": ["EXTERNAL"]"# },
      clean: { $0.members += #", "requiresCompatibilities": ["EC2"]"# },
      expected: "error [external] at /requiresCompatibilities/0: the task runs on external hosts, "
        + "where ECS knows no proxyConfiguration; fix: remove EXTERNAL from "
        + "requiresCompatibilities, or leave this task without Envoy"),
    LintCase(
      "proxy-container-missing", { $0.proxyContainer = "mesh" },
      clean: { $0.proxyContainer = "${proxy}" },
      expected: "error [proxy-container-missing] at /proxyConfiguration: proxyConfiguration sends "
        + "the task's traffic to container 'mesh', which the task does not have; fix: add "
        + "that container, or remove proxyConfiguration: 'uninject --foreign' does"),
    LintCase(
      "no-ignored-user", { $0.properties["IgnoredUID"] = nil },
      clean: {
        $0.properties["IgnoredUID"] = nil
        $0.properties["IgnoredGID"] = "1338"
      },
      expected: "error [no-ignored-user] at /proxyConfiguration: proxyConfiguration ignores no "
        + "user or group, so Envoy's own requests come back to it for ever; fix: add the "
        + "property IgnoredUID with the user of the proxy container"),
    LintCase(
      "not-a-user-id", { $0.properties["IgnoredUID"] = "envoy" },
      clean: { $0.properties["IgnoredUID"] = "${uid}" },
      expected: "error [not-a-user-id] at /proxyConfiguration/properties/3/value: 'envoy' is no "
        + "number, which the redirection rules need; fix: write the numeric id"),
    LintCase(
      "envoy-user", { $0.envoy = #""user": "1338""# }, clean: { $0.envoy = #""user": "envoy""# },
      expected: "error [envoy-user] at /containerDefinitions/1/user: Envoy does not run as user "
        + "1337, whose traffic is not redirected: its own requests would come back to it for "
        + "ever; fix: give the proxy container the \"user\" that IgnoredUID names: inject's "
        + "--user sets both"),
    LintCase(
      "envoy-user", { $0.envoy = "" },
      clean: {
        $0.envoy = ""
        $0.image = "shop/mesh-proxy:1"
      },
      expected: "error [envoy-user] at /containerDefinitions/1: Envoy does not run as user 1337, "
        + "whose traffic is not redirected: its own requests would come back to it for ever; "
        + "fix: give the proxy container the \"user\" that IgnoredUID names: inject's --user "
        + "sets both"),
    LintCase(
      "no-egress-port", { $0.properties["ProxyEgressPort"] = nil }, clean: { _ in },
      expected: "error [no-egress-port] at /proxyConfiguration: proxyConfiguration has no "
        + "ProxyEgressPort, which ECS requires; fix: add the property ProxyEgressPort, for "
        + "Envoy's default 15001"),
    LintCase(
      "app-ports-without-ingress", { $0.properties["ProxyIngressPort"] = "" },
      clean: {
        $0.properties["ProxyIngressPort"] = nil
        $0.properties["AppPorts"] = nil
      },
      expected: "error [app-ports-without-ingress] at /proxyConfiguration/properties/0/value: "
        + "proxyConfiguration has AppPorts but no ProxyIngressPort, and they belong "
        + "together; fix: add the other one, or remove both to redirect outgoing traffic only"),
    LintCase(
      "app-ports-without-ingress", { $0.properties["AppPorts"] = nil }, clean: { _ in },
      expected: "error [app-ports-without-ingress] at /proxyConfiguration/properties/4/value: "
        + "proxyConfiguration has ProxyIngressPort but no AppPorts, and they belong "
        + "together; fix: add the other one, or remove both to redirect outgoing traffic only"),
    LintCase(
      "not-a-proxy-port", { $0.properties["AppPorts"] = "8080, 8081" },
      clean: { $0.properties["AppPorts"] = "8080,8081" },
      expected: "error [not-a-proxy-port] at /proxyConfiguration/properties/0/value: ' 8081' in "
        + "AppPorts is no port from 1 to 65535, so the task can't start: blanks are not "
        + "trimmed; fix: write numbers with commas and no blanks between them"),
    LintCase(
      "not-a-proxy-port", { $0.properties["EgressIgnoredPorts"] = "65536" },
      clean: { $0.properties["EgressIgnoredPorts"] = "${ports}" },
      expected: "error [not-a-proxy-port] at /proxyConfiguration/properties/2/value: '65536' in "
        + "EgressIgnoredPorts is no port from 1 to 65535, so the task can't start: blanks "
        + "are not trimmed; fix: write numbers with commas and no blanks between them"),
    LintCase(
      "too-many-app-ports",
      { $0.properties["AppPorts"] = (1...16).map(String.init).joined(separator: ",") },
      clean: { $0.properties["AppPorts"] = (1...15).map(String.init).joined(separator: ",") },
      expected: "error [too-many-app-ports] at /proxyConfiguration/properties/0/value: AppPorts "
        + "has 16 ports, and ECS redirects at most 15 to a proxy: the rest goes past Envoy "
        + "in silence; fix: name those that Envoy has to serve with --app-port"),
    LintCase(
      "too-many-ignored-ports",
      { $0.properties["EgressIgnoredPorts"] = (1...16).map(String.init).joined(separator: ",") },
      clean: { _ in },
      expected: "error [too-many-ignored-ports] at /proxyConfiguration/properties/2/value: "
        + "EgressIgnoredPorts has 16 ports, and ECS ignores at most 15: the rest is "
        + "redirected in silence; fix: name at most 15 in EgressIgnoredPorts, and ignore the "
        + "others by address"),
    LintCase(
      "not-an-address", { $0.properties["EgressIgnoredIPs"] = "10.0.0.0/33" },
      clean: { $0.properties["EgressIgnoredIPs"] = "fd00:ec2::254" },
      expected: "error [not-an-address] at /proxyConfiguration/properties/1/value: '10.0.0.0/33' "
        + "in EgressIgnoredIPs is no IP address or CIDR block, so the task can't start; fix: "
        + "write addresses or blocks such as 10.0.0.0/16, with commas between them"),
    LintCase(
      "port-taken", { $0.others = [#""name": "web", "portMappings": [{"containerPort": 9901}]"#] },
      clean: {
        $0.variables["ENVOY_ADMIN_ACCESS_PORT"] = "9909"
        $0.others = [#""name": "web", "portMappings": [{"containerPort": 9901}]"#]
      },
      expected: "error [port-taken] at /containerDefinitions/2/portMappings/0: container 'web' "
        + "uses port 9901, which Envoy's admin interface needs: one could not start; fix: "
        + "move the application to another port, or Envoy with --ingress-port, --egress-port "
        + "or --admin-port"),
    LintCase(
      "envoy-port-as-app-port", { $0.properties["AppPorts"] = "8080,15000" }, clean: { _ in },
      expected: "error [envoy-port-as-app-port] at /proxyConfiguration/properties/0/value: "
        + "AppPorts names port 15000, on which Envoy itself listens: its traffic would go in "
        + "a circle; fix: name only ports of applications in AppPorts"),
    LintCase(
      "efs-port", { $0.members += #", "volumes": [{"name": "v", "efsVolumeConfiguration": {}}]"# },
      clean: {
        $0.members += #", "volumes": [{"name": "v", "efsVolumeConfiguration": {}}]"#
        $0.properties["EgressIgnoredPorts"] = "22,2049"
      },
      expected: "error [efs-port] at /proxyConfiguration/properties/2/value: the task mounts an "
        + "EFS volume before Envoy listens, but port 2049 is redirected to Envoy, so the "
        + "task can't start; fix: add 2049 to EgressIgnoredPorts"),
    LintCase(
      "gateway-with-proxy",
      { $0.variables["APPMESH_RESOURCE_ARN"] = "mesh/shop/virtualGateway/front" },
      clean: {
        $0.variables["APPMESH_RESOURCE_ARN"] = "mesh/shop/virtualGateway/front"
        $0.redirects = false
      },
      expected: "error [gateway-with-proxy] at /proxyConfiguration: container 'envoy' is the "
        + "virtual gateway 'front', to which no traffic may be redirected; fix: remove "
        + "proxyConfiguration, or name a virtual node"),
  ]
}
