import EnvoyBootstrap
import LosslessJSON
import Testing

/// Settings that cannot work are rejected with the problem, its consequence, and the fix.
@Suite struct RefusalTests {
  let server = ServerSettings(node: Combinations.node)

  func message(_ body: () throws -> Bootstrap) -> String? {
    do throws(any Error) {
      _ = try body()
      return nil
    } catch {
      guard let problem = error as? Problem else { return "\(error)" }
      return "\(problem.text) \(problem.fix)"
    }
  }

  func sidecar(_ ports: [AppPort] = [], _ upstreams: String...) -> String? {
    message {
      let upstreams = try upstreams.map { try Upstream($0) }
      return try StaticSidecar(server: server, appPorts: ports, upstreams: upstreams).bootstrap()
    }
  }

  func gateway(_ ports: [UInt16], _ upstreams: String...) -> String? {
    message {
      let upstreams = try upstreams.map { try Upstream($0) }
      return try StaticGateway(server: server, ports: ports, upstreams: upstreams).bootstrap()
    }
  }

  @Test func portsThatCollide() {
    #expect(
      sidecar([.init(15000)])
        == """
        Port 15000 is both ingress and application port. Only one listener can use a port. \
        Choose another port with ingressPort, egressPort, adminPort or metrics.
        """)
    #expect(
      sidecar([.init(80), .init(80, .grpc)])
        == """
        Port 80 is both application and application port. Only one listener can use a port. \
        Name it once.
        """)
    #expect(
      sidecar([.init(0)])
        == """
        The application port is 0. Connections cannot be sent to port 0. \
        Give a port from 1 to 65535.
        """)
    #expect(
      gateway([9901], "a=a:80")?.hasPrefix("Port 9901 is both admin and gateway port") == true)
  }

  @Test func upstreamsThatCollide() {
    #expect(
      sidecar([], "a=a:80", "A=b:80")
        == """
        The name of upstream 'a' is taken. Each of Envoy's clusters needs a name of its own. \
        Rename the upstream, or remove one of the two.
        """)
    #expect(sidecar([], "passthrough=a:80")?.contains("'passthrough' is taken") == true)
    #expect(
      sidecar([], "db=a:81/tcp", "web=b:81")
        == """
        Upstreams 'db' (tcp) and 'web' share port 81. Raw TCP does not carry a host name, so \
        'db' would get the connections of both. Let one of them listen on another port.
        """)
    #expect(sidecar([], "db=a:443/tcp", "web=b:443", "db2=c:443/tcp") == nil)
  }

  @Test func tlsWithoutAName() {
    #expect(
      sidecar([], "pay=10.0.0.1:443/https")
        == """
        Upstream 'pay' uses TLS with the address 10.0.0.1. Envoy checks that the server's certificate \
        has the upstream's host name, and an address is none. Give the host name in the server's \
        certificate, such as payments=payments.internal:443/https.
        """)
  }

  @Test func gatewaysThatLeadNowhere() {
    #expect(
      gateway([], "a=a:80")
        == """
        The gateway does not listen on any port, so no client can reach it. \
        Give it at least one port, such as port = 3000.
        """)
    #expect(
      gateway([3000])
        == """
        The gateway does not have an upstream, so it would answer every request with 404. \
        Give it at least one, such as upstream = web=web.internal:8080.
        """)
    #expect(
      gateway([3000], "a=a:80", "db=b:81/tcp")
        == """
        The gateway has upstream 'db' (tcp) and others. Raw TCP does not carry a host name to \
        choose an upstream by. Run a separate gateway for 'db'.
        """)
  }

  @Test func numbersOutOfRange() {
    var server = server
    server.memoryMiB = 64
    #expect(
      message { try StaticSidecar(server: server, appPorts: []).bootstrap() }
        == """
        Envoy's container is limited to 64 MiB, but Envoy needs 70 MiB to start. ECS would kill \
        it. Raise envoyMemory, or reserve memory without a hard limit.
        """)
    server.memoryMiB = nil
    server.maxDownstreamConnections = 0
    #expect(
      message { try StaticSidecar(server: server, appPorts: []).bootstrap() }
        == """
        Envoy may hold 0 client connections, so it would serve none. Allow at least one.
        """)
  }

  @Test(arguments: [-0.1, 1.1, .nan, .infinity]) func samplingRates(rate: Double) {
    var server = server
    server.tracing = .xray(samplingRate: rate)
    #expect(
      message { try StaticSidecar(server: server, appPorts: []).bootstrap() }
        == """
        The sampling rate is \(rate), but it is a share of the requests. Give xraySamplingRate a \
        number from 0 to 1, such as 0.05 for one request in twenty.
        """)
  }

  @Test func anonymousNodes() {
    let server = ServerSettings(node: .init(id: "", cluster: "orders"))
    let sidecar = XDSSidecar(server: server, managementServer: .init("xds", 1))
    #expect(
      message { try sidecar.bootstrap() }
        == """
        The Envoy node does not have an id or a cluster, so Envoy does not start and the \
        management server cannot tell which service it belongs to. Set nodeId and nodeCluster, \
        for example to the task definition's family.
        """)
  }

  @Test(arguments: [
    "", "a", "a=", "=a:80", "a=a", "a=a:", "a=:80", "a=a:0", "a=a:65536", "a=a:+80", "a=a:80:81",
    "a=[a]:80", "a=::1:80", "a b=a:80", "a=a b:80", "a:80=a:80", "a=a\":80", "*=a:80",
  ])
  func unreadableUpstreams(text: String) {
    #expect(
      sidecar([], text)
        == """
        '\(text)' is not of the form NAME=HOST:PORT[/PROTOCOL]. \
        Write it like payments=payments.internal:8080/grpc.
        """)
  }

  @Test(arguments: ["", "HTTP", "udp", "http/"]) func unknownProtocols(word: String) {
    #expect(
      sidecar([], "a=a:80/" + word)
        == """
        Upstream 'a=a:80/\(word)' has the unknown protocol '\(word)'. \
        Use one of http, http2, grpc, tcp, https, grpcs.
        """)
  }
}
