package import LosslessJSON

/// The Envoy container itself.
extension Rule {
  package static let envoyMissing = error(
    "envoy-missing",
    "the Envoy container that was added is gone after all overrides and patches, "
      + "or was renamed or moved",
    fix: "leave it in its place, and name it with \(.envoyName) or envoyContainer.name")
  package static let imageWithoutShell = error(
    "image-without-shell",
    "Envoy's image has no shell, so no health check can run in it, and applications that wait for "
      + "Envoy would never start",
    fix: "use the image without 'distroless', such as the default",
    see: "https://www.envoyproxy.io/docs/envoy/latest/start/install")
  package static let impossibleConfiguration = error(
    "impossible-configuration", "Envoy can't be configured as asked",
    fix: "change the options that are named")
  package static let portOfTemplate = error(
    "port-of-template",
    "a port, and whether a container is there, are decided when a stack is deployed: Envoy's "
      + "configuration could name one port twice",
    fix: "write the numbers in the template, give them with \(.appPort), or use \(.xds)")
  package static let readOnlyEnvoy = error(
    "read-only-envoy",
    "App Mesh's agent writes to /tmp, but Envoy's root file system is read-only, so it can't start",
    fix: "mount a volume at /tmp, or remove readonlyRootFilesystem", see: Source.agent)
  package static let envoyNotEssential = warning(
    "envoy-not-essential",
    "Envoy is not essential: when it stops, the task goes on without a network",
    fix: #"remove "essential": false, unless the task runs to completion"#, see: Source.appMeshOnECS
  )
  package static let stopsTooEarly = warning(
    "stops-too-early", "Envoy is killed before it has finished the requests in flight",
    fix: "let stopTimeout be at least 5 more than LISTENER_DRAIN_WAIT_TIME_S",
    see: Source.envoyVariables)
  package static let nofileTooLow = warning(
    "nofile-too-low",
    "Envoy may open fewer files than Fargate allows by itself: under load it runs out of them",
    fix: "remove the ulimit nofile, or set it to 65535 or more", see: Source.ulimit)
  package static let openAgent = warning(
    "open-agent", "the agent's administration interface listens on all addresses of the task",
    fix: "set APPNET_AGENT_HTTP_BIND_ADDRESS to 127.0.0.1", see: Source.envoyVariables)
  package static let publishedAdminPort = warning(
    "published-admin-port",
    "Envoy's administration interface is published: whoever reaches it can stop Envoy",
    fix: "remove that port mapping, and keep the port closed in the security group",
    see: "https://www.envoyproxy.io/docs/envoy/latest/operations/admin")
  package static let oldEnvoyImage = warning(
    "old-envoy-image", "App Mesh's image is older than v1.29, without years of security fixes",
    fix: "use \(Defaults.appMeshImage)", see: Source.envoyImage)
  package static let mutableImage = warning(
    "mutable-image",
    "Envoy's image has no tag that stays, so two tasks of one revision may run different Envoys",
    fix: "name a version or a digest", see: Source.envoyImage)
  package static let foreignRegistry = warning(
    "foreign-registry",
    "App Mesh's image is asked from an account that does not publish it in that region",
    fix: "use public.ecr.aws/appmesh/aws-appmesh-envoy, or the account of the region",
    see: Source.envoyImage)
  package static let healthCheckWithoutCurl = warning(
    "health-check-without-curl",
    "Envoy's health check calls curl, which the image envoyproxy/envoy does not have, "
      + "so it never becomes healthy",
    fix: "ask with bash and /dev/tcp, as inject does",
    see: "https://github.com/envoyproxy/envoy/issues/31614")
  package static let oldHealthCheck = warning(
    "old-health-check",
    "Envoy's health check looks for 'live', but Envoy writes 'LIVE', so it never becomes healthy",
    fix: "use curl -s http://localhost:9901/server_info | grep state | grep -q LIVE",
    see: Source.appMeshOnECS)
  package static let noTaskRole = warning(
    "no-task-role",
    "the task has no taskRoleArn, so Envoy or its tracing daemon has no credentials to call AWS",
    fix: "add a taskRoleArn: 'inject-envoy policy' prints what it must allow",
    see: Source.roles)
  package static let noExecutionRole = warning(
    "no-execution-role",
    "the task has no executionRoleArn, so ECS can't pull the added containers' images, write "
      + "their logs or read their secrets",
    fix: "add an executionRoleArn: 'inject-envoy policy' prints what it must allow",
    see: Source.roles)
  package static let roleElsewhere = warning(
    "role-elsewhere",
    "a role is none that the template makes, so what it must allow is not added to it",
    fix: "allow it where the role is made: 'inject-envoy policy' prints it", see: Source.roles)
  package static let undecidedSecret = warning(
    "undecided-secret",
    "a function decides which secret an added container reads, so no policy for it can be written",
    fix: "let the execution role read it: secretsmanager:GetSecretValue or ssm:GetParameters",
    see: Source.roles)
  package static let createsLogGroup = warning(
    "creates-log-group",
    "Envoy alone lets ECS create its log group, for which the execution role needs "
      + "logs:CreateLogGroup: AWS's managed policy lacks it",
    fix: "create the log group, or allow logs:CreateLogGroup", see: Source.awslogs)
}
