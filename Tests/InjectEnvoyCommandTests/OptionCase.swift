import CommandTesting
import Testing

/// A non-default value of one option, and a call in which it has an effect.
struct OptionCase: Sendable, CustomTestStringConvertible {
  let name: String
  let value: String
  let command: String
  /// The command and the other options of that call.
  let others: [String]
  let document: String

  init(
    _ name: String, _ value: String, on command: String = "inject", with others: [String] = [],
    of document: String? = nil
  ) {
    self.name = name
    self.value = value
    self.command = command
    self.others = [command] + others
    self.document = document ?? Sample.web
  }

  var testDescription: String { "\(name)=\(value)" }

  private static let appMesh = ["--virtual-node", Sample.node]
  private static let gateway =
    "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualGateway/edge"
  private static let upstream = ["--upstream", "app=app.internal:8080"]
  private static let mesh = ["--mesh-file", Sample.shop]
  private static func bank(_ node: String) -> [String] {
    ["--mesh-file", Sample.bank, "--node", node]
  }
  private static let identifier = "11111111-2222-3333-4444-555555555555"
  private static let certificate =
    "arn:aws:acm:eu-west-1:111122223333:certificate/\(identifier)"
  private static let authority =
    "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/\(identifier)"
  private static let foreign = Sample.web.replacing(
    "\"networkMode\"",
    with: "\"proxyConfiguration\": {\"containerName\": \"mesh\"}, \"networkMode\"")
  /// The report has a warning, because App Mesh has ended.
  private static let injected =
    (try? Outcome.ofCommand(["inject"] + appMesh, input: Sample.web))?.output ?? ""
  private static let template = """
    {"Resources": {"A": {"Type": "AWS::ECS::TaskDefinition", "Properties": \(task("a"))},
    "B": {"Type": "AWS::ECS::TaskDefinition", "Properties": \(task("b"))}}}
    """
  private static func task(_ name: String) -> String {
    #"{"NetworkMode": "awsvpc", "ContainerDefinitions": [{"Name": "\#(name)"}]}"#
  }
  private static let withoutRole = Sample.web.replacing("taskRoleArn", with: "comment")

