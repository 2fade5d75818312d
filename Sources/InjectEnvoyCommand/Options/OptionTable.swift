import EnvoyBootstrap
import EnvoyInjector

/// Every option of `inject`, in the order of its help. The command line, the environment, the
/// labels, the configuration file, the help and the README's table are views of this one list.
enum OptionTable {
  static let all =
    controlPlane + mesh + envoy + traffic + running + observing + task + gateway + policy + check
    + describing

  static func option(_ name: String) -> OptionSpecification? { all.first { $0.name == name } }

  /// The option of that name that has an effect on a command: what `--format` takes differs.
  static func option(_ name: String, on command: Subcommand) -> OptionSpecification? {
    all.first { $0.name == name && $0.commands.contains(command) } ?? option(name)
  }

  private static let envoy: [OptionSpecification] = [
    .value("envoy-image", "IMAGE", "Envoy's image") { options, text throws(ValueProblem) in
      options.envoyImage = try Value.word(text)
    },
    .value("envoy-name", "NAME", "name of the Envoy container") {
      options, text throws(ValueProblem) in
      options.envoyName = try Value.containerName(text)
    },
    .value("envoy-cpu", "UNITS", "CPU units of Envoy; 1024 are one vCPU") {
      options, text throws(ValueProblem) in
      options.envoyCPU = try Value.integer(text, 1...16384)
    },
    .value("envoy-memory", "MIB", "hard memory limit of Envoy, MiB") {
      options, text throws(ValueProblem) in
      options.envoyMemory = try Value.integer(text, 6...122_880)
    },
    .value("envoy-memory-reservation", "MIB", "memory reserved for Envoy, MiB, or none") {
      options, text throws(ValueProblem) in
      options.envoyMemoryReservation =
        text == "none" ? nil : try Value.integer(text, 6...122_880)
    },
    .value("user", "UID", "numeric user of Envoy, whose traffic is not redirected") {
      options, text throws(ValueProblem) in
      options.user = try Value.integer(text, 1...4_294_967_294)
    },
    .values("env", "NAME=VALUE", "environment variable of Envoy") {
      options, values throws(ValueProblem) in
      options.environment = try Value.namedValues(values)
    },
    .values("secret", "NAME=ARN", "variable of Envoy from a secret or parameter") {
      options, values throws(ValueProblem) in
      options.secrets = try Value.namedValues(values)
    },
    .value("log-level", "LEVEL", "Envoy's log level") { options, text throws(ValueProblem) in
      // Both spellings are in use: App Mesh's guide changed from one to the other.
      options.logLevel = try Value.word(
        text == "warn" ? "warning" : text, LogLevel.self)
    },
    .value("concurrency", "N", "Envoy's worker threads; 0: one for every core it sees") {
      options, text throws(ValueProblem) in
      options.concurrency = try Value.integer(text, 0...128)
    },
  ]

