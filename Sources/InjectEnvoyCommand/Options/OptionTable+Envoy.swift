import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The Envoy container: what runs, how it starts and stops, and what it logs.
extension OptionTable {
  static let envoy: [Option] = Option.group(
    .envoy, for: .envoy,
    [
      Option(
        "envoy-image", .text("IMAGE", samples: "example.com/envoyproxy/envoy:v1.40.0"),
        "Image of the Envoy container", optional: \.injection.envoyImage
      ).standard("envoyproxy/envoy; App Mesh's image with App Mesh"),
      Option("envoy-name", .containerName, "Name of the Envoy container", \.injection.envoyName)
        .standard("envoy"),
      Option(
        "envoy-cpu", .integer("UNITS", 1...32768),
        "CPU units of the Envoy container; one vCPU is 1024 units",
        optional: \.injection.envoyCPU),
      Option(
        "envoy-memory", .integer("MIB", memory), "Hard memory limit of the Envoy container in MiB",
        optional: \.injection.envoyMemory),
      Option(
        "envoy-memory-reservation", .integerOrNone("MIB", memory),
        "Memory reserved for the Envoy container in MiB", \.injection.envoyMemoryReservation
      ).standard("128"),
      Option(
        "user", .integer("UID", 1...4_294_967_294),
        "Numeric user of Envoy, whose traffic is not redirected", \.injection.user
      ).standard("1337"),
      Option(
        "env", .namedValues(samples: "A=b=c", "X="), "Environment variable of the Envoy container",
        \.injection.environment),
      Option(
        "secret",
        Form.namedValues("NAME=ARN", samples: "A=arn:aws:ssm:eu-west-1:111122223333:parameter/a")
          .map { pairs throws(Problem) in
            for pair in pairs { _ = try Form<String>.plain(pair.value) }
            return pairs
          },
        "Environment variable of the Envoy container that ECS reads from a secret or parameter",
        \.injection.secrets),
      // Both spellings are in use: App Mesh's guide changed from one to the other.
      Option(
        "log-level", .words("LEVEL", spellings: ["warn": "warning"]), "Envoy's log level",
        \.injection.logLevel
      ).standard("info").labels(.byDefault),
      Option(
        "concurrency", .integer("N", 0...128),
        "Number of Envoy's worker threads; 0 for one per core that Envoy sees",
        \.injection.concurrency
      ).standard("2"),
    ])

  /// Limits of a container's memory on Fargate, in MiB.
  private static let memory = 6...249_856

  static let running: [Option] = Option.group(
    .running, for: .envoy,
    [
      Option(
        "health-interval", .integer("SECONDS", 5...300), "Time between two health checks of Envoy",
        \.injection.health.interval
      ).standard("5"),
      Option(
        "health-timeout", .integer("SECONDS", 2...60), "Time until a health check counts as failed",
        \.injection.health.timeout
      ).standard("2"),
      Option(
        "health-retries", .integer("N", 1...10),
        "Failed health checks in a row that make Envoy unhealthy", \.injection.health.retries
      ).standard("3"),
      Option(
        "health-start-period", .integer("SECONDS", 0...300),
        "Grace period during which failed health checks are ignored",
        \.injection.health.startPeriod
      ).standard("10"),
      Option(
        "health-path", .path, "Path that Envoy answers itself: 200, or 503 while it drains",
        optional: \.injection.healthPath),
      Option(
        "nofile", .integer("N", 1024...1_048_576), "Limit of open files of the Envoy container",
        optional: \.injection.nofile
      ).standard("65536"),
      Option(
        "start-timeout", .integer("SECONDS", 2...120),
        "Time within which Envoy must become healthy", \.injection.startTimeout
      ).standard("60"),
      Option(
        "stop-timeout", .integer("SECONDS", 2...120), "Time between SIGTERM and SIGKILL",
        \.injection.stopTimeout
      ).standard("40"),
      Option(
        "drain-seconds", .integer("SECONDS", 5...110),
        "Time during which Envoy keeps serving requests after SIGTERM", \.injection.drainSeconds
      ).standard("20").labels(.byDefault),
    ])

