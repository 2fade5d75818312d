package import LosslessJSON

/// What App Mesh's agent makes of its environment.
extension Rule {
  package static let appMeshEnded = warning(
    "app-mesh-ended",
    "AWS switched App Mesh off on 2026-09-30: a newly started Envoy gets no configuration, "
      + "so containers that wait for it never start",
    fix: "use this mode to keep or compare old task definitions only",
    see: "https://aws.amazon.com/blogs/containers/"
      + "migrating-from-aws-app-mesh-to-amazon-ecs-service-connect/", isOfRun: true)
  package static let noAppMeshResource = error(
    "no-app-mesh-resource",
    "nothing tells App Mesh's agent for which resource Envoy stands, so it stops at start-up",
    fix: "set APPMESH_RESOURCE_ARN on the Envoy container", see: Source.envoyVariables)
  package static let notAnAppMeshResource = error(
    "not-an-app-mesh-resource",
    "APPMESH_RESOURCE_ARN names no virtual node or gateway, so App Mesh's agent stops at start-up",
    fix: "write arn:aws:appmesh:REGION:ACCOUNT:mesh/MESH/virtualNode/NAME, "
      + "or mesh/MESH/virtualNode/NAME", see: Source.agent)
  package static let twoTracers = error(
    "two-tracers", "two kinds of tracing are switched on, so App Mesh's agent stops at start-up",
    fix: "keep one of the ENABLE_ENVOY_…_TRACING variables", see: Source.agent)
  package static let notABoolean = error(
    "not-a-boolean",
    "a switch of App Mesh's agent is neither true nor false, so the agent stops at start-up",
    fix: "write 1 or 0, true or false", see: Source.agent)
  package static let unreadVariable = warning(
    "unread-variable", "App Mesh's agent reads no variable of this name, so it has no effect",
    fix: "remove it, or correct its name", see: Source.envoyVariables)
  package static let loggedSecret = warning(
    "logged-secret", "App Mesh's agent prints this variable to the log, and it holds a secret",
    fix: "use a name that does not begin with ENVOY_, APPMESH_ or APPNET_", see: Source.agent)
}
