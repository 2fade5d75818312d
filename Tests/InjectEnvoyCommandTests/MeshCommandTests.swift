import CommandTesting
import Foundation
import LosslessJSON
import Testing

@testable import InjectEnvoyCommand

/// `inject-envoy mesh`.
@Suite struct MeshCommandTests {
  private func mesh(_ arguments: String..., input: String = "") throws -> Outcome {
    try Outcome.ofCommand(["mesh"] + arguments, input: input)
  }

  private func text(of path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  @Test func saysWhatWasUnderstood() throws {
    let outcome = try mesh(Sample.shop)
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(
      outcome.output.hasPrefix(
        """
        mesh shop: egress ALLOW_ALL
        virtual gateway door: 8080/http
          everything: prefix / -> web.shop.local
        virtual service orders.shop.local: router orders, 80/http
          canary: prefix / -> orders-v1 (90), orders-v2 (10)
        virtual service web.shop.local: node web
        virtual node orders-v1: 9090/http
          discovered by Cloud Map orders-v1.shop.local
          no backends
        virtual node orders-v2: 9090/http
          discovered by Cloud Map orders-v2.shop.local
          no backends
        virtual node web: 8080/http
          discovered by DNS web.shop.local
          backends: orders.shop.local
        lost:
          \(Sample.shop):3: warning: [template-parameter-default] The
        """))
    #expect(
      outcome.output.hasSuffix(
        "\n    fix: Use --discover cloud-map if the registry is Cloud Map, or an internal load balancer if "
          + "the service has more than eight tasks.\n"))
  }