  static let all: [OptionCase] = [
    OptionCase("virtual-node", Sample.node),
    OptionCase("virtual-gateway", gateway, on: "gateway"),
    OptionCase("xds", "ads.internal:18000"),
    OptionCase("xds-tls", "true", with: ["--xds", "ads.internal:18000"]),
    OptionCase("mesh-file", Sample.shop, with: ["--node", "web", "--mesh-name", "shop"]),
    OptionCase("node", "orders-v1", with: mesh + ["--app-port", "9090"]),
    OptionCase("gateway", "door", on: "gateway", with: mesh),
    OptionCase("parameter", "Domain=x.local", with: mesh + ["--node", "web"]),
    OptionCase("require-parameters", "true", with: mesh + ["--node", "web"]),
    OptionCase("mesh-name", "shop", with: mesh + ["--mesh-file", Sample.bank, "--node", "web"]),
    OptionCase("certificate", "\(certificate)=/c/chain.pem,/c/key.pem", with: bank("ledger")),
    OptionCase("authority", "\(authority)=/c/ca.pem", with: bank("teller")),
    OptionCase("sds-socket", "/run/sds", with: bank("vault")),
    OptionCase(
      "live", "s3://mesh-objects/shop", with: mesh + ["--node", "web", "--region", "eu-west-1"]),
    OptionCase(
      "live-interval", "60",
      with: mesh + [
        "--node", "web", "--live", "s3://mesh-objects/shop", "--region", "eu-west-1",
      ]),
    OptionCase("discover", "cloud-map", with: mesh + ["--node", "web", "--region", "eu-west-1"]),
    OptionCase(
      "discover-interval", "60",
      with: mesh + ["--node", "web", "--discover", "cloud-map", "--region", "eu-west-1"]),
    OptionCase("region", "us-east-1", with: mesh + ["--node", "web", "--discover", "cloud-map"]),
    OptionCase("old-mesh-defaults", "true", with: mesh + ["--node", "web"]),
    OptionCase("node-id", "web-1"),
    OptionCase("node-cluster", "shop"),
    OptionCase("upstream", "api=api.internal:8080/http"),
    OptionCase(
      "upstream-certificate", "api=/c/chain.pem,/c/key.pem",
      with: ["--upstream", "api=api.internal:443/https"]),
    OptionCase(
      "upstream-authority", "api=/c/ca.pem", with: ["--upstream", "api=api.internal:443/https"]),
    OptionCase("envoy-image", "example.com/envoyproxy/envoy:v1.40.0"),
    OptionCase("envoy-name", "proxy"),
    OptionCase("envoy-cpu", "64"),
    OptionCase("envoy-memory", "256"),
    OptionCase("envoy-memory-reservation", "64"),
    OptionCase("user", "1400"),
    OptionCase("env", "A=b=c"),
    OptionCase("secret", "A=arn:aws:ssm:eu-west-1:111122223333:parameter/a"),
    OptionCase("log-level", "debug"),
    OptionCase("concurrency", "4"),
    OptionCase("app-port", "9090/tcp"),
    OptionCase("egress-http-port", "9000"),
    OptionCase("egress-tcp-port", "8080"),
    OptionCase("egress-ignored-port", "3306"),
    OptionCase("egress-ignored-ip", "10.0.0.0/8"),
    OptionCase("ignored-gid", "1338"),
    OptionCase("ingress-port", "16000"),
    OptionCase("egress-port", "16001"),
    OptionCase("admin-port", "9902"),
    OptionCase("health-interval", "10"),
    OptionCase("health-timeout", "3"),
    OptionCase("health-retries", "4"),
    OptionCase("health-start-period", "20"),
    OptionCase("health-path", "/envoy/healthz"),
    OptionCase("nofile", "70000"),
    OptionCase("start-timeout", "90"),
    OptionCase("stop-timeout", "60"),
    OptionCase("drain-seconds", "30"),
    OptionCase("tracing", "xray"),
    OptionCase("xray-image", "example.com/xray-daemon:1", with: ["--tracing", "xray"]),
    OptionCase("otel-image", "example.com/aws-otel-collector:1", with: ["--tracing", "otel"]),
    OptionCase("xray-sampling-rate", "0.5", with: ["--tracing", "xray"] + appMesh),
    OptionCase("stats-tags", "true", with: appMesh),
    OptionCase("metrics", "9902"),
    OptionCase("logs", "none"),
    OptionCase("access-log", "sampled:0.5"),
    OptionCase("log-stream-prefix", "sidecar"),
    OptionCase("resource", "A", of: template),
    OptionCase("require-task-definition", "true", of: #"{"Resources": {}}"#),
    OptionCase("only-container", "app", of: Sample.pair),
    OptionCase("skip-container", "worker", of: Sample.pair),
    OptionCase("job", "true"),
    OptionCase("labels", "none", of: Sample.web(labels: ["inject-envoy.io/job": "true"])),
    OptionCase(
      "network-mode", "awsvpc",
      of: Sample.web.replacing("networkMode", with: "comment").replacing("FARGATE", with: "EC2")),
    OptionCase("resize", "true", of: Sample.web.replacing("1024", with: "512")),
    OptionCase("replace-foreign", "true", of: foreign),
    OptionCase("require-roles", "true", with: appMesh, of: withoutRole),
    OptionCase("disable-filter", "copy-logging"),
    OptionCase("port", "8443", on: "gateway", with: upstream),
    OptionCase("family", "edge", on: "gateway", with: upstream),
    OptionCase("cpu", "512", on: "gateway", with: upstream + ["--memory", "1024"]),
    OptionCase("memory", "1024", on: "gateway", with: upstream),
    OptionCase("trusted-hops", "1", on: "gateway", with: upstream),
    OptionCase("task-role-arn", "arn:aws:iam::111122223333:role/a", on: "gateway", with: upstream),
    OptionCase(
      "execution-role-arn", "arn:aws:iam::111122223333:role/b", on: "gateway", with: upstream),
    OptionCase("format", "terraform", on: "policy", with: appMesh),
    OptionCase("trust", "true", on: "policy", with: appMesh),
    OptionCase(
      "acm-certificate", "arn:aws:acm:eu-west-1:111122223333:certificate/1", on: "policy",
      with: appMesh),
    OptionCase(
      "acm-authority", "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1",
      on: "policy", with: appMesh),
    OptionCase("format", "cloudformation", on: "gateway", with: upstream),
    OptionCase("format", "json", on: "check"),
    OptionCase("format", "json", on: "mesh", with: [Sample.shop]),
    OptionCase("format", "service-connect", on: "mesh", with: [Sample.shop]),
    OptionCase("fail-on", "warning", on: "check", with: appMesh, of: injected),
    OptionCase("suppress", "app-mesh-ended", on: "check", with: appMesh, of: injected),
  ]
}