  private static let traffic: [OptionSpecification] = [
    .values("app-port", "PORT", "port on which applications take traffic through Envoy") {
      options, values throws(ValueProblem) in
      options.appPorts = try Value.ports(values)
    }.only(Subcommand.sidecarCommands),
    .values("egress-ignored-port", "PORT", "destination port that bypasses Envoy, or none") {
      options, values throws(ValueProblem) in
      options.egressIgnoredPorts = try Value.ports(values)
    }.only(Subcommand.sidecarCommands),
    .values("egress-ignored-ip", "IP", "destination IP or CIDR that bypasses Envoy, or none") {
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
    .value("health-interval", "SECONDS", "between two health checks of Envoy, 5 to 300") {
      options, text throws(ValueProblem) in
      options.health.interval = try Value.integer(text, 5...300)
    },
    .value("health-timeout", "SECONDS", "until a health check fails, 2 to 60") {
      options, text throws(ValueProblem) in
      options.health.timeout = try Value.integer(text, 2...60)
    },
    .value("health-retries", "N", "failures in a row until Envoy is unhealthy, 1 to 10") {
      options, text throws(ValueProblem) in
      options.health.retries = try Value.integer(text, 1...10)
    },
    .value("health-start-period", "SECONDS", "in which failures do not count, 0 to 300") {
      options, text throws(ValueProblem) in
      options.health.startPeriod = try Value.integer(text, 0...300)
    },
    .value("nofile", "N", "Envoy's limit of open files, soft and hard, to 1048576") {
      options, text throws(ValueProblem) in
      options.nofile = try Value.integer(text, 1024...1_048_576)
    },
    .value("start-timeout", "SECONDS", "until Envoy must be healthy, 2 to 120") {
      options, text throws(ValueProblem) in
      options.startTimeout = try Value.integer(text, 2...120)
    },
    .value("stop-timeout", "SECONDS", "from SIGTERM to SIGKILL, 2 to 120") {
      options, text throws(ValueProblem) in
      options.stopTimeout = try Value.integer(text, 2...120)
    },
    .value("drain-seconds", "SECONDS", "in which Envoy finishes requests after SIGTERM, 5 to 110") {
      options, text throws(ValueProblem) in
      options.drainSeconds = try Value.integer(text, 5...110)
    },
  ]

  private static let observing: [OptionSpecification] = [
    .value("tracing", "KIND", "daemon for Envoy's traces: xray, otel or none") {
      options, text throws(ValueProblem) in
      options.tracing = try Value.word(text, InjectionOptions.Tracing.self)
    },
    .value("xray-image", "IMAGE", "image of the X-Ray daemon") {
      options, text throws(ValueProblem) in
      options.xrayImage = try Value.word(text)
    },
    .value("otel-image", "IMAGE", "image of the OpenTelemetry collector") {
      options, text throws(ValueProblem) in
      options.otelImage = try Value.word(text)
    },
    .value("xray-sampling-rate", "SHARE", "share of requests that are traced, 0 to 1") {
      options, text throws(ValueProblem) in
      options.xraySamplingRate = try Value.share(text)
    },
    .flag("stats-tags", "tag Envoy's statistics with its mesh and node") { $0.statsTags = $1 },
    .value(
      "logs", "WHERE", "inherit the application's driver, none, or a group or its ARN"
    ) {
      options, text throws(ValueProblem) in
      switch text {
      case "inherit": options.logs = .inherit
      case "none": options.logs = .none
      default: options.logs = .group(try Value.word(text))
      }
    },
    .value("log-stream-prefix", "PREFIX", "of the generated containers' log streams") {
      options, text throws(ValueProblem) in
      options.logStreamPrefix = try Value.word(text)
    },
  ]

  private static let task: [OptionSpecification] = [
    .values("resource", "NAME", "only this task definition of a CloudFormation template") {
      options, values throws(ValueProblem) in
      options.resources = try Value.list(values, Value.word)
    }.only(Subcommand.sidecarCommands).ofCall(),
    .values("only-container", "NAME", "only this container waits for Envoy and gives ports") {
      options, values throws(ValueProblem) in
      options.onlyContainers = try Value.list(values, Value.containerName)
    }.only(Subcommand.sidecarCommands),
    .values("skip-container", "NAME", "this container does not wait for Envoy or give ports") {
      options, values throws(ValueProblem) in
      options.skipContainers = try Value.list(values, Value.containerName)
    }.only(Subcommand.sidecarCommands),
    .flag("job", "a task that runs to completion: Envoy does not keep it alive") { $0.isJob = $1 }
      .only(Subcommand.sidecarCommands),
    .flag("resize", "raise the task's cpu and memory when the containers do not fit") {
      $0.resize = $1
    },
    .flag("replace-foreign", "take out an Envoy of another tool or hand first") {
      $0.replacesForeign = $1
    }.only(Subcommand.sidecarCommands),
    .flag("require-roles", "refuse a task without the roles that it needs") {
      $0.requireRoles = $1
    },
    .values("disable-filter", "NAME", "leave a filter out: see 'inject-envoy filters'") {
      options, values throws(ValueProblem) in
      options.disabledFilters = try Value.list(values, Value.filterName)
    },
  ]
}
