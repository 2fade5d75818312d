import AppMesh
import EnvoyBootstrap
import LosslessJSON
import RealEnvoy
import Testing

/// Expressions and names that Envoy rejects or accepts.
struct RegularExpressionTests {
  private static let refused = [
    "(((", "a)", "[a", "[z-a]", "[[:nothing:]]", "*", "a**", "a++", "a*+", "a???", "(|*)",
    "a{1001}", "(a{100}){11}", "a{3,2}", "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?>a)", "(a)\\1",
    "\\8", "\\", "\\Z", "\\h", "\\p{Nothing9}", "\\xZZ", "\\x{1F600}", "(?P<>b)", "(?#a)",
    "(?", "[\\b]", "[a-\\",
  ]

  private static let accepted = [
    "/a.*", "(a|b)+?", "(?:a)", "(?i)a", "(?i:a)", "(?P<name>a)", "a{2}", "a{2,}", "a{2,20}",
    "(?P<a>b)(?P<a>c)",
    "a{,5}", "a{", "{", "a{x}", "[]a]", "[^]a]", "[a-]", "[[:alpha:]]", "[\\d-z]", "\\d\\W\\bx",
    "\\pL", "\\p{Greek}", "\\p{^Lu}", "\\x41", "\\x{1F}", "\\012", "\\Qa(b\\E*", "\\.", "a|",
    "()", "a{2,50}", "(abc){300}", "[^a]{1000}", "(ab){0,500}c{1000}",
    String(repeating: "/a-long-path", count: 20),
    "^a$", "(a{3}){3}", "[.]", "é+", "\\A\\z",
  ]

  private static func problems(_ expression: String) -> [String] {
    let text = JSONValue.string(expression).compactText
    return Reading.problems(
      """
      {"meshName": "m", "virtualRouterName": "r", "routeName": "a", "spec": {"httpRoute":
        {"match": {"path": {"regex": \(text)}},
          "action": {"weightedTargets": [{"virtualNode": "n", "weight": 1}]}}}}
      """)
  }

  /// The configuration of a node that calls a route for each expression.
  private static func configuration(_ expressions: [String]) throws -> String {
    var mesh = Mesh.calling()
    mesh.virtualRouters[0].routes = expressions.enumerated().map { index, expression in
      MeshRoute("r\(index)", .http, ["api": 1]) { $0.path = .regex(expression) }
    }
    let envoy = try MeshCompiler(mesh).sidecar(node: "web", server: Compiling.server)
    return envoy.bootstrap.json.compactText
  }

  @Test(arguments: refused)
  func whatEnvoyRefusesIsAnError(expression: String) throws {
    let problems = Self.problems(expression)
    #expect(problems.count == 1, "\(expression): \(problems)")
    #expect(problems.first?.hasPrefix("file1:2: /spec/httpRoute/match/path/regex: ") == true)
    guard RealEnvoy.isExpected else { return }
    #expect(try RealEnvoy.complaints(about: Self.configuration([expression])) != nil)
  }

  @Test func whatEnvoyAcceptsIsRead() throws {
    for expression in Self.accepted { #expect(Self.problems(expression) == [], "\(expression)") }
    guard RealEnvoy.isExpected else { return }
    for expression in Self.accepted {
      let complaints = try RealEnvoy.complaints(about: Self.configuration([expression]))
      #expect(complaints == nil, "\(expression)")
    }
  }

  @Test(arguments: ["*", "a b.local", "a/b", "*.local", "a\\nb"])
  func servicesHaveNamesOfHosts(name: String) {
    let problems = Reading.problems(
      "{\"meshName\": \"m\", \"virtualServiceName\": \"\(name)\", \"spec\": {}}")
    #expect(problems.count == 1 && problems[0].contains("'virtualServiceName'"), "\(problems)")
  }

  @Test func servicesThatDifferInCaseOnlyAreRefused() throws {
    var mesh = Mesh.calling()
    mesh.virtualServices.append(.init(name: "API.local", origin: .test("upper")))
    mesh.virtualServices[1].provider = mesh.virtualServices[0].provider
    mesh.virtualNodes[0].backends.append(.init(virtualServiceName: "API.local"))
    #expect(Set(Compiling.errors(mesh)) == ["shared-host"])
  }
}
