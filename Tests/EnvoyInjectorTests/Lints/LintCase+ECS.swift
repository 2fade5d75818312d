/// Cases; see ``LintCase``.
extension LintCase {
  static let ecs: [LintCase] = [
    LintCase(
      "unknown-dependency",
      { $0.others = [#""name": "job", "dependsOn": [{"containerName": "gone"}]"#] },
      clean: { _ in },
      expected:
        "error [unknown-dependency] at /containerDefinitions/2/dependsOn/0: Container 'job' "
        + "waits for 'gone', which the task does not have, so ECS refuses the task definition.; "
        + "fix: Remove that element of dependsOn, or correct its containerName."),
    LintCase(
      "no-health-check", { $0.healthCheck = "" }, clean: { _ in },
      expected:
        "error [no-health-check] at /containerDefinitions/0/dependsOn/0: Container 'app' waits "
        + "until 'envoy' is HEALTHY, but 'envoy' has no healthCheck. The HEALTHCHECK of its image "
        + "does not count.; fix: Add a healthCheck to 'envoy', or wait for START."),
    LintCase(
      "essential-completes",
      {
        $0.others = [
          #""name": "job", "dependsOn": [{"containerName": "app", "condition": "SUCCESS"}]"#
        ]
      },
      clean: {
        $0.others = [
          #""name": "init", "essential": false"#,
          #""name": "job", "dependsOn": [{"containerName": "init", "condition": "COMPLETE"}]"#,
        ]
      },
      expected:
        "error [essential-completes] at /containerDefinitions/2/dependsOn/0: Container 'job' "
        + "waits until 'app' has ended, but 'app' is essential, so the whole task ends with it.; "
        + #"fix: Set "essential": false on 'app'."#),
    LintCase(
      "dependency-cycle",
      { $0.others = [#""name": "job", "dependsOn": [{"containerName": "job"}]"#] }, clean: { _ in },
      expected:
        "error [dependency-cycle] at /containerDefinitions/2: Container 'job' waits for itself "
        + "through its dependencies, so it never starts.; fix: Break the cycle in dependsOn: Envoy "
        + "waits for its tracing daemon, applications wait for Envoy."),
    LintCase(
      "health-check-command",
      { $0.others = [#""name": "job", "healthCheck": {"command": ["curl -f localhost"]}"#] },
      clean: { $0.others = [#""name": "job", "healthCheck": {"command": ["NONE"]}"#] },
      expected:
        "warning [health-check-command] at /containerDefinitions/2/healthCheck/command: The "
        + "health check of container 'job' begins with 'curl -f localhost' instead of CMD or "
        + #"CMD-SHELL, so it never runs.; fix: Write ["CMD-SHELL", "one line for the shell"] or "#
        + #"["CMD", "program", "argument"]."#),
    LintCase(
      "health-check-range",
      {
        $0.others = [#""name": "job", "healthCheck": {"command": ["CMD", "true"], "interval": 3}"#]
      },
      clean: {
        $0.others = [
          #""name": "job", "healthCheck": {"command": ["CMD", "true"], "interval": 300, "startPeriod": 0}"#
        ]
      },
      expected:
        "error [health-check-range] at /containerDefinitions/2/healthCheck/interval: The health "
        + "check of container 'job' has interval 3, but ECS takes 5 to 300.; fix: Use an interval "
        + "of 5 to 300, a timeout of 2 to 60, 1 to 10 retries, and a startPeriod of 0 to 300."),
    LintCase(
      "task-too-small",
      {
        $0.members += #", "cpu": "256", "memory": "512""#
        $0.others = [#""name": "job", "memory": 513"#]
      },
      clean: {
        $0.members += #", "cpu": "256", "memory": "512""#
        $0.others = [#""name": "job", "memory": 512"#]
      },
      expected: "error [task-too-small] at /memory: The containers need 513 MiB, but the task has "
        + "only 256 CPU units and 512 MiB, so ECS refuses the task definition.; fix: Give the task "
        + "more cpu or memory, or its containers less."),
    LintCase(
      "memory-overcommitted",
      {
        $0.members += #", "cpu": "256", "memory": "512""#
        $0.others = [#""name": "job", "memory": 512"#, #""name": "log", "memoryReservation": 1"#]
      },
      clean: {
        $0.members += #", "cpu": "256", "memory": "512""#
        $0.others = [#""name": "job", "memory": 511"#, #""name": "log", "memoryReservation": 1"#]
      },
      expected: "warning [memory-overcommitted] at /memory: The containers may use 513 MiB "
        + "together, but the task has only 256 CPU units and 512 MiB. ECS accepts that. A "
        + "container can be killed before it reaches its limit.; fix: Give the task more memory, "
        + "or lower the limits."),
    LintCase(
      "unknown-protocol",
      {
        $0.others = [
          #""name": "job", "portMappings": [{"containerPort": 1, "protocol": "http"}]"#
        ]
      },
      clean: {
        $0.others = [#""name": "job", "portMappings": [{"containerPort": 1, "protocol": "udp"}]"#]
      },
      expected: "warning [unknown-protocol] at /containerDefinitions/2/portMappings/0/protocol: "
        + "Container 'job' has a port with protocol 'http', which ECS registers as tcp. Envoy "
        + "serves the port.; fix: Write \"tcp\", and name the application's protocol in "
        + "appProtocol."),
    LintCase(
      "illegal-fargate-size",
      {
        $0.members += #", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "4096""#
      },
      clean: {
        $0.members +=
          #", "requiresCompatibilities": ["FARGATE"], "cpu": ".25 vCPU", "memory": "2 GB""#
      },
      expected:
        "error [illegal-fargate-size] at /memory: Fargate has no task of 256 CPU units and 4096 "
        + #"MiB, so ECS refuses the task definition.; fix: Give the task "cpu": "512", "memory": "#
        + #""4096"."#),
    LintCase(
      "links-in-awsvpc", { $0.app = #""links": ["envoy"]"# }, clean: { $0.app = #""links": []"# },
      expected:
        "error [links-in-awsvpc] at /containerDefinitions/0/links: Container 'app' has links, "
        + "which ECS refuses in network mode awsvpc.; fix: Remove links, and reach the other "
        + "container at 127.0.0.1."),
    LintCase(
      "hostname-in-awsvpc", { $0.app = #""hostname": "web""# },
      clean: { $0.app = #""hostname": """# },
      expected:
        "error [hostname-in-awsvpc] at /containerDefinitions/0/hostname: Container 'app' has a "
        + "hostname, which ECS refuses in network mode awsvpc.; fix: Remove hostname."),
    LintCase(
      "host-port", { $0.app = #""portMappings": [{"containerPort": 8080, "hostPort": 80}]"# },
      clean: { $0.app = #""portMappings": [{"containerPort": 8080, "hostPort": 8080}]"# },
      expected: "error [host-port] at /containerDefinitions/0/portMappings/0/hostPort: hostPort 80 "
        + "differs from containerPort 8080, which ECS refuses in network mode awsvpc.; fix: Remove "
        + "hostPort."),
    LintCase(
      "port-collision",
      { $0.others = [#""name": "web", "portMappings": [{"containerPort": 8080}]"#] },
      clean: {
        $0.others = [
          #""name": "web", "portMappings": [{"containerPort": 8080, "protocol": "udp"}]"#
        ]
      },
      expected:
        "error [port-collision] at /containerDefinitions/2/portMappings/0: Containers 'app' and "
        + "'web' both use port 8080/tcp, but in network mode awsvpc they share one network "
        + "interface.; fix: Move one of them to another port."),
    LintCase(
      "too-many-containers", { $0.others = (0..<9).map { #""name": "c\#($0)""# } },
      clean: { $0.others = (0..<8).map { #""name": "c\#($0)""# } },
      expected:
        "error [too-many-containers] at /containerDefinitions: The task has 11 containers, but "
        + "ECS allows at most 10.; fix: Remove containers, or leave out the tracing daemon with "
        + "--tracing none."),
    LintCase(
      "too-large", { $0.app = #""command": ["\#(String(repeating: "x", count: 70000))"]"# },
      clean: { $0.app = #""command": ["\#(String(repeating: "x", count: 60000))"]"# },
      expected:
        "error [too-large] at : The task definition has 70839 bytes, but ECS allows at most "
        + "65536.; fix: Shorten environments and commands, or move them to files and parameters."),
  ]
}
