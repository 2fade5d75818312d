import EnvoyBootstrap
import EnvoyInjector

/// Every option of `inject`, in the order of its help. The command line, the environment, the
/// labels, the configuration file, the help and the README's table are views of this one list.
enum OptionTable {
  static let all = groups.flatMap(\.options)

  /// The options by what they are about, as help prints them.
  static let groups: [(title: String, options: [OptionSpecification])] = [
    ("where Envoy gets its configuration", controlPlane),
    ("App Mesh descriptions", mesh), ("Envoy container", envoy), ("traffic", traffic),
    ("start, health and stop", running), ("logs and traces", observing),
    ("task definition", task), ("gateway's task definition", gateway), ("policies", policy),
    ("findings", check), ("description", describing),
  ]

  static func option(_ name: String) -> OptionSpecification? { all.first { $0.name == name } }

  /// The option of that name that has an effect on a command: what `--format` takes differs.
  static func option(_ name: String, on command: Subcommand) -> OptionSpecification? {
    all.first { $0.name == name && $0.commands.contains(command) } ?? option(name)
  }

  private static let envoy: [OptionSpecification] = [
    .value("envoy-image", "IMAGE", "image of the Envoy container") {
      options, text throws(ValueProblem) in
      options.envoyImage = try Value.word(text)
    },
    .value("envoy-name", "NAME", "name of the Envoy container") {
      options, text throws(ValueProblem) in
      options.envoyName = try Value.containerName(text)
    },
    .value("envoy-cpu", "UNITS", "CPU units of the Envoy container; one vCPU is 1024 units") {
      options, text throws(ValueProblem) in
      options.envoyCPU = try Value.integer(text, 1...32768)
    },
    .value("envoy-memory", "MIB", "hard memory limit of the Envoy container in MiB") {
      options, text throws(ValueProblem) in
      options.envoyMemory = try Value.integer(text, 6...249_856)
    },
    .value(
      "envoy-memory-reservation", "MIB", "memory reserved for the Envoy container in MiB, or none"
    ) {
      options, text throws(ValueProblem) in
      options.envoyMemoryReservation =
        text == "none" ? nil : try Value.integer(text, 6...249_856)
    },
    .value("user", "UID", "numeric user of Envoy, whose traffic is not redirected") {
      options, text throws(ValueProblem) in
      options.user = try Value.integer(text, 1...4_294_967_294)
    },
    .values("env", "NAME=VALUE", "environment variable of the Envoy container") {
      options, values throws(ValueProblem) in
      options.environment = try Value.namedValues(values)
    },
    .values("secret", "NAME=ARN", "variable of Envoy that ECS reads from a secret or parameter") {
      options, values throws(ValueProblem) in
      options.secrets = try Value.namedValues(values)
      for secret in options.secrets { _ = try Value.plainName(secret.value) }
    },
    .value("log-level", "LEVEL", "Envoy's log level") { options, text throws(ValueProblem) in
      // Both spellings are in use: App Mesh's guide changed from one to the other.
      options.logLevel = try Value.word(
        text == "warn" ? "warning" : text, LogLevel.self)
    }.byLabel(),
    .value(
      "concurrency", "N", "number of Envoy's worker threads; 0 for one per core that Envoy sees"
    ) {
      options, text throws(ValueProblem) in
      options.concurrency = try Value.integer(text, 0...128)
    },
  ]

