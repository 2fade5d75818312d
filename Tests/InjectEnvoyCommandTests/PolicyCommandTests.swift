import CommandTesting
import Testing

@Suite struct PolicyCommandTests {
  private static let appMesh = ["--virtual-node", Sample.node]

  @Test func saysWhatIsNeededAndWhy() throws {
    let outcome = try Outcome.ofCommand(["policy"] + Self.appMesh, input: Sample.web)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("[app-mesh-ended]"))
    #expect(
      outcome.errors.hasSuffix(
        "web: task role for EnvoyReadsItsConfiguration; execution role for WriteLogs\n"))
    let quiet = try Outcome.ofCommand(["policy", "-q"] + Self.appMesh, input: Sample.web)
    #expect(quiet.output == outcome.output && !quiet.errors.contains("task role for"))
  }

  @Test func saysThatNothingIsNeeded() throws {
    let outcome = try Outcome.ofCommand(["policy", "--logs", "none"], input: Sample.web)
    #expect(outcome.status == 0 && outcome.output == "{}\n")
    #expect(outcome.errors == "web: no permissions needed\n")
  }

  /// App Mesh's Envoy needed permission to get its configuration. This is no longer necessary.
  @Test func needsNothingOfAppMeshAfterMigration() throws {
    let envoy =
      #"{"name": "envoy", "image": "aws-appmesh-envoy:v1", "environment": "#
      + #"[{"name": "APPMESH_RESOURCE_ARN", "value": "mesh/shop/virtualNode/web"}]}"#
    let meshed = Sample.web.replacing("\n  ]\n}", with: ", \(envoy)\n  ]\n}")
    let outcome = try Outcome.ofCommand(
      ["policy", "--replace-foreign", "--mesh-file", Sample.shop], input: meshed)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("logs:PutLogEvents") && !outcome.output.contains("appmesh"))
  }

  /// The other files produce one text. The rejected file shows in the status.
  @Test func goesOnAfterAFileThatIsRefused() throws {
    let folder = try TemporaryFolder()
    let files = [
      try folder.write(Sample.web, to: "a.json"), try folder.write("{}", to: "b.json"),
      try folder.write(Sample.web.replacing("\"web\"", with: "\"api\""), to: "c.json"),
      folder.path("absent.json"),
    ]
    let outcome = try Outcome.ofCommand(["policy", "--format", "cli"] + Self.appMesh + files)
    #expect(outcome.status == 1)
    #expect(outcome.output.split(separator: "\n").count == 4)
    #expect(outcome.output.contains("inject-envoy-api-task"))
    #expect(outcome.errors.contains("[not-a-task-definition]"))
    #expect(outcome.errors.contains("absent.json"))
  }

  @Test func printsNothingWhenEverythingIsRefused() throws {
    let outcome = try Outcome.ofCommand(["policy", "--format", "cloudformation"], input: "{}")
    #expect(outcome.status == 1 && outcome.output == "")
  }

  private static let role = #""taskRoleArn": "by-name","#

  /// A warning appears only if a printed trust policy allows every account.
  @Test(arguments: [
    ("json", "", [], false), ("json", "", ["--trust"], true), ("json", role, ["--trust"], true),
    ("cli", "", [], true), ("cli", role, [], false), ("cli", role, ["--trust"], true),
    ("terraform", "", [], true), ("terraform", role, ["--trust"], false),
    ("cloudformation", "", ["--trust"], false),
  ])
  func warnsOfOpenTrust(_ format: String, _ role: String, _ trust: [String], _ warns: Bool) throws {
    let options = ["policy", "--virtual-node", "mesh/shop/virtualNode/web", "--format", format]
    let unknown =
      #"{"family": "web", \#(role) "networkMode": "awsvpc", "containerDefinitions": [{"name": "a"}]}"#
    let outcome = try Outcome.ofCommand(options + trust, input: unknown)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("[open-trust]") == warns)
    if warns { #expect(!outcome.output.contains("aws:SourceAccount")) }
    // The roles and logs of this task contain its account and region.
    let known = try Outcome.ofCommand(options + trust, input: Sample.web)
    #expect(known.status == 0 && !known.errors.contains("[open-trust]"))
  }

  @Test func trustIsForOneAccountAndRegion() throws {
    let outcome = try Outcome.ofCommand(["policy", "--trust"] + Self.appMesh, input: Sample.web)
    #expect(outcome.output.contains(#""aws:SourceAccount": "111122223333""#))
    #expect(outcome.output.contains(#""aws:SourceArn": "arn:aws:ecs:eu-west-1:111122223333:*""#))
  }

  /// The document alone determines what its Envoy needs, whichever call made it.
  @Test func readsWhatInjectAndGatewayPrint() throws {
    let injected = try Outcome.ofCommand(Self.appMesh, input: Sample.web).output
    let direct = try Outcome.ofCommand(["policy"] + Self.appMesh, input: Sample.web)
    #expect(try Outcome.ofCommand(["policy"], input: injected).output == direct.output)
    let gateway = try Outcome.ofCommand([
      "gateway", "--virtual-gateway", "mesh/shop/virtualGateway/door",
    ]).output
    let policy = try Outcome.ofCommand(["policy"], input: gateway).output
    #expect(policy.contains("mesh/shop/virtualGateway/door"))
  }
}
