import CommandTesting
import Testing

/// Checks all kinds of gateways with botocore's model, and with moto's ECS and the AWS CLI. The checks are in
/// `registration.py`.
@Suite(.isSlowProof, .needsRealParts) struct RegistrationProofTests {
  /// The control planes.
  private static let controlPlanes = [
    "static": ["--upstream", "web=web.internal:8080", "--upstream", "api=api.internal:81/grpc"],
    "tcp": ["--upstream", "db=db.internal:5432/tcp"],
    "xds": ["--xds", "ads.internal:18000", "--xds-tls", "--node-id", "door-1"],
    "mesh": [
      "--virtual-gateway", "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualGateway/door",
    ],
    "short": ["--virtual-gateway", "mesh/shop/virtualGateway/door", "--stats-tags"],
  ]

  /// Other options. Each is combined with each control plane and each tracing.
  private static let others = [
    [],
    ["--port", "8080", "--port", "8443", "--family", "front_door-1"],
    [
      "--cpu", "512", "--memory", "1024", "--task-role-arn", "arn:aws:iam::111122223333:role/t",
      "--execution-role-arn", "e", "--env", "A=b", "--secret", "C=/d", "--nofile", "65536",
    ],
    [
      "--logs", "arn:aws:logs:eu-west-1:111122223333:log-group:/door", "--log-stream-prefix", "d",
      "--envoy-cpu", "64", "--envoy-memory", "192", "--envoy-name", "door", "--admin-port", "9902",
      "--health-interval", "30", "--start-timeout", "120", "--stop-timeout", "60",
    ],
  ]

  @Test func everyCombinationCanBeRegistered() throws {
    let folder = try TemporaryFolder()
    for (name, controlPlane) in Self.controlPlanes {
      for tracing in ["none", "xray", "otel"] {
        for (index, other) in Self.others.enumerated() {
          let arguments = ["gateway", "--tracing", tracing] + controlPlane + other
          let outcome = try Outcome.ofCommand(arguments)
          try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
          // The AWS CLI needs one second for each.
          let prefix = tracing == "otel" && index == Self.others.count - 1 ? "cli-" : ""
          try folder.write(outcome.output, to: "\(prefix)\(name)-\(tracing)-\(index).json")
        }
      }
    }
    try RealParts.run("registration.py", [folder.path])
  }
}
