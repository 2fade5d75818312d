public import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Generates options of every kind, including overrides and patches.
public struct RandomOptions {
  private var seed: Seed

  public init(_ seed: inout Seed) { self.seed = seed.part() }

  public mutating func make() throws -> InjectionOptions {
    let node = try AppMeshResource(
      "arn:aws:appmesh:eu-west-1:123456789012:mesh/shop/virtualNode/web")
    var options = InjectionOptions(controlPlane: seed.pick([.static, .appMesh(node)]))
    options.tracing = seed.pick([.none, .none, .xray, .otel])
    options.logs = seed.pick([.inherit, .none, .group("/ecs/envoy")])
    options.isJob = seed.chance(20)
    options.resize = seed.chance(80)
    options.envoyCPU = seed.pick([nil, 256])
    options.ignoredGID = seed.pick([nil, 1338])
    options.appPorts = seed.pick([nil, nil, [], [8080]])
    options.skipContainers = seed.chance(10) ? ["log_router"] : []
    options.envoyContainer = seed.chance(30) ? envoyOverride() : nil
    options.tracingContainer = seed.chance(20) ? ["name": "traces", "essential": true] : nil
    options.patches = seed.chance(50) ? try patch() : nil
    return options
  }

  private mutating func envoyOverride() -> JSONValue {
    seed.pick([
      ["name": "proxy", "cpu": 64], ["dockerLabels": ["team": "mesh"], "stopTimeout": .null],
      ["dependsOn": [], "environment": .null], ["dockerLabels": ["inject-envoy.io/user": "7"]],
      ["dependsOn": "app"], ["name": .null], ["healthCheck": .null],
      ["name": "a/b~c-proxy", "linuxParameters": ["initProcessEnabled": true]],
    ])
  }

  private mutating func patch() throws -> JSONPatch {
    let all: [JSONValue] = [
      ["op": "add", "path": "/family", "value": "patched"],
      ["op": "add", "path": "/containerDefinitions/0/environment", "value": []],
      ["op": "add", "path": "/containerDefinitions/0/dockerLabels", "value": ["x/y": "z"]],
      ["op": "add", "path": "/containerDefinitions/-", "value": ["name": "extra", "cpu": 0]],
      ["op": "add", "path": "/containerDefinitions/0", "value": ["name": "first"]],
      [
        "op": "add", "path": "/volumes", "value": [["name": "v"], ["host": [:]], ["name": "v"]],
      ],
      ["op": "remove", "path": "/tags"], ["op": "remove", "path": "/containerDefinitions/0/image"],
      ["op": "remove", "path": "/containerDefinitions/0"],
      ["op": "remove", "path": "/containerDefinitions/0/dependsOn"],
      ["op": "remove", "path": "/proxyConfiguration/properties/0"],
      ["op": "remove", "path": "/networkMode"],
      ["op": "replace", "path": "/containerDefinitions/0/name", "value": "renamed"],
      ["op": "replace", "path": "/containerDefinitions/0/dependsOn", "value": []],
      ["op": "replace", "path": "/proxyConfiguration/properties/1/value", "value": "15009"],
      ["op": "replace", "path": "/containerDefinitions/1/name", "value": 7],
      ["op": "move", "from": "/containerDefinitions/1", "path": "/containerDefinitions/0"],
      ["op": "move", "from": "/cpu", "path": "/containerDefinitions/0/cpu"],
      ["op": "copy", "from": "/networkMode", "path": "/family"],
      ["op": "test", "path": "/networkMode", "value": "awsvpc"],
    ]
    return try JSONPatch(
      .array(Array(all.shuffled(using: &seed).prefix(seed.number(1...3)))))
  }
}
