import AppMesh
import LosslessJSON
import Testing

struct TimeoutAndRetryTests {
  func policy(_ policy: MeshRetryPolicy) throws -> JSONValue? {
    try Compiling.sidecar(.calling(.http, { $0.retryPolicy = policy })).route
      .at("route/retry_policy")
  }

  @Test func byDefaultRequestsEndAfterFifteenSeconds() throws {
    let route = try Compiling.sidecar(.calling()).route
    #expect(route.at("route/timeout") == "15s" && route.at("route/idle_timeout") == nil)
  }

  @Test func routesLimitRequests() throws {
    let timeout = RequestTimeout(perRequest: .seconds(1), idle: .seconds(2))
    let envoy = try Compiling.sidecar(.calling(.http, { $0.timeout = timeout }))
    #expect(try envoy.route.at("route/timeout") == "1s")
    #expect(try envoy.route.at("route/idle_timeout") == "2s")
    #expect(envoy.warnings == ["discovery-by-dns"])
    let tcp = try Compiling.sidecar(.calling(.tcp, { $0.timeout = timeout }))
    // All other connections are passed through and have no idle timeout.
    #expect(try tcp.egress.all("idle_timeout") == ["2s", "0s"])
  }

  @Test(arguments: [
    (Duration.seconds(60), nil, true), (.zero, nil, true), (.seconds(60), Duration.zero, false),
    (.seconds(60), .seconds(60), false), (.seconds(15), nil, false),
  ])
  func aListenerThatEndsRequestsEarlierIsNamed(
    route: Duration, listener: Duration?, isNoted: Bool
  ) throws {
    let mesh = Mesh.calling(
      .http, { $0.timeout = .init(perRequest: route) },
      api: { $0.listeners[0].timeout = .init(perRequest: listener) })
    #expect(try Compiling.sidecar(mesh).warnings.contains("route-timeout") == isNoted)
  }

  @Test func withoutPolicyRequestsAreSentThreeTimes() throws {
    let json = try Compiling.sidecar(.calling()).route.at("route/retry_policy")
    #expect(
      json?["retry_on"]
        == "unavailable,reset,connect-failure,refused-stream,retriable-status-codes")
    #expect(json?["retriable_status_codes"] == [503])
    #expect(json?["num_retries"] == 2)
    #expect(json?["host_selection_retry_max_attempts"] == 5)
    #expect(json?.all("name") == ["envoy.retry_host_predicates.previous_hosts"])
  }

  @Test(arguments: [
    (
      "server-error", "reset,retriable-status-codes",
      [500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511]
    ),
    ("gateway-error", "reset,retriable-status-codes", [502, 503, 504]),
    ("client-error", "retriable-status-codes", [409]), ("stream-error", "refused-stream,reset", []),
  ])
  func httpEvents(event: String, conditions: String, codes: [Int]) throws {
    var policy = MeshRetryPolicy(maxRetries: 3, perRetryTimeout: .seconds(2))
    policy.httpRetryEvents = [event]
    let json = try self.policy(policy)
    #expect(json?["retry_on"]?.string == conditions)
    #expect((json?["retriable_status_codes"]?.array ?? []).compactMap(\.integer) == codes)
    #expect(json?["num_retries"] == 3 && json?["per_try_timeout"] == "2s")
  }

  @Test func otherEvents() throws {
    var policy = MeshRetryPolicy(maxRetries: 1, perRetryTimeout: .milliseconds(250))
    policy.tcpRetryEvents = ["connection-error"]
    #expect(try self.policy(policy)?["retry_on"] == "connect-failure")
    policy.grpcRetryEvents = [
      "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable",
    ]
    let json = try self.policy(policy)
    #expect(
      json?["retry_on"]
        == "cancelled,connect-failure,deadline-exceeded,internal,resource-exhausted,unavailable")
    policy.httpRetryEvents = ["5xx"]
    #expect(
      Compiling.errors(.calling(.http, { $0.retryPolicy = policy })) == ["retry-event"])
  }

  @Test func oldAccountsHaveEnvoysDefaults() throws {
    var mesh = Mesh.calling()
    mesh.virtualNodes[0].listeners = [.init(portMapping: .init(port: 8080, protocol: .http))]
    let envoy = try Compiling.sidecar(mesh, "web", .init(), .envoys)
    #expect(try envoy.route.at("route/retry_policy") == nil)
    #expect(envoy.json.all("circuit_breakers").isEmpty)
  }

  @Test func legsThatMultiplyRetriesAreNamed() throws {
    let mesh = Mesh(
      .dropAll, VirtualGateway("gw", .http, 80, routes: [GatewayRoute("all", to: "web.local")]),
      VirtualNode("web", .http, 3000, calls: ["api.local"]), VirtualNode("api", .http, 3000),
      VirtualService("web.local", node: "web"), VirtualService("api.local", node: "api"))
    let problem = try Compiling.gateway(mesh).envoy.problems.last
    #expect(
      problem?.text.description == """
        'gw' sends a failing request up to 3 times to 'web', which sends each on up to 3 times. \
        One request becomes 9 calls.
        """)
    #expect(try Compiling.sidecar(mesh).warnings == ["discovery-by-dns"])
  }
}
