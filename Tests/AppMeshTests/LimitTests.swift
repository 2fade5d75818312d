import AppMesh
import LosslessJSON
import Testing

/// Values that App Mesh would reject are errors, with their place and the limit.
struct LimitTests {
  /// `{"listeners": [LISTENER]}` of a node.
  private static func problems(ofListener listener: String) -> [String] {
    Reading.problems(
      """
      {"meshName": "m", "virtualNodeName": "a", "spec": {"listeners": [
        {"portMapping": {"port": 80, "protocol": "http"}, \(listener)}]}}
      """)
  }

  private static func problems(ofRoute route: String) -> [String] {
    Reading.problems(
      """
      {"meshName": "m", "virtualRouterName": "r", "routeName": "a",
        "spec": \(route)}
      """)
  }

  private static func route(_ match: String = "{}", targets: Int = 1) -> String {
    let list = (0..<targets).map { "{\"virtualNode\": \"n\($0)\", \"weight\": 1}" }
    return "{\"httpRoute\": {\"match\": \(match), \"action\": {\"weightedTargets\": "
      + "[\(list.joined(separator: ", "))]}}}"
  }

  private static func check(_ members: String) -> String {
    let defaults = [
      "healthyThreshold": "2", "unhealthyThreshold": "2", "intervalMillis": "5000",
      "timeoutMillis": "2000", "protocol": "\"http\"",
    ]
    let given = defaults.filter { !members.contains("\"\($0.key)\"") }
      .sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    let all = given + (members.isEmpty ? [] : [members])
    return "\"healthCheck\": {\(all.joined(separator: ", "))}"
  }

  @Test(arguments: [
    (
      check("\"healthyThreshold\": 1"), "'healthyThreshold' is '1'. Use a whole number from 2 to 10"
    ),
    (check("\"unhealthyThreshold\": 11"), "from 2 to 10"),
    (check("\"intervalMillis\": 4999"), "from 5000 to 300000"),
    (check("\"timeoutMillis\": 60001"), "from 2000 to 60000"),
    (check("\"protocol\": \"https\""), "Write one of: http, http2, grpc, tcp"),
    (check("\"interval\": 5"), "App Mesh does not have 'interval' here"),
    (check("\"port\": 65536"), "from 1 to 65535"),
    ("\"healthCheck\": {}", "'protocol' is missing. App Mesh requires it. Add 'protocol'"),
    ("\"connectionPool\": {\"http\": {\"maxConnections\": 0}}", "from 1 to 2147483647"),
    ("\"connectionPool\": {\"tcp\": {\"maxConnections\": 1}}", "a listener that speaks http"),
    ("\"timeout\": {\"grpc\": {}}", "a listener that speaks http"),
    ("\"timeout\": {\"http\": {}, \"grpc\": {}}", "Exactly one of http, http2, grpc, tcp"),
    ("\"timeout\": {\"http\": {\"idle\": {\"unit\": \"m\", \"value\": 1}}}", "one of: s, ms"),
    ("\"timeout\": {\"http\": {\"idle\": {\"unit\": \"s\", \"value\": -1}}}", "from 0 to"),
    ("\"timeout\": {\"http\": {\"idle\": 15}}", "'idle' is not an object"),
    ("\"outlierDetection\": {\"maxEjectionPercent\": 101}", "from 0 to 100"),
    ("\"tls\": {\"mode\": \"strict\"}", "one of: STRICT, PERMISSIVE, DISABLED"),
    ("\"tls\": {\"mode\": \"STRICT\", \"certificate\": {}}", "Exactly one of file, sds, acm"),
    ("\"tls\": {}, \"TLS\": {}", "'tls' and 'TLS' are one member"),
    ("\"tsl\": {}", "does not have 'tsl' here, so it would be ignored. Write one of: "),
  ])
  func listeners(listener: String, reason: String) {
    let problems = Self.problems(ofListener: listener)
    #expect(problems.contains { $0.contains(reason) }, "\(problems)")
    #expect(problems.allSatisfy { $0.contains(": /spec/listeners/0") }, "\(problems)")
  }

