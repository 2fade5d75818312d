import CommandTesting
import LosslessJSON
import Testing

/// `inject-envoy mesh --format service-connect`.
@Suite struct ServiceConnectCommandTests {
  private func report(_ format: String, _ arguments: String...) throws -> Outcome {
    try Outcome.ofCommand(["mesh", "--format", format] + arguments)
  }

  @Test func saysWhoCanMoveAndWhatIsLost() throws {
    let outcome = try report("service-connect", Sample.shop)
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(
      outcome.output.hasPrefix(
        """
        mesh shop: namespace shop.local
        service orders-v1: stays with Envoy (1 error, 2 notes)
        service orders-v2: stays with Envoy (1 error, 2 notes)
        service web: stays with Envoy (1 error, 1 note)
        lost:
          \(Sample.shop):12: error: [sc-gateway] Service Connect has no gateways.
        """))
    #expect(outcome.output.contains("\(Sample.shop):60: error: [sc-weights] Route 'canary' of"))
    #expect(outcome.output.contains("    also: orders-v2 (\(Sample.shop):86)\n"))
    #expect(outcome.output.hasSuffix("\n0 of 3 services can move to Service Connect.\n"))
  }

  /// A mesh has a report even if its Envoys cannot be compiled.
  @Test(arguments: ["service-connect", "service-connect-json"])
  func aReportIsSuccess(format: String) throws {
    let outcome = try report(format, Sample.bank)
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.output.contains("sc-tls-files"))
  }

  @Test func givesProgramsTheConfigurations() throws {
    let outcome = try report("service-connect-json", Sample.shop)
    let document = try Document(Array(outcome.output.utf8))
    let value = document.value(document.root)
    #expect(value["mesh"] == "shop" && value["namespace"] == "shop.local")
    let web = value["services"]?.array?.last
    #expect(web?["virtualNode"] == "web" && web?["canMove"] == false)
    #expect(
      web?["portMappings"] == [["name": "web-8080", "containerPort": 8080, "appProtocol": "http"]])
    #expect(web?["serviceConnectConfiguration"]?["enabled"] == true)
    let loss = value["losses"]?.array?.first { $0["code"] == "sc-weights" }
    #expect(loss?["severity"] == "error" && loss?["line"] == 60)
    #expect(loss?["fields"] == ["/virtualServices/orders.shop.local/80"])
    #expect(loss?["for"] == ["orders-v1", "orders-v2", "web"])
  }

  @Test func writesNoFiles() throws {
    let folder = try TemporaryFolder()
    let outcome = try report("service-connect", "--output", folder.path("out"), Sample.shop)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.errors.contains("--output and --format service-connect exclude each other."))
    #expect(try folder.names() == [])
  }
}