  @Test func saysWhatCantBeCompiled() throws {
    let outcome = try mesh(Sample.bank)
    #expect(outcome.status == 1 && outcome.errors == "")
    #expect(outcome.output.contains("\(Sample.bank):8: error: [acm-certificate] App Mesh gave"))
    #expect(
      outcome.output.hasSuffix(
        "\nCannot compile virtual node 'ledger', virtual node 'teller', "
          + "virtual node 'vault'.\n"))
  }

  /// If a node cannot be discovered, its callers are rejected, and others are not.
  @Test func refusesThoseWhomALossConcerns() throws {
    let folder = try TemporaryFolder()
    let namespace = """
        Namespace:
          Type: AWS::ServiceDiscovery::HttpNamespace
          Properties: { Name: !Ref Domain }

      """
    let shop = try text(of: Sample.shop)
    let file = try folder.write(
      shop.replacing("  OrdersTwo:\n", with: namespace + "  OrdersTwo:\n"), to: "shop.yaml")
    let outcome = try mesh("--discover", "dns", file)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("error: [http-namespace]"))
    #expect(
      outcome.output.hasSuffix("\nCannot compile virtual node 'web'.\n"), "\(outcome.output)")
    let refused = try Outcome.ofCommand(
      ["--mesh-file", file, "--node", "web", "--discover", "dns"], input: Sample.web)
    #expect(refused.status == 1 && refused.errors.contains("error: [http-namespace] \(file):"))
    let gateway = try Outcome.ofCommand(["gateway", "--mesh-file", file, "--gateway", "door"])
    #expect(gateway.status == 0, "\(gateway.errors)")
  }

  /// The fix of the rejection above is the default.
  @Test func asksCloudMapWhereDNSHasNoEndpoints() throws {
    let folder = try TemporaryFolder()
    let attributes = "NamespaceName: !Ref Domain, Attributes: [{ Key: stage, Value: live }], "
    let file = try folder.write(
      try text(of: Sample.shop).replacing("NamespaceName: !Ref Domain, ", with: attributes),
      to: "shop.yaml")
    let outcome = try mesh(file)
    #expect(outcome.status == 0 && !outcome.output.contains("cloud-map"), "\(outcome.output)")
    let options = ["--mesh-file", file, "--node", "web"]
    let nowhere = try Outcome.ofCommand(
      options, input: Sample.web.replacing("awslogs-region", with: "tag"))
    #expect(nowhere.status == 1 && nowhere.errors.contains("error: [region-unknown]"))
    let named = try Outcome.ofCommand(options + ["--region", "eu-west-1"], input: Sample.web)
    #expect(named.status == 0 && named.output.contains("data-servicediscovery.eu-west-1."))
    #expect(named.errors.contains(", servicediscovery:DiscoverInstances)"))
    let output = folder.path + "/out"
    #expect(try mesh("--output", output, file).status == 64)
    #expect(try mesh("--output", output, "--region", "eu-west-1", file).status == 0)
  }

  @Test func saysTheSameToPrograms() throws {
    let outcome = try mesh("--format", "json", Sample.bank)
    #expect(outcome.status == 1)
    let document = try Document(Array(outcome.output.utf8))
    let value = document.value(document.root)
    #expect(value["mesh"] == "bank" && value["egressFilter"] == "DROP_ALL")
    #expect(value["notCompiled"] == ["ledger", "teller", "vault"])
    #expect(
      value["virtualGateways"]?.array?.first?["listeners"] == [["port": 443, "protocol": "http"]])
    #expect(
      value["virtualServices"] == [
        ["name": "ledger.bank.local", "provider": ["virtualNode": "ledger"]]
      ])
    let loss = value["losses"]?.array?.first { $0["code"] == "acm-certificate" }
    #expect(loss?["severity"] == "error" && loss?["for"] == ["ledger"])
    #expect(loss?["line"] == 8 && loss?["pointer"] == "/Resources/Ledger")
    let shop = try mesh("--format", "json", Sample.shop).output
    let route = try Document(Array(shop.utf8))
    #expect(
      route.value(route.root)["virtualRouters"]?.array?.first?["routes"] == [
        [
          "name": "canary", "priority": .null, "match": "prefix /",
          "targets": [
            ["virtualNode": "orders-v1", "weight": 90], ["virtualNode": "orders-v2", "weight": 10],
          ],
        ]
      ])
  }

  @Test func drawsThePicture() throws {
    let outcome = try mesh("--format", "mermaid", Sample.shop)
    #expect(
      outcome.output == """
        ```mermaid
        flowchart LR
          g0[/"door<br/>8080/http"/]
          clients((clients)) ==> g0
          s0(["orders.shop.local"])
          s1(["web.shop.local"])
          n0["orders-v1<br/>9090/http"]
          n1["orders-v2<br/>9090/http"]
          n2["web<br/>8080/http"]
          g0 ==>|"everything"| s1
          s0 ==>|"canary: 90"| n0
          s0 ==>|"canary: 10"| n1
          s1 ==> n2
          n2 -.-> s0
        ```

        """)
  }

  @Test func writesWhatBootstrapPrints() throws {
    let folder = try TemporaryFolder()
    let output = folder.path("envoys")
    let outcome = try mesh("--output", output, Sample.shop)
    #expect(outcome.status == 0)
    let names = ["door", "orders-v1", "orders-v2", "web"]
    #expect(outcome.errors == names.map { "\(output)/\($0).json: written\n" }.joined())
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: output).sorted()
        == names.map { $0 + ".json" })
    // Without a document there is no task whose memory could limit Envoy.
    let web = try Outcome.ofCommand(
      ["bootstrap", "--mesh-file", Sample.shop, "--node", "web"],
      input: Sample.web.replacing(#""memory": "1024""#, with: #""comment": "1024""#))
    #expect(try folder.text("envoys/web.json") == web.output)
    #expect(try mesh("--quiet", "--output", output, Sample.shop).errors == "")
  }

  @Test func theOrderOfFilesMeansNothing() throws {
    let folder = try TemporaryFolder()
    let node = try folder.write(
      #"{"meshName": "shop", "virtualNodeName": "archive", "spec": {"listeners": []}}"#,
      to: "archive.json")
    let forth = try mesh("--output", folder.path("forth"), Sample.shop, node)
    let back = try mesh("--output", folder.path("back"), node, Sample.shop)
    #expect(forth.status == 0, "\(forth.output)\(forth.errors)")
    #expect(forth.output == back.output)
    for name in ["archive", "door", "orders-v1", "orders-v2", "web"] {
      #expect(try folder.bytes("forth/\(name).json") == folder.bytes("back/\(name).json"))
    }
  }

  @Test func readsStandardInput() throws {
    let piped = try mesh("-", input: try text(of: Sample.shop))
    #expect(piped.output == (try mesh(Sample.shop)).output.replacing(Sample.shop, with: "<stdin>"))
  }

  @Test func writesAllOrNothing() throws {
    let folder = try TemporaryFolder()
    let refused = try mesh("--output", folder.path("a"), Sample.bank)
    #expect(refused.status == 1)
    #expect(
      refused.errors.contains("Nothing is written: cannot compile virtual node"))
    // A folder prevents the last file from being written.
    try FileManager.default.createDirectory(
      atPath: folder.path("b/web.json"), withIntermediateDirectories: true)
    let obstructed = try mesh("--output", folder.path("b"), Sample.shop)
    #expect(obstructed.status == 1)
    #expect(obstructed.errors.contains("Cannot write '\(folder.path("b/web.json"))': file exists"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("b")) == ["web.json"])
    #expect(try mesh("--output", folder.path("c/d"), Sample.shop).errors.contains("no such file"))
    #expect(try folder.names() == ["b"])
  }

  @Test(arguments: [
    ("door", "virtual gateway 'door' and virtual node 'door' would have the same file."),
    ("../door", "the name of virtual node '../door' cannot be a file name."),
  ])
  func refusesNamesThatAreNoneForFiles(_ name: String, _ says: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      """
      {"meshName": "m", "virtualGatewayName": "door", "spec": {"listeners": []}}
      {"meshName": "m", "virtualNodeName": "\(name)", "spec": {}}
      """, to: "m.json")
    let outcome = try mesh("--output", folder.path("out"), file)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
    #expect(try folder.names() == ["m.json"])
  }
}
