import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct DocumentCheckTests {
  private let injector = Injector(InjectionOptions())
  private let plain = task(containers: #""name": "app", "portMappings": [{"containerPort": 80}]"#)

  private func state(_ json: String) -> DocumentCheck.State {
    injector.check(Array(json.utf8)).state
  }

  private func injected(_ options: InjectionOptions = InjectionOptions()) throws -> String {
    String(decoding: try Injector(options).inject(Array(plain.utf8)).output, as: UTF8.self)
  }

  @Test func tellsWhereADocumentStands() throws {
    #expect(state(plain) == .notInjected)
    #expect(state(try injected()) == .current)
    var options = InjectionOptions()
    options.adminPort = 9999
    #expect(state(try injected(options)) == .outdated)
    #expect(state(MeshedTask().json) == .foreign)
    #expect(state(#"{"containerDefinitions": [{"name": "app"}]}"#) == .notInjectable)
    let label = #""dockerLabels": {"inject-envoy.io/inject": "disabled"}"#
    #expect(state(task(containers: #""name": "app", \#(label)"#)) == .optedOut)
    var gateway = GatewayOptions()
    gateway.family = "front"
    var upstream = InjectionOptions()
    upstream.upstreams = [try Upstream("web=web.local:8080")]
    let made = try Gateway(upstream, gateway).taskDefinition().output
    #expect(injector.check(made).state == .gateway)
    #expect(injector.check(made).findings.map(\.code) == ["gateway"])
  }

  @Test func onlyWhatInjectWouldPrintDifferentlyWouldChange() {
    let changing = DocumentCheck.State.allCases.filter {
      DocumentCheck(state: $0, family: nil, findings: [], obstacles: []).wouldChange
    }
    #expect(changing == [.outdated, .notInjected])
  }

  /// ECS describes task definitions with its defaults and in a different order.
  @Test func aDescribedRevisionIsCurrent() throws {
    let described = try injected()
      .replacing(#""name": "app","#, with: #""cpu": 0, "mountPoints": [], "name": "app","#)
      .replacing(
        #"{"containerPort": 80}"#,
        with: #"{"protocol": "tcp", "hostPort": 80, "containerPort": 80}"#
      )
      .replacing(#""networkMode""#, with: #""revision": 3, "networkMode""#)
    #expect(state(described) == .current)
  }

  /// Terraform registers sets, which are unordered.
  @Test func anotherOrderOfNamedElementsIsCurrent() throws {
    let document = try Document(Array(try injected().utf8))
    let reversed = Self.reversingNames(document.value(document.root), reversed: false).compactText
    #expect(reversed != document.value(document.root).compactText)
    #expect(state(reversed) == .current)
    #expect(state(reversed.replacing("15001", with: "15002")) != .current)
  }

  private static func reversingNames(_ value: JSONValue, reversed: Bool) -> JSONValue {
    switch value {
    case .array(let elements):
      let elements = elements.map { reversingNames($0, reversed: false) }
      return .array(reversed ? elements.reversed() : elements)
    case .object(let members):
      return .object(
        members.map { member in
          let isSet = ["environment", "secrets", "properties"].contains(member.name)
          return JSONValue.Member(member.name, reversingNames(member.value, reversed: isSet))
        })
    default: return value
    }
  }

  @Test func aTemplateInAnotherLayoutIsCurrent() throws {
    let template = try RoleTemplate().inject()
    let injector = Injector(try InjectionOptions.appMesh("mesh/shop/virtualNode/web"))
    let printed = try DocumentFormat.read(template.output).reprinted(.pretty)
    #expect(injector.check(printed).state == .current)
    let other = String(decoding: printed, as: UTF8.self)
      .replacing("shop/virtualNode/web", with: "shop/virtualNode/other")
    #expect(state(other) == .outdated)
  }

  @Test func saysWhyADocumentCanNotBeInjected() {
    let check = injector.check(Array(#"{"containerDefinitions": [{"name": "app"}]}"#.utf8))
    #expect(check.findings.map(\.code) == ["not-awsvpc"])
    #expect(check.obstacles.map(\.code) == ["not-awsvpc"])
  }

  @Test func whatIsNoTaskDefinitionIsAFinding() {
    #expect(injector.check(Array("{".utf8)).findings.map(\.code) == ["syntax"])
    #expect(
      injector.check(Array("[]".utf8)).findings.map(\.code) == ["not-a-task-definition"])
    let label = #""dockerLabels": {"inject-envoy.io/x": "y"}"#
    let labelled = task(containers: #""name": "app", \#(label)"#)
    let mistaken = Injector(InjectionOptions()) { _ throws(Problem) in
      throw Problem("label x: 'y' is no port", fix: "write a port")
    }
    #expect(mistaken.check(Array(labelled.utf8)).findings.map(\.code) == ["wrong-label"])
  }

  @Test func suppressedFindingsAreLeftOut() {
    let check = injector.check(Array("{".utf8))
    #expect(check.suppressing(["syntax"]).findings == [])
    #expect(check.suppressing(["too-large"]) == check)
  }
}
