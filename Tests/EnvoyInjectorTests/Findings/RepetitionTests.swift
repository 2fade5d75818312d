import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// A problem is reported once, at the place that the reader changes.
@Suite struct RepetitionTests {
  private static let shared = """
    Resources:
      Web: &task
        Type: AWS::ECS::TaskDefinition
        Properties:
          NetworkMode: awsvpc
          ContainerDefinitions:
            - Name: app
              Image: acme/web:1
            - Name: agent
              Image: acme/agent:7
      Worker:
        <<: *task
    """

  /// Every edit of the task would change both resources.
  @Test func aSharedTaskIsReportedWhereItIsMerged() throws {
    let refusals = Injecting.refusals { try Injecting.inject(Self.shared) }
    #expect(
      refusals == [
        "error [unsafe-edit] at : This mapping merges members from another with '<<', so an edit would "
          + "change both, or hide a member.; fix: Write the members themselves in place of '<<'."
      ])
    let problems = problems(of: Self.shared)
    #expect(problems.map { TextPosition(of: $0.offset, in: Array(Self.shared.utf8)).line } == [12])
  }

  /// An alias for the container itself, as YAML, and the line with the problem.
  @Test(arguments: [
    ("- {Name: b, <<: *base}", "merges members", 8),
    ("- <<: *base\n          Name: b", "merges members", 8),
  ])
  func aSharedContainerIsReportedOnce(element: String, text: String, line: Int) {
    let template = """
      Resources:
        Web:
          Type: AWS::ECS::TaskDefinition
          Properties:
            NetworkMode: awsvpc
            ContainerDefinitions:
              - &base {Name: a, Image: i}
              \(element)

      """
    let problems = problems(of: template)
    #expect(problems.map(\.code) == ["unsafe-edit"])
    #expect(problems.allSatisfy { $0.text.description.contains(text) })
    #expect(problems.map { TextPosition(of: $0.offset, in: Array(template.utf8)).line } == [line])
  }

  private func problems(of text: String) -> [Problem] {
    do throws(InjectionError) {
      return try Injector(InjectionOptions()).inject(Array(text.utf8)).warnings
    } catch {
      guard case .refused(let problems) = error else { return [] }
      return problems
    }
  }

  private static let twoTasks = """
    Resources:
      One:
        Type: AWS::ECS::TaskDefinition
        Properties:
          NetworkMode: awsvpc
          ContainerDefinitions: [{Name: app, Image: a}]
      Two:
        Type: AWS::ECS::TaskDefinition
        Properties:
          NetworkMode: awsvpc
          ContainerDefinitions: [{Name: app, Image: a}]

    """

  /// What holds for a whole task has the place of that task.
  @Test func eachTaskHasAPlace() throws {
    var options = try InjectionOptions.appMesh("mesh/shop/virtualNode/web")
    options.tracing = .xray
    let bytes = Array(Self.twoTasks.utf8)
    let warnings = try Injector(options).inject(bytes).warnings
    let missing = warnings.filter { $0.code == "no-task-role" }
    #expect(
      missing.map { $0.pointer.description } == [
        "/Resources/One/Properties", "/Resources/Two/Properties",
      ])
    #expect(missing.map { TextPosition(of: $0.offset, in: bytes).line } == [5, 10])
    #expect(warnings.filter { $0.code == "app-mesh-ended" }.count == 1)
    let checked = Injector(options).check(bytes).findings
    #expect(checked.filter { $0.code == "app-mesh-ended" }.count == 1)
  }

  @Test(arguments: GoldenCase.all) func noGoldenHasAProblemTwice(_ golden: GoldenCase) throws {
    let injector = try golden.injector()
    #expect(injector.check(try golden.input).findings.repeated == [])
  }

  /// The ports of an Envoy that is refused are not refused as well.
  @Test func aForeignEnvoyIsReportedOnce() {
    let ports = #""portMappings": [{"containerPort": 9901}]"#
    let pair = task(
      containers: #""name": "app", "image": "a""#,
      #""name": "e", "image": "envoyproxy/envoy:v1.30.0", \#(ports)"#)
    #expect(problems(of: pair).map(\.code) == ["foreign-envoy"])
    let refusals = Injecting.refusals {
      try Injecting.inject(pair) { $0.skipContainers = ["e"] }
    }
    #expect(refusals.map { $0.prefix(18) } == ["error [port-taken]"])
  }
}

extension [Problem] {
  /// Each line that is there more than once.
  fileprivate var repeated: [String] {
    let lines = map { "\($0.offset): \($0.text); \($0.fix)" }
    return Set(lines).filter { line in lines.filter { $0 == line }.count > 1 }.sorted()
  }
}
