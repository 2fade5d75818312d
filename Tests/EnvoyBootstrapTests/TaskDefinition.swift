import EnvoyBootstrap
import LosslessJSON

/// A task definition around a configuration, as it is registered with ECS.
struct TaskDefinition {
  /// Port mappings of the application; the names say what it serves there (see `app.py`).
  var ports: [(number: UInt16, name: String, appProtocol: ServiceProtocol?)]
  var bootstrap: Bootstrap
  /// The name of the port of a container `daemon`, which tells the kind of spans it takes.
  var daemon: (port: UInt16, name: String)?

  var appPorts: [AppPort] { ports.map { AppPort($0.number, $0.appProtocol) } }

  /// Without application ports it is a gateway: Envoy alone, to which nothing is redirected.
  var json: JSONValue {
    guard !ports.isEmpty else {
      return [
        "family": "gateway", "networkMode": "awsvpc", "containerDefinitions": [envoy],
      ]
    }
    let containers = [app, envoy] + (daemon.map { [self.daemonContainer($0)] } ?? [])
    return [
      "family": "orders", "networkMode": "awsvpc",
      "proxyConfiguration": proxyConfiguration, "containerDefinitions": .array(containers),
    ]
  }

  private var proxyConfiguration: JSONValue {
    let list = ports.map { String($0.number) }.joined(separator: ",")
    let properties = [
      ("IgnoredUID", "1337"), ("ProxyIngressPort", "15000"), ("ProxyEgressPort", "15001"),
      ("AppPorts", list), ("EgressIgnoredPorts", "22,9009"), ("EgressIgnoredIPs", "10.99.0.7"),
    ]
    return [
      "type": "APPMESH", "containerName": "envoy",
      "properties": .array(properties.map { ["name": .string($0.0), "value": .string($0.1)] }),
    ]
  }

  private var app: JSONValue {
    [
      "name": "app", "image": "example.com/orders:1", "user": "1000",
      "dependsOn": [["containerName": "envoy", "condition": "HEALTHY"]],
      "portMappings": .array(ports.map { mapping($0.number, $0.name, "tcp") }),
    ]
  }

  private func mapping(_ port: UInt16, _ name: String, _ transport: String) -> JSONValue {
    ["containerPort": .integer(Int(port)), "name": .string(name), "protocol": .string(transport)]
  }

  private func daemonContainer(_ daemon: (port: UInt16, name: String)) -> JSONValue {
    [
      "name": "daemon", "image": "example.com/collector:1", "user": "1337",
      "portMappings": [mapping(daemon.port, daemon.name, "udp")],
    ]
  }

  private var envoy: JSONValue {
    let entryPoint = DrainEntryPoint(seconds: 3).entryPoint
    let command = EnvoyArguments(bootstrap: bootstrap).arguments
    let check = HealthCheckCommand.ready(adminPort: 9901)
    return [
      "name": "envoy", "image": .string(EnvoyImage.stock), "user": "1337", "stopTimeout": 30,
      "readonlyRootFilesystem": true,
      "ulimits": [["name": "nofile", "softLimit": 65536, "hardLimit": 65536]],
      "entryPoint": .array(entryPoint.map { .string($0) }),
      "command": .array(command.map { .string($0) }),
      "healthCheck": [
        "command": .array(check.map { .string($0) }), "interval": 5, "timeout": 2, "retries": 3,
        "startPeriod": 10,
      ],
    ]
  }
}
