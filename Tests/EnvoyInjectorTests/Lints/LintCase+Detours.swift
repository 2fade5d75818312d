/// Cases; see ``LintCase``.
extension LintCase {
  static let detours: [LintCase] = [
    LintCase(
      "application-bypasses-envoy", { $0.app += #", "user": "1337""# },
      clean: { $0.app += #", "user": "1000:1337""# },
      expected: "warning [application-bypasses-envoy] at /containerDefinitions/0/user: container "
        + "'app' runs under the user or group that is ignored, so its outgoing traffic goes "
        + "past Envoy; fix: run it as another user, or give Envoy another one with --user"),
    LintCase(
      "log-router-through-envoy",
      { $0.others = [#""name": "router", "firelensConfiguration": {"type": "fluentbit"}"#] },
      clean: {
        $0.properties["IgnoredGID"] = "1338"
        $0.others = [
          #""name": "router", "user": "0:1338", "firelensConfiguration": {"type": "fluentbit"}"#
        ]
      },
      expected: "warning [log-router-through-envoy] at /containerDefinitions/2: the log router "
        + "'router' sends its logs through Envoy, so they wait while Envoy starts and are "
        + "lost when it has stopped; fix: run the router with \"user\": \"0:1338\" and give "
        + "--ignored-gid 1338"),
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
      expected: "warning [log-router-waits-for-envoy] at /containerDefinitions/2: the log router "
        + "'router' waits for an Envoy that logs through it, so Envoy's first lines have no "
        + "taker; fix: remove the router's dependency on Envoy"),
    LintCase(
      "nothing-redirected", { $0.redirects = false }, clean: { _ in },
      expected: "warning [nothing-redirected] at /containerDefinitions/1: Envoy stands for a "
        + "virtual node, but without proxyConfiguration all traffic goes past it; fix: add "
        + "proxyConfiguration, as inject does"),
    LintCase(
      "sidecar-through-envoy",
      { $0.others = [#""name": "dd", "image": "public.ecr.aws/datadog/agent:7""#] },
      clean: {
        $0.others = [#""name": "dd", "image": "public.ecr.aws/datadog/agent:7", "user": "1337""#]
      },
      expected: "warning [sidecar-through-envoy] at /containerDefinitions/2: the daemon 'dd' calls "
        + "its service through Envoy: it fails while Envoy starts and when it has stopped; "
        + "fix: run it as the user that IgnoredUID names"),
    LintCase(
      "starts-before-envoy", { $0.appWaits = false },
      clean: {
        $0.others = [
          #""name": "job", "dependsOn": [{"containerName": "app", "condition": "START"}]"#
        ]
      },
      expected: "warning [starts-before-envoy] at /containerDefinitions/0: container 'app' does "
        + "not wait for 'envoy', and has no network until Envoy listens; fix: let it depend "
        + "on Envoy with the condition HEALTHY"),
    LintCase(
      "udp-port", { $0.app = #""portMappings": [{"containerPort": 53, "protocol": "udp"}]"# },
      clean: { _ in },
      expected: "warning [udp-port] at /containerDefinitions/0/portMappings/0: UDP port 53 of "
        + "container 'app' goes past Envoy: only TCP is redirected; fix: protect it with a "
        + "security group, or serve it over TCP"),
    LintCase(
      "server-first-port", { $0.properties["AppPorts"] = "8080,3306" }, clean: { _ in },
      expected: "warning [server-first-port] at /proxyConfiguration/properties/0/value: port 3306 "
        + "is MySQL's, in which the server speaks first: Envoy waits in vain for the client; "
        + "fix: remove it from AppPorts, and add it to EgressIgnoredPorts of its clients"),
    LintCase(
      "http-proxy-variable",
      { $0.app += #", "environment": [{"name": "HTTPS_PROXY", "value": "http://proxy:3128"}]"# },
      clean: { $0.app += #", "environment": [{"name": "HTTPS_PROXY", "value": ""}]"# },
      expected: "warning [http-proxy-variable] at /containerDefinitions/0/environment/0: "
        + "HTTPS_PROXY sends the requests of container 'app' to an HTTP proxy, so they do "
        + "not reach Envoy as they are; fix: remove the variable, or exempt the mesh's names "
        + "with NO_PROXY"),
    LintCase(
      "shared-processes", { $0.members += #", "pidMode": "task""# },
      clean: { $0.members += #", "pidMode": "host""# },
      expected: "warning [shared-processes] at /pidMode: containers see each other's processes, so "
        + "an application can end Envoy by mistake; fix: remove \"pidMode\": \"task\""),
  ]
}
