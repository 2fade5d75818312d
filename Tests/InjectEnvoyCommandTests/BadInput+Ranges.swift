import CommandTesting

extension BadInput {
  /// Every option that is a number, with its minimum and maximum.
  static let numbers: [(name: String, low: Int, high: Int)] = [
    ("envoy-cpu", 1, 32768), ("envoy-memory", 6, 249_856), ("envoy-memory-reservation", 6, 249_856),
    ("user", 1, 4_294_967_294), ("ignored-gid", 1, 4_294_967_294), ("concurrency", 0, 128),
    ("app-port", 1, 65535), ("egress-ignored-port", 1, 65535), ("ingress-port", 1, 65535),
    ("egress-port", 1, 65535), ("admin-port", 1, 65535), ("health-interval", 5, 300),
    ("health-timeout", 2, 60), ("health-retries", 1, 10), ("health-start-period", 0, 300),
    ("nofile", 1024, 1_048_576), ("start-timeout", 2, 120), ("stop-timeout", 2, 120),
    ("drain-seconds", 5, 110),
  ]

  /// The values just outside each range, and values that are not numbers.
  static let ranges: [BadInput] = numbers.flatMap { number in
    let (name, low, high) = number
    let outside = [low - 1, high + 1].map { value in
      BadInput.usage(
        "--\(name) \(value)", ["--\(name)", "\(value)"],
        "error: --\(name): \(value) is not in the range from \(low) to \(high).",
        "fix: --\(name) ")
    }
    let others = ["x", "1.0", "+7", "1e1", " 7", "99999999999999999999"].map { text in
      BadInput.usage(
        "--\(name) '\(text)'", ["--\(name)", text],
        "error: --\(name): '\(text)' is not a whole number.")
    }
    return outside + others
  }

  static let shares = ["-0.1", "1.01", "2", "", "half", ".5", "1e-1"].map { text in
    BadInput.usage(
      "--xray-sampling-rate '\(text)'", ["--xray-sampling-rate=\(text)"],
      "--xray-sampling-rate: '\(text)' is not a number from 0 to 1.")
  }

  static let variables: [BadInput] = [
    .variable(
      "USR", "1", "The environment variable INJECT_ENVOY_USR sets no option.",
      "Did you mean INJECT_ENVOY_USER?"),
    .variable("USER", "root", "INJECT_ENVOY_USER: 'root' is not a whole number."),
    .variable("JOB", "yes", "INJECT_ENVOY_JOB: 'yes' is neither true nor false."),
    .variable("ENV", "A=1\nB", "INJECT_ENVOY_ENV: A value is not of the form NAME=VALUE."),
    .variable("APP_PORT", "80,81", "INJECT_ENVOY_APP_PORT: '80,81' is not a whole number."),
    BadInput(
      name: "configuration of the environment",
      arguments: [], environment: ["INJECT_ENVOY_CONFIG": "/nowhere/x.yaml"],
      document: Sample.web, status: 1, says: ["Cannot read '/nowhere/x.yaml'"]),
  ]

  static let labels: [BadInput] = [
    .label(
      "port", "80",
      "<stdin>: error: [wrong-label] label inject-envoy.io/port has no effect on a task"),
    .label("resource", "Web", "Remove it, and give --resource on the command line."),
    .label(
      "usr", "1",
      "<stdin>: error: [wrong-label] label inject-envoy.io/usr: There is no option 'usr'",
      "Did you mean 'user'?"),
    .label(
      "user", "root",
      "<stdin>: error: [wrong-label] label inject-envoy.io/user: 'root' is not a whole number."),
    .label("user", "", "label inject-envoy.io/user: '' is not a whole number."),
    .label("app-port", "", "label inject-envoy.io/app-port: '' is not a whole number."),
    .label("app-port", "80,", "label inject-envoy.io/app-port: '' is not a whole number."),
    .label("job", "yes", "label inject-envoy.io/job: 'yes' is neither true nor false."),
    .label("virtual-node", "web", "label inject-envoy.io/virtual-node: 'web' is not the name of"),
    .label(
      "stop-timeout", "10", "<stdin>: error: [wrong-label] ECS kills Envoy 10 seconds after SIGTERM"
    ),
  ]
}
