/// The entry point that lets requests in flight finish when the container is told to stop.
///
/// Envoy ends at once on SIGTERM and cuts what it is doing. This entry point needs bash, which the
/// stock image has.
public struct DrainEntryPoint: Hashable, Sendable {
  public var adminPort: UInt16
  /// How long requests may go on after SIGTERM; the container's stop time-out must be longer.
  public var seconds: UInt16
  /// Whether the configuration comes in ``CompressedBootstrap/variable``.
  public var unpacksBootstrap: Bool

  public init(adminPort: UInt16 = 9901, seconds: UInt16, unpacksBootstrap: Bool = false) {
    self.adminPort = adminPort
    self.seconds = seconds
    self.unpacksBootstrap = unpacksBootstrap
  }

  /// Goes before ``EnvoyArguments/arguments``, which become Envoy's.
  ///
  /// On the first SIGTERM the health endpoint turns to 503 and every response asks for the
  /// connection to be closed, while new requests are still served; then Envoy gets the signal.
  /// Envoy's exit status is the container's.
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

  /// A container's `/dev/shm` is writable also where its root file system is not, for every user
  /// (<https://docs.docker.com/reference/cli/docker/container/run/#read-only>). Tasks may share
  /// it, so the name is one that nobody has. Envoy goes by the ending.
  private static let unpack = """
    set -o pipefail; set -- --config-path "$(mktemp -p /dev/shm --suffix .json)" "$@"; \
    printenv \(CompressedBootstrap.variable) | base64 -d | gzip -d >"$2" || exit; 
    """
}

/// The container health check of the stock image.
public enum HealthCheckCommand {
  /// Asks `/ready`, which answers 200 once Envoy serves and 503 before that and while it drains.
  ///
  /// Without a shell between: `CMD-SHELL` is dash in that image, which has no `/dev/tcp`.
  public static func ready(adminPort: UInt16) -> [String] {
    let script = [
      AdminRequest.open(adminPort: adminPort), AdminRequest.send(["GET /ready"]),
      "grep -q '^HTTP/1.1 200' <&3",
    ]
    return ["CMD", "bash", "-c", script.joined(separator: " && ")]
  }
}

/// Requests to Envoy's administration interface from bash, which the stock image has instead of
/// curl. Everything that varies is a number, so there is nothing to quote.
enum AdminRequest {
  /// Bash that opens the interface as file descriptor 3.
  static func open(adminPort: UInt16) -> String { "exec 3<>/dev/tcp/127.0.0.1/\(adminPort)" }

  /// Bash that sends the requests; the interface closes after the last. It refuses HTTP/1.0 (426).
  static func send(_ requestLines: [String]) -> String {
    let requests = requestLines.enumerated().map { index, line in
      let isLast = index == requestLines.count - 1
      return #"\#(line) HTTP/1.1\r\nHost: localhost\r\n"#
        + (isLast ? #"Connection: close\r\n\r\n"# : #"\r\n"#)
    }
    return "printf '\(requests.joined())' >&3"
  }
}
