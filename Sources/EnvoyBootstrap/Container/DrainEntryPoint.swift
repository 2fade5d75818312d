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
    // `wait` ends with the trap's signal first; the second one gets Envoy's own status.
    let script = """
      drain() { trap '' TERM; draining=1; \(AdminRequest.open(adminPort: adminPort)) && \(drain); \
      sleep \(seconds); kill -TERM "$pid"; }; \
      trap drain TERM; envoy "$@" & pid=$!; wait "$pid"; status=$?; \
      if [ "$draining" ]; then wait "$pid"; status=$?; fi; exit "$status"
      """
    return ["bash", "-c", unpacksBootstrap ? Self.unpack + script : script, "envoy"]
  }

  /// A container's `/dev/shm` is writable also where its root file system is not, for every user
  /// (<https://docs.docker.com/reference/cli/docker/container/run/#read-only>). Tasks may share
  /// it, so the name is one that nobody has. Envoy goes by the ending.
  private static let unpack = """
    set -o pipefail; file=$(mktemp -p /dev/shm --suffix .json) && \
    printf %s "$\(CompressedBootstrap.variable)" | base64 -d | gzip -d >"$file" || exit; \
    set -- --config-path "$file" "$@"; 
    """
}
