import Foundation
import RealEnvoy
import Surroundings
import Testing

/// Real Envoy loads the configurations that are injected into published task definitions, with every
/// kind of option, without a warning.
@Suite(.enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"))
struct CorpusTests {
  /// The same name for all documents. Otherwise families would make equal configurations differ.
  private static let node = ["--node-id", "id", "--node-cluster", "service"]

  private static let options = [
    [],
    ["--tracing", "xray", "--xray-sampling-rate", "0.1"],
    ["--tracing", "otel", "--stats-tags", "--concurrency", "0"],
    ["--envoy-memory", "256"],
    ["--ingress-port", "16000", "--egress-port", "16001", "--admin-port", "16901"],
    [
      "--upstream", "a=a.internal:8080", "--upstream", "b=10.0.0.1:80/http2",
      "--upstream", "c=[2001:db8::1]:81/grpc", "--upstream", "d=d.internal:3307/tcp",
      "--upstream", "e.example.com=e.internal:443/tcp",
    ],
    ["--xds", "xds.internal:18000"],
    ["--xds", "10.0.0.1:18000", "--xds-tls", "--tracing", "otel", "--stats-tags"],
  ]

  @Test func everyBootstrapIsValid() async throws {
    var bootstraps: Set<String> = []
    for options in Self.options {
      let arguments = ["bootstrap", "--compact", "--resize"] + Self.node + options
      // Some files are rejected with status 1. This test does not examine them.
      let (status, output, errors) = try InjectEnvoy.run(arguments + Corpus.files)
      let lines = output.split(separator: "\n").map(String.init)
      #expect(status <= 1 && lines.count > Corpus.files.count / 2, "\(errors)")
      bootstraps.formUnion(lines)
    }
    for complaint in try await RealEnvoy.complaints(about: bootstraps.sorted()) {
      Issue.record("\(complaint)")
    }
  }
}

/// Task definitions of the sample, and of public repositories if they are next to the package.
private enum Corpus {
  static let files = Folders.documents(in: ["taskdef", "describe"]).map(\.path)
}