  private static let traffic: [OptionSpecification] = [
    .values(
      "app-port", "PORT[/PROTOCOL]", "application port whose inbound traffic passes through Envoy"
    ) {
      options, values throws(ValueProblem) in
      (options.appPorts, options.appProtocols) = try Value.appPorts(values)
    }.only(Subcommand.sidecarCommands).byLabel(),
    .values("egress-ignored-port", "PORT", "destination port whose traffic bypasses Envoy, or none")
    {
      options, values throws(ValueProblem) in
      options.egressIgnoredPorts = try Value.ports(values)
    }.only(Subcommand.sidecarCommands),
    .values(
      "egress-http-port", "PORT",
      "another destination port on which Envoy looks for HTTP; --upstream needs it for names that are "
        + "dialed on another port than their own, unless that is 80, 3000, 5000, 8000-8099, 8888, 9090 "
        + "or 50051"
    ) {
      options, values throws(ValueProblem) in
      options.egressHTTPPorts = try Value.list(values, Value.port)
    }.only(Subcommand.sidecarCommands),
    .values(
      "egress-tcp-port", "PORT", "destination port on which Envoy never looks for HTTP"
    ) {
      options, values throws(ValueProblem) in
      options.egressTCPPorts = try Value.list(values, Value.port)
    }.only(Subcommand.sidecarCommands),
    .values(
      "egress-ignored-ip", "IP", "destination IP or CIDR whose traffic bypasses Envoy, or none"
    ) {
      options, values throws(ValueProblem) in
      options.egressIgnoredIPs = try Value.list(values, Value.addressBlock)
    }.only(Subcommand.sidecarCommands),
    .value("ignored-gid", "GID", "numeric group whose traffic is not redirected") {
      options, text throws(ValueProblem) in
      options.ignoredGID = try Value.integer(text, 1...4_294_967_294)
    }.only(Subcommand.sidecarCommands),
    .value("ingress-port", "PORT", "Envoy's port for inbound traffic") {
      options, text throws(ValueProblem) in
      options.ingressPort = try Value.port(text)
    }.only(Subcommand.sidecarCommands),
    .value("egress-port", "PORT", "Envoy's port for outbound traffic") {
      options, text throws(ValueProblem) in
      options.egressPort = try Value.port(text)
    }.only(Subcommand.sidecarCommands),
    .value("admin-port", "PORT", "port of Envoy's admin interface") {
      options, text throws(ValueProblem) in
      options.adminPort = try Value.port(text)
    },
  ]

  private static let running: [OptionSpecification] = [
    .value("health-interval", "SECONDS", "time between two health checks of Envoy (5-300)") {
      options, text throws(ValueProblem) in
      options.health.interval = try Value.integer(text, 5...300)
    },
    .value("health-timeout", "SECONDS", "time until a health check counts as failed (2-60)") {
      options, text throws(ValueProblem) in
      options.health.timeout = try Value.integer(text, 2...60)
    },
    .value("health-retries", "N", "failed health checks in a row that make Envoy unhealthy (1-10)")
    {
      options, text throws(ValueProblem) in
      options.health.retries = try Value.integer(text, 1...10)
    },
    .value(
      "health-start-period", "SECONDS",
      "grace period during which failed health checks are ignored (0-300)"
    ) {
      options, text throws(ValueProblem) in
      options.health.startPeriod = try Value.integer(text, 0...300)
    },
    .value(
      "health-path", "PATH", "path that Envoy answers itself: 200, or 503 while it drains"
    ) {
      options, text throws(ValueProblem) in
      options.healthPath = try Value.path(text)
    },
    .value("nofile", "N", "limit of open files of the Envoy container (1024-1048576)") {
      options, text throws(ValueProblem) in
      options.nofile = try Value.integer(text, 1024...1_048_576)
    },
    .value("start-timeout", "SECONDS", "time within which Envoy must become healthy (2-120)") {
      options, text throws(ValueProblem) in
      options.startTimeout = try Value.integer(text, 2...120)
    },
    .value("stop-timeout", "SECONDS", "time between SIGTERM and SIGKILL (2-120)") {
      options, text throws(ValueProblem) in
      options.stopTimeout = try Value.integer(text, 2...120)
    },
    .value(
      "drain-seconds", "SECONDS", "how long Envoy keeps serving requests after SIGTERM (5-110)"
    ) {
      options, text throws(ValueProblem) in
      options.drainSeconds = try Value.integer(text, 5...110)
    }.byLabel(),
  ]

