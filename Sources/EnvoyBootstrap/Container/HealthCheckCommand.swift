/// The container health check of the stock image.
public enum HealthCheckCommand {
  /// Asks `/ready`, which answers 200 once Envoy serves and 503 before that and while it drains.
  ///
  /// Without a shell between: `CMD-SHELL` is dash in that image, which has no `/dev/tcp`.
  public static func ready(adminPort: UInt16) -> [String] {
    let script = [
      AdminRequest.open(adminPort: adminPort), AdminRequest.send(["GET /ready"]),
      "read -r _ status _ <&3", #"[ "$status" = 200 ]"#,
    ]
    return ["CMD", "bash", "-c", script.joined(separator: " && ")]
  }
}
