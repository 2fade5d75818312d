import LawTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Arrays of task definitions, as `jq --slurp` makes them of several documents.
@Suite struct TaskArrayTests {
  private static let array = """
    [
      {
        "family": "web", "networkMode": "awsvpc", "revision": 3,
        "containerDefinitions": [ { "name": "web", "image": "nginx", "user": null } ]
      },
      {"family": "api", "networkMode": "awsvpc", "containerDefinitions": [{"name": "api"}]}
    ]

    """

  private func inject(_ text: String) throws -> Injection {
    try #require(Laws(injector: Injector(InjectionOptions())).check(Array(text.utf8), "array"))
  }

  @Test func staysAnArray() throws {
    let injection = try inject(Self.array)
    let document = try Document(injection.output)
    let families = document.elements(of: document.root).map { document.value($0)["family"] }
    #expect(families == ["web", "api"])
    for element in document.elements(of: document.root) {
      let names = document.value(element)["containerDefinitions"]?.array?.map { $0["name"] }
      #expect(names?.last == "envoy")
    }
    #expect(injection.family == "web, api")
    #expect(
      injection.text.hasPrefix("[\n  {\n    \"family\": \"web\", \"networkMode\": \"awsvpc\","))
  }

  /// What ECS describes is made ready to register, in each element.
  @Test func removesWhatECSSets() throws {
    let text = try inject(Self.array).text
    #expect(!text.contains("revision") && !text.contains("null"))
  }

  /// Each element is a document of its own, wherever it goes.
  @Test func anElementCanBeUninjectedAlone() throws {
    let document = try Document(inject(Self.array).output)
    let second = document.value(document.elements(of: document.root)[1]).compactText
    let back = try Injecting.uninject(second)
    #expect(back.outcome == .uninjected)
    #expect(
      back.text
        == #"{"family":"api","networkMode":"awsvpc","containerDefinitions":[{"name":"api"}]}"#)
  }

  @Test func anElementThatIsInjectedStaysSo() throws {
    let web = try Injecting.inject(Injecting.web).text
    #expect(try inject("[\(web)]").outcome == .upToDate)
  }

  @Test func oneFaultyElementRefusesAll() {
    let refusals = Injecting.refusals {
      try Injecting.inject(
        Self.array.replacing("\"awsvpc\", \"containerD", with: "\"host\", \"containerD"))
    }
    #expect(refusals.count == 1)
    #expect(refusals[0].hasPrefix("error [not-awsvpc] at /1/networkMode"), "\(refusals)")
  }

  @Test(arguments: ["[1]", "[]", #"[{"containerDefinitions": []}, 1]"#])
  func othersAreRefused(text: String) {
    #expect(!Injecting.refusals { try Injecting.inject(text) }[0].hasPrefix("not refused"))
  }
}
