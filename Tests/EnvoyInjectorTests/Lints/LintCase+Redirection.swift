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
      expected: "error [windows] at /runtimePlatform/operatingSystemFamily: The task runs on "
        + "WINDOWS_SERVER_2022_CORE, where ECS does not redirect traffic to a proxy.; fix: Inject "
        + "only tasks whose operatingSystemFamily is LINUX."),
    LintCase(
      "external", { $0.members += #", "requiresCompatibilities": ["EXTERNAL"]"# },
      clean: { $0.members += #", "requiresCompatibilities": ["EC2"]"# },
      expected:
        "error [external] at /requiresCompatibilities/0: The task runs on external hosts, where "
        + "ECS does not support proxyConfiguration.; fix: Remove EXTERNAL from "
        + "requiresCompatibilities, or leave this task without Envoy."),
    LintCase(
      "proxy-container-missing", { $0.proxyContainer = "mesh" },
      clean: { $0.proxyContainer = "${proxy}" },
      expected:
        "error [proxy-container-missing] at /proxyConfiguration: The proxyConfiguration names "
        + "container 'mesh', which the task does not have, so redirected traffic goes nowhere.; "
        + "fix: Add that container, or remove proxyConfiguration, for example with 'inject-envoy "
        + "uninject --foreign'."),
    LintCase(
      "no-ignored-user", { $0.properties["IgnoredUID"] = nil },
      clean: {
        $0.properties["IgnoredUID"] = nil
        $0.properties["IgnoredGID"] = "1338"
      },
      expected:
        "error [no-ignored-user] at /proxyConfiguration: The proxyConfiguration ignores no user "
        + "or group, so Envoy's own requests are redirected back to it in an endless loop.; fix: "
        + "Add the property IgnoredUID with the user of the proxy container."),
    LintCase(
      "not-a-user-id", { $0.properties["IgnoredUID"] = "envoy" },
      clean: { $0.properties["IgnoredUID"] = "${uid}" },
      expected: "error [not-a-user-id] at /proxyConfiguration/properties/3/value: 'envoy' is not a "
        + "number, but ECS's redirection rules need the numeric ID of a user or group.; fix: Write "
        + "the numeric ID."),
    LintCase(
      "envoy-user", { $0.envoy = #""user": "1338""# }, clean: { $0.envoy = #""user": "envoy""# },
      expected:
        "error [envoy-user] at /containerDefinitions/1/user: Envoy does not run as user 1337, "
        + "whose traffic is not redirected, so its own requests are redirected back to it in an "
        + #"endless loop.; fix: Give the proxy container the "user" that IgnoredUID names. --user "#
        + "sets both."),
    LintCase(
      "envoy-user", { $0.envoy = "" },
      clean: {
        $0.envoy = ""
        $0.image = "shop/mesh-proxy:1"
      },
      expected:
        "error [envoy-user] at /containerDefinitions/1: Envoy does not run as user 1337, whose "
        + "traffic is not redirected, so its own requests are redirected back to it in an endless "
        + #"loop.; fix: Give the proxy container the "user" that IgnoredUID names. --user sets "#
        + "both."),
    LintCase(
      "no-egress-port", { $0.properties["ProxyEgressPort"] = nil }, clean: { _ in },
      expected: "error [no-egress-port] at /proxyConfiguration: The proxyConfiguration has no "
        + "ProxyEgressPort, which ECS requires.; fix: Add the property ProxyEgressPort. Envoy "
        + "listens on 15001 by default."),
    LintCase(
      "app-ports-without-ingress", { $0.properties["ProxyIngressPort"] = "" },
      clean: {
        $0.properties["ProxyIngressPort"] = nil
        $0.properties["AppPorts"] = nil
      },
      expected: "error [app-ports-without-ingress] at /proxyConfiguration/properties/0/value: The "
        + "proxyConfiguration has AppPorts but not ProxyIngressPort. ECS needs both, or neither.; "
        + "fix: Add ProxyIngressPort, or remove AppPorts to redirect outgoing traffic only."),
    LintCase(
      "app-ports-without-ingress", { $0.properties["AppPorts"] = nil }, clean: { _ in },
      expected: "error [app-ports-without-ingress] at /proxyConfiguration/properties/4/value: The "
        + "proxyConfiguration has ProxyIngressPort but not AppPorts. ECS needs both, or neither.; "
        + "fix: Add AppPorts, or remove ProxyIngressPort to redirect outgoing traffic only."),
    LintCase(
      "not-a-proxy-port", { $0.properties["AppPorts"] = "8080, 8081" },
      clean: { $0.properties["AppPorts"] = "8080,8081" },
      expected:
        "error [not-a-proxy-port] at /proxyConfiguration/properties/0/value: ' 8081' in AppPorts "
        + "is not a port number (1-65535), so the task cannot start. ECS does not trim blanks.; "
        + "fix: Write port numbers with commas and without blanks between them."),
    LintCase(
      "not-a-proxy-port", { $0.properties["EgressIgnoredPorts"] = "65536" },
      clean: { $0.properties["EgressIgnoredPorts"] = "${ports}" },
      expected: "error [not-a-proxy-port] at /proxyConfiguration/properties/2/value: '65536' in "
        + "EgressIgnoredPorts is not a port number (1-65535), so the task cannot start. ECS does "
        + "not trim blanks.; fix: Write port numbers with commas and without blanks between them."),
    LintCase(
      "too-many-app-ports",
      { $0.properties["AppPorts"] = (1...16).map(String.init).joined(separator: ",") },
      clean: { $0.properties["AppPorts"] = (1...15).map(String.init).joined(separator: ",") },
      expected:
        "error [too-many-app-ports] at /proxyConfiguration/properties/0/value: There are 16 "
        + "application ports, but ECS redirects at most 15. Traffic to the others bypasses Envoy.; "
        + "fix: Name the ports that Envoy must serve with --app-port."),
    LintCase(
      "too-many-ignored-ports",
      { $0.properties["EgressIgnoredPorts"] = (1...16).map(String.init).joined(separator: ",") },
      clean: { _ in },
      expected: "error [too-many-ignored-ports] at /proxyConfiguration/properties/2/value: "
        + "EgressIgnoredPorts has 16 ports, but ECS ignores at most 15. Traffic to the others is "
        + "redirected to Envoy.; fix: Name at most 15 ports in EgressIgnoredPorts, and ignore the "
        + "others by address."),
    LintCase(
      "not-an-address", { $0.properties["EgressIgnoredIPs"] = "10.0.0.0/33" },
      clean: { $0.properties["EgressIgnoredIPs"] = "fd00:ec2::254" },
      expected:
        "error [not-an-address] at /proxyConfiguration/properties/1/value: '10.0.0.0/33' in "
        + "EgressIgnoredIPs is not an IP address or CIDR block, so the task cannot start.; fix: "
        + "Write addresses or blocks such as 10.0.0.0/16, with commas between them."),
    LintCase(
      "port-taken", { $0.others = [#""name": "web", "portMappings": [{"containerPort": 9901}]"#] },
      clean: {
        $0.variables["ENVOY_ADMIN_ACCESS_PORT"] = "9909"
        $0.others = [#""name": "web", "portMappings": [{"containerPort": 9901}]"#]
      },
      expected:
        "error [port-taken] at /containerDefinitions/2/portMappings/0: Container 'web' uses port "
        + "9901, which Envoy's admin interface needs, so one of them cannot start.; fix: Move the "
        + "application to another port, or Envoy with --ingress-port, --egress-port, "
        + "--admin-port, or --metrics."),
    LintCase(
      "envoy-port-as-app-port", { $0.properties["AppPorts"] = "8080,15000" }, clean: { _ in },
      expected:
        "error [envoy-port-as-app-port] at /proxyConfiguration/properties/0/value: AppPorts "
        + "names port 15000, where Envoy itself listens, so its traffic would loop.; fix: Name "
        + "only ports of applications in AppPorts."),
    LintCase(
      "efs-port", { $0.members += #", "volumes": [{"name": "v", "efsVolumeConfiguration": {}}]"# },
      clean: {
        $0.members += #", "volumes": [{"name": "v", "efsVolumeConfiguration": {}}]"#
        $0.properties["EgressIgnoredPorts"] = "22,2049"
      },
      expected:
        "error [efs-port] at /proxyConfiguration/properties/2/value: The task mounts an EFS "
        + "volume before Envoy listens, but port 2049 is redirected to Envoy, so the task cannot "
        + "start.; fix: Add 2049 to EgressIgnoredPorts."),
    LintCase(
      "gateway-with-proxy",
      { $0.variables["APPMESH_RESOURCE_ARN"] = "mesh/shop/virtualGateway/front" },
      clean: {
        $0.variables["APPMESH_RESOURCE_ARN"] = "mesh/shop/virtualGateway/front"
        $0.redirects = false
      },
      expected:
        "error [gateway-with-proxy] at /proxyConfiguration: Container 'envoy' is the virtual "
        + "gateway 'front', so no traffic may be redirected to it.; fix: Remove "
        + "proxyConfiguration, or name a virtual node."),
  ]
}
