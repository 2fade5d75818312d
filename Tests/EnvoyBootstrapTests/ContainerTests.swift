import EnvoyBootstrap
import LosslessJSON
import Testing

@Suite struct ContainerTests {
  @Test func theHealthCheckNeedsNeitherCurlNorDash() {
    #expect(
      HealthCheckCommand.ready(adminPort: 9901) == [
        "CMD", "bash", "-c",
        #"exec 3<>/dev/tcp/127.0.0.1/9901 && printf 'GET /ready HTTP/1.1\r\nHost: localhost\r\n"#
          + #"Connection: close\r\n\r\n' >&3 && grep -q '^HTTP/1.1 200' <&3"#,
      ])
  }

  @Test func theEntryPointIsBashThatRunsEnvoy() {
    let entryPoint = DrainEntryPoint(adminPort: 9902, seconds: 20).entryPoint
    #expect(entryPoint.first == "bash" && entryPoint.last == "envoy")
    #expect(entryPoint[2].contains("/dev/tcp/127.0.0.1/9902"))
    #expect(entryPoint[2].contains("sleep 20;"))
  }

  /// Pipelines run `envsubst` over task definitions. It replaces `$name` and `${name}`, and leaves
  /// `$!`, `$@` and `$2` alone.
  @Test(arguments: [false, true]) func noScriptNamesAShellVariable(unpacksBootstrap: Bool) {
    let entryPoint = DrainEntryPoint(seconds: 20, unpacksBootstrap: unpacksBootstrap).entryPoint
    for script in [entryPoint[2], HealthCheckCommand.ready(adminPort: 9901)[3]] {
      for part in script.split(separator: "$").dropFirst() {
        #expect(part.first.map { "!@2(".contains($0) } == true, "$\(part)")
      }
    }
  }

  @Test func theWholeConfigurationIsAnArgument() throws {
    let bootstrap = try StaticSidecar(server: .init(node: Combinations.node), appPorts: [])
      .bootstrap()
    let text = bootstrap.json.compactText
    let arguments = EnvoyArguments(configuration: text, logLevel: .warning, concurrency: 4)
    #expect(
      arguments.arguments == [
        "--config-yaml", text, "--log-level", "warning", "--concurrency", "4",
        "--disable-hot-restart",
      ])
  }

  @Test(arguments: 0...7) func aCompressedConfigurationComesBack(length: Int) {
    let text = String("{\"a\":1}".prefix(length))
    let compressed = CompressedBootstrap(configuration: text).text
    #expect(CompressedBootstrap.decompress(compressed) == text)
    #expect(compressed.utf8.count.isMultiple(of: 4))
  }

  /// The output of `printf '{"node":{}}' | gzip -9n | base64`.
  @Test func otherProgramsReadIt() {
    let text = "H4sIAAAAAAACA6tWystPSVWyqq6tBQCiQJCPCwAAAA=="
    #expect(CompressedBootstrap.decompress(text) == #"{"node":{}}"#)
  }

  @Test(
    arguments: ["", "=", "====", "H4sI", "A===", "H4sIAAAAAAACA6tWystPSVWyqq6tBQCiQJCP/////w=="])
  func whatIsNoGzipIsNotRead(text: String) {
    #expect(CompressedBootstrap.decompress(text) == nil)
  }

  @Test func theImageHasTheTestedVersion() {
    #expect(EnvoyImage.stock == "envoyproxy/envoy:v" + EnvoyImage.testedVersion)
  }

  @Test func aStartWithoutServerFitsAHealthCheck() {
    // Three failed checks, five seconds apart, after a start period of ten seconds.
    #expect(XDSSidecar.longestStart < .seconds(10 + 3 * 5))
  }

  @Test func theManagementServersNameIsChecked() throws {
    let sidecar = XDSSidecar(
      server: .init(node: Combinations.node), managementServer: .init("xds.internal", 443),
      usesTLS: true)
    let json = try sidecar.bootstrap().json
    let tls = json["static_resources"]?["clusters"]?.named("xds_cluster")?["transport_socket"]
    #expect(tls?["typed_config"]?["sni"] == "xds.internal")
    #expect(tls?["typed_config"]?["auto_sni_san_validation"] == true)
    #expect(tls?.all("alpn_protocols") == [["h2"]])
    #expect(json["static_resources"]?["listeners"] == nil)
    #expect(json.all("initial_fetch_timeout") == ["5s", "5s"])
  }
}