  static let observing: [Option] = Option.group(
    .observing, for: .envoy,
    [
      Option(
        "tracing", .word, "Daemon container that receives Envoy's traces", \.injection.tracing
      ).standard("none").labels(.byDefault).common(),
      Option(
        "xray-image", .text("IMAGE", samples: "example.com/xray-daemon:1"),
        "Image of the X-Ray daemon", optional: \.injection.xrayImage),
      Option(
        "otel-image", .text("IMAGE", samples: "example.com/aws-otel-collector:1"),
        "Image of the OpenTelemetry collector", optional: \.injection.otelImage),
      Option(
        "xray-sampling-rate", .share, "Share of requests that are traced",
        optional: \.injection.xraySamplingRate
      ).standard("0.05"),
      Option(
        "stats-tags", .flag, "Tag Envoy's statistics with its mesh and node",
        \.injection.statsTags),
      Option(
        "metrics", .metrics,
        "Port on which GET /metrics lists Envoy's statistics, or otlp to send them to the collector of "
          + "tracing", optional: \.injection.metrics),
      Option(
        "logs", .logs,
        "Place where Envoy logs: the application's log driver, nowhere, or a CloudWatch log group",
        \.injection.logs
      ).standard("inherit"),
      Option(
        "access-log", .accessLog,
        "Requests that Envoy logs; sampled:N logs the errors and N percent of the rest",
        optional: \.injection.accessLog
      ).standard("errors; with a mesh, what its description says"),
      Option(
        "log-stream-prefix", .text("PREFIX", samples: "sidecar"),
        "Prefix of the generated containers' log streams", optional: \.injection.logStreamPrefix
      ).standard("the container's name"),
    ])
}

extension Form<Int?> {
  fileprivate static func integerOrNone(
    _ placeholder: String, _ range: ClosedRange<Int>
  ) -> Form {
    let integer = Form<Int>.integer(placeholder, range)
    return Form(
      "\(placeholder)|none", range: integer.range(), accepting: .orNone(integer.accepted),
      samples: integer.samples() + ["none"],
      oddities: integer.oddities()
    ) { text throws(Problem) in text == "none" ? nil : try integer.read([text]) }
  }
}

extension Form<String> {
  /// A path of a request, without a query.
  fileprivate static var path: Form {
    Form("PATH", samples: ["/envoy/healthz"], oddities: ["x", "/a?b"]) { text throws(Problem) in
      let path = try Form.text("PATH").read([text])
      guard path.hasPrefix("/"), !path.contains("?"), !path.contains("#") else {
        throw .value(text, "is not a path.", fix: "Write it like /envoy/healthz.")
      }
      return path
    }
  }
}

extension Form<AccessLogging.Selection> {
  fileprivate static var accessLog: Form {
    Form(
      "all|errors|sampled:N|none", samples: ["all", "errors", "sampled:1", "none"],
      oddities: ["sampled:", "sampled:101", "sampled:-1"]
    ) { text throws(Problem) in
      switch text {
      case "all": return .all
      case "errors": return .errors
      case "none": return .none
      default: break
      }
      let sampled = "sampled:"
      guard text.hasPrefix(sampled), let percent = Double(text.dropFirst(sampled.count)),
        (0...100).contains(percent)
      else {
        throw .value(
          text, "is not one of all, errors, sampled:N, none.",
          fix: "N is a percentage from 0 to 100, such as sampled:1.")
      }
      return .sampled(perMillion: Int((percent * 10_000).rounded()))
    }
  }
}

extension Form<MetricsOptions> {
  fileprivate static var metrics: Form {
    Form<String>.anything("PORT|otlp", samples: "9902", "otlp").repeated { words throws(Problem) in
      var metrics = MetricsOptions()
      for word in words {
        if word == "otlp" {
          metrics.isPushed = true
        } else if let other = metrics.port {
          throw .usage("The metrics have two ports, \(other) and \(word).", fix: "Give one port.")
        } else {
          // Envoy does not run as root, so it cannot open lower ports.
          metrics.port = try Form<Int>.integer("PORT", 1024...65535).read([word])
        }
      }
      return metrics
    }
  }
}

extension Form<InjectionOptions.Logs> {
  fileprivate static var logs: Form {
    Form("inherit|none|GROUP", samples: ["inherit", "none", "/ecs/envoy"], oddities: ["a b"]) {
      text throws(Problem) in
      switch text {
      case "inherit": return .inherit
      case "none": return .none
      default: return .group(try Form<String>.plain(try Form<String>.text("GROUP").read([text])))
      }
    }
  }
}
