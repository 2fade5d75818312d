/// Cases; see ``LintCase``.
extension LintCase {
  static let appmesh: [LintCase] = [
    LintCase(
      "app-mesh-ended", { $0.networkMode = "awsvpc" },
      clean: { $0.image = "envoyproxy/envoy:v1.40.0" },
      expected:
        "warning [app-mesh-ended] at : AWS switched App Mesh off on 2026-09-30. A newly started "
        + "Envoy gets no configuration, so containers that wait for it never start.; fix: Use this "
        + "mode only to keep or compare old task definitions."),
    LintCase(
      "no-app-mesh-resource", { $0.variables = [:] },
      clean: {
        $0.variables = [:]
        $0.envoy += #", "environmentFiles": [{"value": "arn:aws:s3:::b/e.env", "type": "s3"}]"#
      },
      expected:
        "error [no-app-mesh-resource] at /containerDefinitions/1: No variable tells App Mesh's "
        + "agent which virtual node or gateway Envoy runs for, so the agent stops at start-up.; "
        + "fix: Set APPMESH_RESOURCE_ARN on the Envoy container."),
    LintCase(
      "not-an-app-mesh-resource", { $0.variables["APPMESH_RESOURCE_ARN"] = "web" },
      clean: { $0.variables["APPMESH_RESOURCE_ARN"] = "${arn}" },
      expected: "error [not-an-app-mesh-resource] at /containerDefinitions/1/environment/0: "
        + "APPMESH_RESOURCE_ARN is 'web', which names no virtual node or gateway, so App Mesh's "
        + "agent stops at start-up.; fix: Write "
        + "arn:aws:appmesh:REGION:ACCOUNT:mesh/MESH/virtualNode/NAME, or "
        + "mesh/MESH/virtualNode/NAME."),
    LintCase(
      "two-tracers",
      {
        $0.variables["ENABLE_ENVOY_XRAY_TRACING"] = "1"
        $0.variables["ENABLE_ENVOY_JAEGER_TRACING"] = "true"
      },
      clean: {
        $0.variables["ENABLE_ENVOY_XRAY_TRACING"] = "1"
        $0.variables["ENABLE_ENVOY_JAEGER_TRACING"] = "false"
      },
      expected: "error [two-tracers] at /containerDefinitions/1/environment/2: "
        + "ENABLE_ENVOY_JAEGER_TRACING and ENABLE_ENVOY_XRAY_TRACING are on at the same time, so "
        + "App Mesh's agent stops at start-up.; fix: Keep one of the ENABLE_ENVOY_…_TRACING "
        + "variables."),
    LintCase(
      "not-a-boolean", { $0.variables["ENABLE_ENVOY_STATS_TAGS"] = "yes" },
      clean: { $0.variables["ENABLE_ENVOY_STATS_TAGS"] = "T" },
      expected:
        "error [not-a-boolean] at /containerDefinitions/1/environment/1: ENABLE_ENVOY_STATS_TAGS "
        + "is 'yes', which is neither true nor false, so App Mesh's agent stops at start-up.; fix: "
        + "Write 1 or 0, true or false."),
    LintCase(
      "unread-variable", { $0.variables["REGION"] = "eu-west-1" },
      clean: { $0.variables["AWS_REGION"] = "eu-west-1" },
      expected:
        "warning [unread-variable] at /containerDefinitions/1/environment/1: App Mesh's agent "
        + "does not read REGION, so the variable has no effect.; fix: Name it AWS_REGION."),
    LintCase(
      "unread-variable", { $0.variables["APPMESH_FIPS_ENDPOINT"] = "1" }, clean: { _ in },
      expected:
        "warning [unread-variable] at /containerDefinitions/1/environment/0: App Mesh's agent "
        + "does not read APPMESH_FIPS_ENDPOINT, so the variable has no effect.; fix: Remove it, or "
        + "correct its name."),
    LintCase(
      "logged-secret", { $0.envoy += #", "secrets": [{"name": "ENVOY_TOKEN", "valueFrom": "t"}]"# },
      clean: { $0.envoy += #", "secrets": [{"name": "TOKEN", "valueFrom": "t"}]"# },
      expected:
        "warning [logged-secret] at /containerDefinitions/1/secrets/0: App Mesh's agent writes "
        + "ENVOY_TOKEN to its log, but the variable holds a secret.; fix: Use a name that does not "
        + "begin with ENVOY_, APPMESH_, or APPNET_."),
    LintCase(
      "read-only-envoy", { $0.envoy += #", "readonlyRootFilesystem": true"# },
      clean: {
        $0.envoy +=
          #", "readonlyRootFilesystem": true, "mountPoints": [{"containerPath": "/tmp", "sourceVolume": "t"}]"#
      },
      expected:
        "error [read-only-envoy] at /containerDefinitions/1/readonlyRootFilesystem: App Mesh's "
        + "agent writes to /tmp, but Envoy's root file system is read-only, so the agent cannot "
        + "start.; fix: Mount a volume at /tmp, or remove readonlyRootFilesystem."),
    LintCase(
      "stops-too-early", { $0.envoy += #", "stopTimeout": 24"# },
      clean: { $0.envoy += #", "stopTimeout": 25"# },
      expected:
        "warning [stops-too-early] at /containerDefinitions/1/stopTimeout: ECS kills Envoy after "
        + "24 seconds, before requests had 20 seconds to finish.; fix: Set stopTimeout to at least "
        + "LISTENER_DRAIN_WAIT_TIME_S plus 5."),
    LintCase(
      "open-agent", { $0.variables["APPNET_AGENT_ADMIN_MODE"] = "tcp" },
      clean: {
        $0.variables["APPNET_AGENT_ADMIN_MODE"] = "tcp"
        $0.variables["APPNET_AGENT_HTTP_BIND_ADDRESS"] = "127.0.0.1"
      },
      expected: "warning [open-agent] at /containerDefinitions/1/environment/1: The administration "
        + "interface of App Mesh's agent listens on all addresses of the task.; fix: Set "
        + "APPNET_AGENT_HTTP_BIND_ADDRESS to 127.0.0.1."),
  ]
}
