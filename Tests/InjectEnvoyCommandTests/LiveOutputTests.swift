import CommandTesting
import Foundation
import LosslessJSON
import Testing

/// `inject-envoy mesh --live-output`, and what `--live` adds to a task.
@Suite struct LiveOutputTests {
  private let folder: TemporaryFolder
  private let shop: String

  init() throws {
    folder = try TemporaryFolder()
    shop = try Self.text(of: Sample.shop)
  }

  private static func text(of path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  private static func reweighted(_ text: String, _ one: Int, _ two: Int) -> String {
    text.replacing("Weight: 90", with: "Weight: \(one)")
      .replacing("Weight: 10", with: "Weight: \(two)")
  }

  /// The outcome for a description that replaces `testdata/meshes/shop.yaml`.
  private func output(of changed: String, _ options: String...) throws -> Outcome {
    let file = try folder.write(changed, to: "new.yaml")
    return try Outcome.ofCommand(
      ["mesh", "--live-output", folder.path + "/out", "--deployed", Sample.shop] + options + [file])
  }

  @Test func writesTheWeightsOfEachEnvoyThatHasSome() throws {
    let outcome = try output(of: Self.reweighted(shop, 50, 30))
    #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
    #expect(outcome.errors == "\(folder.path)/out/web.json: written\n")
    #expect(
      try Self.text(of: folder.path + "/out/web.json") == """
        {
          "weights.orders.canary.cds_egress_shop_orders-v1_http_9090": 50,
          "weights.orders.canary.cds_egress_shop_orders-v2_http_9090": 30
        }

        """)
  }

  @Test func aTargetMayLoseItsTraffic() throws {
    #expect(try output(of: Self.reweighted(shop, 0, 100), "-q").status == 0)
  }

  @Test(arguments: [
    ("Port: 9090", "Port: 9091", "virtual node 'web': /static_resources/clusters/"),
    ("MaxRetries: 1", "MaxRetries: 2", "/retry_policy/num_retries"),
    (
      "VirtualNodeName: orders-v2", "VirtualNodeName: orders-v3", "virtual node 'orders-v3' is new."
    ),
    ("VirtualNodeName: orders-v2", "VirtualNodeName: orders-v3", "'orders-v2' is not described"),
    ("Type: ALLOW_ALL", "Type: DROP_ALL", "virtual node 'web': "),
  ])
  func refusesMoreThanWeights(old: String, new: String, difference: String) throws {
    let outcome = try output(of: shop.replacing(old, with: new))
    #expect(outcome.status == 1 && outcome.errors.contains(difference), "\(outcome.errors)")
    #expect(outcome.errors.contains("Inject the task definitions with the new description"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
  }

  @Test func refusesARouteWithoutAnyWeight() throws {
    let outcome = try output(of: Self.reweighted(shop, 0, 0))
    #expect(outcome.status == 1 && outcome.errors.contains("All weights of route 'canary' are 0."))
  }

  @Test func needsTheDeployedDescription() throws {
    let without = try Outcome.ofCommand(["mesh", "--live-output", folder.path, Sample.shop])
    #expect(without.status == 64 && without.errors.contains("--deployed FILE"))
    let alone = try Outcome.ofCommand(["mesh", "--deployed", Sample.shop, Sample.shop])
    #expect(alone.status == 64 && alone.errors.contains("--live-output DIR"))
  }

  private static let options = [
    "--mesh-file", Sample.shop, "--node", "web", "--live", "s3://mesh-objects/shop/a",
    "--region", "eu-west-1",
  ]

  @Test func theTaskRoleMayReadTheObjectAndNothingElse() throws {
    let outcome = try Outcome.ofCommand(["policy"] + Self.options, input: Sample.web)
    #expect(outcome.output.contains("\"s3:GetObject\""))
    #expect(outcome.output.contains("\"arn:aws:s3:::mesh-objects/shop/a/web.json\""))
    #expect(!outcome.output.contains("servicediscovery"))
  }

  @Test func theReportNamesThePermission() throws {
    let outcome = try Outcome.ofCommand(Self.options, input: Sample.web)
    #expect(outcome.errors.contains(", 1 app port, s3:GetObject)"), "\(outcome.errors)")
    #expect(outcome.output.contains("AWS_EC2_METADATA_DISABLED"))
  }

  @Test(arguments: ["inject", "policy"]) func aTaskWithoutARoleIsRefused(command: String) throws {
    let task = Sample.web.replacing("taskRoleArn", with: "comment")
    let outcome = try Outcome.ofCommand([command] + Self.options, input: task)
    let severity = command == "inject" ? "error" : "warning"
    #expect(outcome.errors.contains("\(severity): [no-task-role]"), "\(outcome.errors)")
    #expect(outcome.status == (command == "inject" ? 1 : 0))
  }

  @Test func theBucketMayBeElsewhere() throws {
    var options = Self.options
    options[5] += "?region=us-east-1"
    let outcome = try Outcome.ofCommand(options, input: Sample.web)
    #expect(outcome.output.contains("mesh-objects.s3.us-east-1.amazonaws.com"))
  }

  /// A stack's region is known when it is deployed.
  @Test func aTemplateGetsTheRegionOfItsStack() throws {
    let task = """
      {"Resources": {"Web": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
        "NetworkMode": "awsvpc", "TaskRoleArn": "r", "ContainerDefinitions": [{"Name": "app",
        "PortMappings": [{"ContainerPort": 8080}]}]}}}}
      """
    let outcome = try Outcome.ofCommand(Array(Self.options.dropLast(2)), input: task)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("mesh-objects.s3.${AwsRegion}.${AwsDomain}"))
    #expect(outcome.output.contains(#""AwsRegion": {"Ref": "AWS::Region"}"#), "\(outcome.output)")
  }

  @Test(arguments: ["cloudformation", "terraform"])
  func aGatewayGetsTheRegionOfItsSurroundings(format: String) throws {
    let file = try folder.write(
      shop.replacing("!GetAtt WebService.VirtualServiceName", with: #"!Sub "orders.${Domain}""#),
      to: "shop.yaml")
    let options = [
      "gateway", "--mesh-file", file, "--gateway", "door", "--live", "s3://mesh-objects/shop",
    ]
    let outcome = try Outcome.ofCommand(options + ["--format", format])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let suffix =
      format == "terraform"
      ? "${data.aws_region.current.name}.${data.aws_partition.current.dns_suffix}"
      : "${AwsRegion}.${AwsDomain}"
    #expect(outcome.output.contains("mesh-objects.s3." + suffix), "\(outcome.output)")
    #expect((format == "terraform") != outcome.output.contains("Fn::Sub"))
    let alone = try Outcome.ofCommand(options)
    #expect(alone.status == 1 && alone.errors.contains("error: [region-unknown]"))
  }

  @Test func thePictureShowsWhatIsLive() throws {
    let outcome = try Outcome.ofCommand([
      "mesh", "--format", "mermaid", "--live", "s3://mesh-objects/shop", "--discover", "cloud-map",
      Sample.shop,
    ])
    #expect(outcome.output.contains(#"s3 -.->|"weights of canary<br/>every 15 to 30 s"| s0"#))
    #expect(
      outcome.output.contains(
        #"cloudmap -.->|"endpoints of orders-v1.shop.local<br/>every 15 to 30 s"| n0"#))
    let task = try Outcome.ofCommand(Self.options + ["--report", "mermaid"], input: Sample.web)
    #expect(task.output.contains(#"|"weights from mesh-objects/shop/a/web.json"|"#))
  }
}