  @Test(arguments: [
    (route(targets: 11), "'weightedTargets' has 11 elements. Give 1 to 10, App Mesh's limit"),
    (route(targets: 0), "Give 1 to 10"),
    (route("{\"prefix\": \"a\"}"), "Begin it with '/'"),
    (route("{\"prefix\": \"/\", \"path\": {\"exact\": \"/\"}}"), "Exactly one of prefix, path"),
    (route("{\"method\": \"FETCH\"}"), "one of: GET, HEAD"),
    (route("{\"headers\": []}"), "Give 1 to 10"),
    (route("{\"headers\": [{\"name\": \"\"}]}"), "'name' is empty"),
    (route("{\"headers\": [{\"name\": \"\(String(repeating: "a", count: 51))\"}]}"), "Use 1 to 50"),
    (route("{\"headers\": [{\"name\": \"a\", \"match\": {}}]}"), "Exactly one of exact, prefix"),
    (route("{\"hostname\": {\"exact\": \"a\"}}"), "does not have 'hostname' here"),
    ("{}", "Exactly one of httpRoute, http2Route, grpcRoute, tcpRoute"),
    ("{\"priority\": 1001}", "'priority' is '1001'. Use a whole number from 0 to 1000"),
    ("{\"grpcRoute\": {\"match\": {\"methodName\": \"a\"}}}", "is given without 'serviceName'"),
    ("{\"tcpRoute\": {\"retryPolicy\": {}}}", "does not have 'retryPolicy' here"),
    (
      "{\"httpRoute\": {\"retryPolicy\": {\"httpRetryEvents\": [\"5xx\"]}}}",
      "Write one of: server-error, gateway-error, client-error, stream-error"
    ),
  ])
  func routes(route: String, reason: String) {
    let problems = Self.problems(ofRoute: route)
    #expect(problems.contains { $0.contains(reason) }, "\(problems)")
  }

  @Test func everyProblemIsSaid() {
    let problems = Self.problems(
      ofListener: "\"tsl\": 1, \"timeout\": 2, \(Self.check("\"healthyThreshold\": 0"))")
    #expect(problems.count == 3, "\(problems)")
  }

  @Test func numbersAndBooleansCanBeTexts() throws {
    let text = """
      {"meshName": "m", "virtualNodeName": "a", "spec": {
        "listeners": [{"portMapping": {"port": "8080", "protocol": "http"}}],
        "backendDefaults": {"clientPolicy": {"tls": {"enforce": "False", "ports": ["443"],
          "validation": {"trust": {"file": {"certificateChain": "/a"}}}}}}}}
      """
    let node = try Reading.read(text).mesh.node("a")
    #expect(node.listeners.map(\.portMapping.port) == [8080])
    #expect(node.backendDefaults?.tls?.enforce == false)
    #expect(node.backendDefaults?.tls?.ports == [443])
  }

  @Test(arguments: ["AWSCloudMap", "awsCloudMap", "AwsCloudMap", "awscloudmap"])
  func keysCanHaveAnyCase(key: String) throws {
    let text = """
      {"MeshName": "m", "VirtualNodeName": "a", "Spec": {"SERVICEDISCOVERY":
        {"\(key)": {"serviceName": "s", "NamespaceName": "n"}}}}
      """
    #expect(
      try Reading.read(text).mesh.node("a").serviceDiscovery
        == .awsCloudMap(
          serviceName: "s", namespaceName: "n", attributes: [], ipPreference: nil))
  }

  /// This template spells `maxServerErrors` in camel case.
  @Test(.enabled(if: !RealMesh.all.isEmpty, RealMesh.howToGet))
  func camelCaseInATemplateIsRead() throws {
    let real = try RealMesh.named("howto-outlier-detection")
    let files = try real.files()
    let mesh = try MeshReader(parameters: real.parameters(files)).read(files).mesh
    #expect(
      try mesh.node("color-node").listeners.first?.outlierDetection
        == OutlierDetectionPolicy(
          maxServerErrors: 5, interval: .seconds(30), baseEjectionDuration: .seconds(5),
          maxEjectionPercent: 100))
  }
}