  private static let observing: [OptionSpecification] = [
    .value("tracing", "KIND", "daemon container that receives Envoy's traces: xray, otel or none") {
      options, text throws(ValueProblem) in
      options.tracing = try Value.word(text, InjectionOptions.Tracing.self)
    }.byLabel(),
    .value("xray-image", "IMAGE", "image of the X-Ray daemon") {
      options, text throws(ValueProblem) in
      options.xrayImage = try Value.word(text)
    },
    .value("otel-image", "IMAGE", "image of the OpenTelemetry collector") {
      options, text throws(ValueProblem) in
      options.otelImage = try Value.word(text)
    },
    .value("xray-sampling-rate", "SHARE", "share of requests that are traced (0-1)") {
      options, text throws(ValueProblem) in
      options.xraySamplingRate = try Value.share(text)
    },
    .flag("stats-tags", "tag Envoy's statistics with its mesh and node") { $0.statsTags = $1 },
    .value(
      "logs", "WHERE", "the application's log driver (inherit), none, or a log group or its ARN"
    ) {
      options, text throws(ValueProblem) in
      switch text {
      case "inherit": options.logs = .inherit
      case "none": options.logs = .none
      default: options.logs = .group(try Value.plainName(try Value.word(text)))
      }
    },
    .value(
      "access-log", "all|errors|sampled:N|none",
      "requests that Envoy logs; sampled:N logs the errors and N percent"
    ) {
      options, text throws(ValueProblem) in
      options.accessLog = try Value.accessLog(text)
    },
    .value("log-stream-prefix", "PREFIX", "prefix of the generated containers' log streams") {
      options, text throws(ValueProblem) in
      options.logStreamPrefix = try Value.word(text)
    },
  ]

  private static let task: [OptionSpecification] = [
    .callValues(
      "labels", "all|none|NAME,…", "labels that may set options; a list may contain default"
    ) {
      call, values throws(ValueProblem) in
      call.labels = try LabelRules(values)
    }.only(Subcommand.sidecarCommands).ofCall(),
    .values(
      "resource", "NAME", "task definition of a CloudFormation template to inject [default: all]"
    ) {
      options, values throws(ValueProblem) in
      options.resources = try Value.list(values, Value.word)
    }.only(Subcommand.sidecarCommands).ofCall(),
    .flag("require-task-definition", "refuse a template that has no task definition") {
      $0.requiresTaskDefinition = $1
    }.only(Subcommand.sidecarCommands).ofCall(),
    .values("only-container", "NAME", "container that waits for Envoy and whose ports Envoy serves")
    {
      options, values throws(ValueProblem) in
      options.onlyContainers = try Value.list(values, Value.containerName)
    }.only(Subcommand.sidecarCommands).byLabel(),
    .values(
      "skip-container", "NAME",
      "container that does not wait for Envoy and whose ports Envoy does not serve"
    ) {
      options, values throws(ValueProblem) in
      options.skipContainers = try Value.list(values, Value.containerName)
    }.only(Subcommand.sidecarCommands).byLabel(),
    .flag("job", "the task runs to completion: Envoy does not keep it alive") { $0.isJob = $1 }
      .only(Subcommand.sidecarCommands).byLabel(),
    .value("network-mode", "awsvpc", "network mode for a task that names none") {
      options, text throws(ValueProblem) in
      options.networkMode = try Value.word(text, InjectionOptions.NewNetworkMode.self)
    }.only(Subcommand.sidecarCommands),
    .flag("resize", "raise the task's CPU and memory if the containers do not fit") {
      $0.resize = $1
    },
    .flag("replace-foreign", "first remove an Envoy that another tool or a person added") {
      $0.replacesForeign = $1
    }.only(Subcommand.sidecarCommands),
    .flag("require-roles", "reject a task that does not have the roles it needs") {
      $0.requireRoles = $1
    },
    .values("disable-filter", "NAME", "filter to leave out; 'inject-envoy filters' lists them") {
      options, values throws(ValueProblem) in
      options.disabledFilters = try Value.list(values, Value.filterName)
    },
  ]
}
