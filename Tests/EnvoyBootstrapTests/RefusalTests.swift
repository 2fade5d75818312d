import EnvoyBootstrap
import Testing

/// What cannot work is refused with the problem, what follows from it, and the way out.
@Suite struct RefusalTests {
  let server = ServerSettings(node: Combinations.node)

  func message(_ body: () throws -> Bootstrap) -> String? {
    do throws(any Error) {
      _ = try body()
      return nil
    } catch {
      return "\(error)"
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
        port 15000 is both ingress and application port: only one listener can have it; \
        choose another ingress, egress or admin port
        """)
    #expect(
      sidecar([.init(80), .init(80, .grpc)])
        == """
        port 80 is both application and application port: only one listener can have it; \
        name it once
        """)
    #expect(
      sidecar([.init(0)])
        == """
        the application port is 0: nothing can be redirected to it; give a port from 1 to 65535
        """)
    #expect(
      gateway([9901], "a=a:80")?.hasPrefix("port 9901 is both admin and gateway port") == true)
  }

  @Test func upstreamsThatCollide() {
    #expect(
      sidecar([], "a=a:80", "A=b:80")
        == """
        the name of upstream 'a' is taken: Envoy knows each cluster by one name; \
        give it another name, or remove one of the two
        """)
    #expect(sidecar([], "passthrough=a:80")?.contains("'passthrough' is taken") == true)
    #expect(
      sidecar([], "db=a:81/tcp", "web=b:81")
        == """
        upstreams 'db' (tcp) and 'web' share port 81: raw TCP carries no host name, so 'db' would \
        get the connections of both; let one of them listen on another port
        """)
    #expect(sidecar([], "db=a:443/tcp", "web=b:443", "db2=c:443/tcp") == nil)
  }

  @Test func gatewaysThatLeadNowhere() {
    #expect(
      gateway([], "a=a:80")
        == "the gateway has no port: nobody could reach it; give at least one, such as 3000")
    #expect(
      gateway([3000])
        == """
        the gateway has no upstream: it would answer every request with 404; \
        give at least one, such as web=web.internal:8080
        """)
    #expect(
      gateway([3000], "a=a:80", "db=b:81/tcp")
        == """
        the gateway has upstream 'db' (tcp) and others: raw TCP carries no host name to choose by; \
        run a gateway of its own for 'db'
        """)
  }

  @Test func numbersOutOfRange() {
    var server = server
    server.memoryMiB = 64
    #expect(
      message { try StaticSidecar(server: server, appPorts: []).bootstrap() }
        == """
        Envoy's container may take 64 MiB: Envoy needs 70 MiB to start and would be killed; \
        raise its memory, or reserve memory without a hard limit
        """)
    server.memoryMiB = nil
    server.maxDownstreamConnections = 0
    #expect(
      message { try StaticSidecar(server: server, appPorts: []).bootstrap() }
        == """
        at most 0 client connections are allowed: Envoy would serve nobody; allow at least one
        """)
  }

  @Test(arguments: [-0.1, 1.1, .nan, .infinity]) func samplingRates(rate: Double) {
    var server = server
    server.tracing = .xray(samplingRate: rate)
    #expect(
      message { try StaticSidecar(server: server, appPorts: []).bootstrap() }
        == """
        the sampling rate is \(rate): it is a share of the requests; \
        give a number from 0 to 1, such as 0.05 for one request in twenty
        """)
  }

  @Test func anonymousNodes() {
    let server = ServerSettings(node: .init(id: "", cluster: "orders"))
    let sidecar = XDSSidecar(server: server, managementServer: .init("xds", 1))
    #expect(
      message { try sidecar.bootstrap() }
        == """
        the Envoy node has no id or no cluster: Envoy does not start, and the server could not tell \
        whom it serves; give both a name, such as the task definition's family
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
        upstream '\(text)': it is not NAME=HOST:PORT[/PROTOCOL]; \
        write it like payments=payments.internal:8080/grpc
        """)
  }

  @Test(arguments: ["", "HTTP", "udp", "http/"]) func unknownProtocols(word: String) {
    #expect(
      sidecar([], "a=a:80/" + word)
        == """
        upstream 'a=a:80/\(word)': Envoy does not know the protocol '\(word)'; \
        use one of http, http2, grpc, tcp
        """)
  }
}
