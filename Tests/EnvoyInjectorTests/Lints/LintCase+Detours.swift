/// Cases; see ``LintCase``.
extension LintCase {
  static let detours: [LintCase] = [
    LintCase(
      "application-bypasses-envoy", { $0.app += #", "user": "1337""# },
      clean: { $0.app += #", "user": "1000:1337""# },
      expected:
        "warning [application-bypasses-envoy] at /containerDefinitions/0/user: Container 'app' "
        + "runs as the user or group whose traffic is not redirected, so its outgoing traffic "
        + "bypasses Envoy.; fix: Run it as another user, or give Envoy another one with --user."),
    LintCase(
      "log-router-through-envoy",
      { $0.others = [#""name": "router", "firelensConfiguration": {"type": "fluentbit"}"#] },
      clean: {
        $0.properties["IgnoredGID"] = "1338"
        $0.others = [
          #""name": "router", "user": "0:1338", "firelensConfiguration": {"type": "fluentbit"}"#
        ]
      },
      expected:
        "warning [log-router-through-envoy] at /containerDefinitions/2: The log router 'router' "
        + "sends its logs through Envoy. They are delayed while Envoy starts, and lost after it "
        + #"stops.; fix: Run the router with "user": "0:1338", and inject with --ignored-gid 1338."#
    ),
    LintCase(
      "log-router-waits-for-envoy",
      {
        $0.envoy += #", "logConfiguration": {"logDriver": "awsfirelens"}"#
        $0.others = [
          #""name": "router", "firelensConfiguration": {"type": "fluentbit"}, "dependsOn": [{"containerName": "envoy", "condition": "HEALTHY"}]"#
        ]
      },
      clean: {
        $0.others = [
          #""name": "router", "firelensConfiguration": {"type": "fluentbit"}, "dependsOn": [{"containerName": "envoy", "condition": "HEALTHY"}]"#
        ]
      },
      expected: "warning [log-router-waits-for-envoy] at /containerDefinitions/2: The log router "
        + "'router' waits for Envoy, and Envoy logs through it, so Envoy's first log lines are "
        + "lost.; fix: Remove the router's dependency on Envoy."),
    LintCase(
      "nothing-redirected", { $0.redirects = false }, clean: { _ in },
      expected:
        "warning [nothing-redirected] at /containerDefinitions/1: Envoy runs for a virtual node, "
        + "but the task has no proxyConfiguration, so all traffic bypasses Envoy.; fix: Add "
        + "proxyConfiguration, as inject does."),
    LintCase(
      "sidecar-through-envoy",
      { $0.others = [#""name": "dd", "image": "public.ecr.aws/datadog/agent:7""#] },
      clean: {
        $0.others = [#""name": "dd", "image": "public.ecr.aws/datadog/agent:7", "user": "1337""#]
      },
      expected:
        "warning [sidecar-through-envoy] at /containerDefinitions/2: The daemon 'dd' calls its "
        + "service through Envoy. Its calls fail while Envoy starts and after it stops.; fix: Run "
        + "it as the user that IgnoredUID names."),
    LintCase(
      "starts-before-envoy", { $0.appWaits = false },
      clean: {
        $0.others = [
          #""name": "job", "dependsOn": [{"containerName": "app", "condition": "START"}]"#
        ]
      },
      expected:
        "warning [starts-before-envoy] at /containerDefinitions/0: Container 'app' does not wait "
        + "for 'envoy', so it has no network until Envoy listens.; fix: Make it depend on Envoy "
        + "with the condition HEALTHY."),
    LintCase(
      "udp-port", { $0.app = #""portMappings": [{"containerPort": 53, "protocol": "udp"}]"# },
      clean: { _ in },
      expected:
        "warning [udp-port] at /containerDefinitions/0/portMappings/0: UDP port 53 of container "
        + "'app' bypasses Envoy, because ECS redirects only TCP.; fix: Protect it with a security "
        + "group, or serve it over TCP."),
    LintCase(
      "server-first-port", { $0.properties["AppPorts"] = "8080,3306" }, clean: { _ in },
      expected:
        "warning [server-first-port] at /proxyConfiguration/properties/0/value: Port 3306 is the "
        + "port of MySQL. The server speaks first in this protocol, so Envoy waits for client data "
        + "that never comes.; fix: Remove it from AppPorts, and add it to EgressIgnoredPorts of "
        + "its clients."),
    LintCase(
      "http-proxy-variable",
      { $0.app += #", "environment": [{"name": "HTTPS_PROXY", "value": "http://proxy:3128"}]"# },
      clean: { $0.app += #", "environment": [{"name": "HTTPS_PROXY", "value": ""}]"# },
      expected:
        "warning [http-proxy-variable] at /containerDefinitions/0/environment/0: HTTPS_PROXY "
        + "sends the requests of container 'app' to an HTTP proxy, so Envoy does not see their "
        + "destinations.; fix: Remove the variable, or exempt the mesh's names with NO_PROXY."),
    LintCase(
      "shared-processes", { $0.members += #", "pidMode": "task""# },
      clean: { $0.members += #", "pidMode": "host""# },
      expected:
        "warning [shared-processes] at /pidMode: The containers see each other's processes, so "
        + #"an application can stop Envoy by mistake.; fix: Remove "pidMode": "task"."#),
  ]
}
