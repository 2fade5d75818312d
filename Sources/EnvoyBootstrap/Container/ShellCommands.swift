/// An entry point that lets Envoy finish the requests in flight when ECS stops the container.
///
/// On SIGTERM Envoy exits at once and cuts its connections. This entry point delays that. It needs
/// bash, which the stock image has.
public struct DrainEntryPoint: Hashable, Sendable {
  public var adminPort: UInt16
  /// How long requests may continue after SIGTERM. The container's stop timeout must be longer.
  public var seconds: UInt16
  /// Whether the configuration is passed in ``CompressedBootstrap/variable``.
  public var unpacksBootstrap: Bool

  public init(adminPort: UInt16 = 9901, seconds: UInt16, unpacksBootstrap: Bool = false) {
    self.adminPort = adminPort
    self.seconds = seconds
    self.unpacksBootstrap = unpacksBootstrap
  }

  /// The value of `entryPoint`. Followed by ``EnvoyArguments/arguments``, which it passes to Envoy.
  ///
  /// On the first SIGTERM, the health endpoint starts to answer 503 and every response asks the client to
  /// close its connection, while Envoy still serves new requests. After ``seconds``, Envoy gets the signal.
  /// The container exits with Envoy's exit status.
  public var entryPoint: [String] {
    let drain = AdminRequest.send([
      "POST /healthcheck/fail", "POST /drain_listeners?graceful&skip_exit",
    ])
    // The script uses no named variable, because `envsubst` in a deployment would empty it. `$!` is
    // always Envoy, because nothing else runs in the background. A signal ends the first `wait`. The
    // second one returns Envoy's exit status, even if Envoy has already ended.
    let script = """
      drain() { trap '' TERM; \(AdminRequest.open(adminPort: adminPort)) && \(drain); \
      sleep \(seconds); kill -TERM $!; }; \
      trap drain TERM; envoy "$@" & wait $!; wait $!; exit
      """
    return ["bash", "-c", unpacksBootstrap ? Self.unpack + script : script, "envoy"]
  }

  /// A container's `/dev/shm` is writable for every user even if its root file system is read-only
  /// (<https://docs.docker.com/reference/cli/docker/container/run/#read-only>). Tasks may share
  /// it, so the file gets a unique name. Envoy detects the format by the file's extension.
  private static let unpack = """
    set -o pipefail; set -- --config-path "$(mktemp -p /dev/shm --suffix .json)" "$@"; \
    printenv \(CompressedBootstrap.variable) | base64 -d | gzip -d >"$2" || exit; 
    """
}

/// The container health check of the stock image.
public enum HealthCheckCommand {
  /// Requests `/ready`, which answers 200 once Envoy serves, and 503 before that and while Envoy drains.
  ///
  /// Uses `CMD` with bash, because the shell of `CMD-SHELL` is dash in that image, which has no `/dev/tcp`.
  public static func ready(adminPort: UInt16) -> [String] {
    let script = [
      AdminRequest.open(adminPort: adminPort), AdminRequest.send(["GET /ready"]),
      "grep -q '^HTTP/1.1 200' <&3",
    ]
    return ["CMD", "bash", "-c", script.joined(separator: " && ")]
  }

  /// Like ``ready(adminPort:)``, but waits until Envoy has every certificate that it asks a service for, for
  /// the first ten seconds at most.
  ///
  /// Envoy lists the certificates that it waits for, and its age in whole seconds. The first answers are in a
  /// parameter of the shell, for the reason that ``DrainEntryPoint`` gives.
  public static func readyWithCertificates(adminPort: UInt16) -> [String] {
    let open = AdminRequest.open(adminPort: adminPort)
    let requests = ["GET /ready", "GET /config_dump?resource=dynamic_warming_secrets"]
    let isYoung = #"grep -q '"uptime_current_epoch": ".s"' <&3"#
    let script = [
      open, AdminRequest.send(requests), #"set -- "$(cat <&3)""#, "[[ $1 = 'HTTP/1.1 200'* ]]",
      "{ ! [[ $1 = *SecretsConfigDump.DynamicSecret* ]] || { \(open) && "
        + "\(AdminRequest.send(["GET /server_info"])) && ! \(isYoung); }; }",
    ]
    return ["CMD", "bash", "-c", script.joined(separator: " && ")]
  }
}

/// Requests to Envoy's administration interface, written in bash because the stock image has no curl.
/// Only numbers are interpolated, so nothing needs quoting.
enum AdminRequest {
  /// The bash command that opens the interface as file descriptor 3.
  static func open(adminPort: UInt16) -> String { "exec 3<>/dev/tcp/127.0.0.1/\(adminPort)" }

  /// The bash command that sends the requests. The interface closes the connection after the last one. It
  /// rejects HTTP/1.0 with 426.
  static func send(_ requestLines: [String]) -> String {
    let requests = requestLines.enumerated().map { index, line in
      let isLast = index == requestLines.count - 1
      return #"\#(line) HTTP/1.1\r\nHost: localhost\r\n"#
        + (isLast ? #"Connection: close\r\n\r\n"# : #"\r\n"#)
    }
    return "printf '\(requests.joined())' >&3"
  }
}
