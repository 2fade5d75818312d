import Foundation
import RealEnvoy
import Surroundings
import Testing

/// Real Envoy loads what is injected into other people's task definitions, with every kind of
/// option, without a word of complaint.
@Suite(.enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"))
struct CorpusTests {
  /// The same name everywhere: otherwise families would make equal configurations differ.
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
      // Some files are refused, with status 1; what they lack is not for this test.
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

/// Task definitions of the sample, and those of public repositories where they are beside the package.
private enum Corpus {
  static let files = Folders.documents(in: ["taskdef", "describe"]).map(\.path)
}
