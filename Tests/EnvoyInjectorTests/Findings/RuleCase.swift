import AppMesh
import LosslessJSON
import RolePolicies
import TaskDefinitions

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

/// A document that triggers a rule. Rules of lints have a ``LintCase`` instead.
struct RuleCase: Sendable {
  fileprivate typealias Faulty = FaultyDocument

  let code: String
  let text: @Sendable () throws -> String
  let options: @Sendable (inout InjectionOptions) -> Void
  var uninjects = false
  var readsLabels = false
  var readsPolicies = false
  var injects = false

  /// Checks a document with these options.
  static func checking(
    _ code: String, _ text: @autoclosure @escaping @Sendable () throws -> String,
    _ options: @escaping @Sendable (inout InjectionOptions) -> Void = { _ in }
  ) -> RuleCase {
    RuleCase(code: code, text: text, options: options)
  }

  /// Edits an injected document before uninjecting it.
  static func uninjecting(_ code: String, replacing old: String, with new: String) -> RuleCase {
    RuleCase(
      code: code, text: { try Injecting.inject(Injecting.web).text.replacing(old, with: new) },
      options: { _ in }, uninjects: true)
  }

  /// Injects a document. The finding is about the result.
  static func injecting(
    _ code: String, _ text: @autoclosure @escaping @Sendable () throws -> String,
    _ options: @escaping @Sendable (inout InjectionOptions) -> Void = { _ in }
  ) -> RuleCase {
    RuleCase(code: code, text: text, options: options, injects: true)
  }

  /// Prints the policies and the trust of a document's roles.
  static func granting(_ code: String, _ text: String) -> RuleCase {
    RuleCase(code: code, text: { text }, options: { _ in }, readsPolicies: true)
  }

  /// The codes of all findings.
  func reported() throws -> [String] {
    var options = InjectionOptions()
    self.options(&options)
    let bytes = Array(try text().utf8)
    if readsLabels {
      let injector = try OptionSources(CommandLineArguments([]), [:]).injector()
      return injector.check(bytes).findings.map(\.code)
    }
    if injects { return try Self.codes { try Injector(options).inject(bytes) } }
    if readsPolicies { return Self.codesOfPolicies(of: bytes, Injector(options)) }
    guard uninjects else { return Injector(options).check(bytes).findings.map(\.code) }
    return try Self.codes { try Injector.uninject(bytes) }
  }

  private static func codesOfPolicies(of bytes: [UInt8], _ injector: Injector) -> [String] {
    let policies = Result { () throws(InjectionError) in
      try injector.policies(for: bytes, warnsOfTrust: { _ in true })
    }
    switch policies {
    case .success(let policies): return policies.warnings.map(\.code)
    case .failure(.options(let problem)): return [problem.code]
    case .failure: return []
    }
  }

  private static func codes(_ act: () throws -> Injection) throws -> [String] {
    do {
      return try act().warnings.map(\.code)
    } catch InjectionError.refused(let findings) {
      return findings.map(\.code)
    }
  }

  static let all = documents + templates + tasks + envoys + ledgers
}

extension RuleCase {
  private static let documents = [
    checking("yaml", "Resources:\n  a: ["),
    checking("not-a-task-definition", "{}"),
    checking("no-containers", #"{"containerDefinitions": []}"#),
    checking("unnamed-container", #"{"containerDefinitions": [{}]}"#),
    checking("duplicate-container", task(containers: #""name": "a""#, #""name": "a""#)),
    checking("not-an-integer", task(containers: #""name": "a", "cpu": 1.5"#)),
    checking("unknown-resource", Injecting.web) { $0.resources = ["Web"] },
  ]

  private static let templates = [
    checking("empty-template", Faulty.template("")) { $0.requiresTaskDefinition = true },
    checking(
      "task-in-loop", Faulty.loop),
    checking("unseen-include", Faulty.template(#""Fn::Transform": {}, "T": \#(Faulty.resource)"#)),
    checking(
      "unseen-template",
      Faulty.template(#""S": {"Type": "AWS::CloudFormation::Stack"}, "T": \#(Faulty.resource)"#)
    ),
    checking(
      "express-service",
      Faulty.template(
        #""S": {"Type": "AWS::ECS::ExpressGatewayService", "Properties": {"PrimaryContainer": {}}}"#
          + #", "T": \#(Faulty.resource)"#)),
    injecting(
      "large-template",
      Faulty.template(
        #""T": \#(Faulty.resource), "x": "\#(String(repeating: "x", count: 40_000))""#)),
    granting("several-tasks", Faulty.severalTasks),
    injecting("resized-default", sized(#"{"Ref": "Memory"}"#)) { $0.resize = true },
    injecting("resized-entry", sized(#"{"Fn::FindInMap": ["Sizes", "small", "Memory"]}"#)) {
      $0.resize = true
    },
    injecting(
      "transformed-dependencies",
      Faulty.template(#""T": \#(Faulty.resource)"#).replacing(
        #"{"Resources""#, with: #"{"Transform": "AWS::LanguageExtensions", "Resources""#)),
    checking("policy-name-taken", Faulty.policyTaken, Faulty.throughAppMesh),
    checking("role-too-large", Faulty.fullRole, Faulty.throughAppMesh),
    checking("undecided-secret", Faulty.logged(token: #"{"Ref": "Given"}"#), Faulty.throughAppMesh),
    checking(
      "wildcard-grant", Faulty.logged(token: #""arn:aws:ssm:eu-west-1:111122223333:parameter/*""#)),
  ]

  /// A template with a task that has the memory that a function gives it.
  private static func sized(_ memory: String) -> String {
    let task = RoleTemplate.task(#""Memory": \#(memory)"#, app: #", "MemoryReservation": 512"#)
    return #"{"Parameters": {"Memory": {"Type": "String", "Default": "512"}}, "#
      + #""Mappings": {"Sizes": {"small": {"Memory": 512}, "large": {"Memory": 2048}}}, "#
      + #""Resources": {"T": \#(task)}}"#
  }

  private static func app(_ members: String) -> String {
    task(containers: #""name": "app", "image": "shop/app:1", \#(members)"#)
  }

  private static let tasks = [
    checking("unknown-order", app(#""dockerLabels": {"inject-envoy.io/inject": "no"}"#)),
    checking("nothing-selected", app(#""cpu": 1"#)) { $0.skipContainers = ["app"] },
    checking(
      "unknown-app-protocol",
      app(#""portMappings": [{"containerPort": 80, "appProtocol": "spdy"}]"#)),
    checking("not-a-port", app(#""portMappings": [{"containerPort": 0}]"#)),
    checking("unreadable-task-size", task(#""cpu": "some""#, containers: #""name": "app""#)),
    checking("new-network-mode", Injecting.web.replacing(#""networkMode": "awsvpc", "#, with: "")) {
      $0.networkMode = .awsvpc
    },
    checking("impossible-configuration", app(#""cpu": 1"#)) { $0.ingressPort = 15001 },
    checking("family-taken", FamilyOfTemplateTests.template(valueBytes: 55_000)),
    checking("name-taken", task(containers: #""name": "app""#, #""name": "xray-daemon""#)) {
      $0.tracing = .xray
    },
    checking("no-log-region", app(#""cpu": 1"#)) { $0.logs = .group("/mesh") },
    checking(
      "few-connections",
      task(#""memory": "512""#, containers: #""name": "app", "image": "shop/app:1", "memory": 400"#)
    ) { $0.envoyMemoryReservation = 100 },
    checking(
      "proxy-port",
      app(#""environment": [{"name": "HTTP_PROXY", "value": "http://proxy:3128"}]"#)),
    granting("open-trust", app(#""cpu": 1"#)),
    checking("configuration-replaced", app(#""cpu": 1"#)) {
      $0.envoyContainer = [
        "environment": [["name": "ENVOY_BOOTSTRAP_GZIP_BASE64", "value": "mine"]]
      ]
    },
    checking("envoy-missing", app(#""cpu": 1"#)) {
      $0.patches = try? JSONPatch([["op": "remove", "path": "/containerDefinitions/1"]])
    },
    RuleCase(
      code: "wrong-label",
      text: { app(#""dockerLabels": {"inject-envoy.io/app-port": "none of them"}"#) },
      options: { _ in }, readsLabels: true),
  ]

  private static let envoys = [
    injecting("gateway", task(containers: gateway)),
    checking(
      "foreign-mesh", task(containers: #""name": "p", "image": "hashicorp/consul-dataplane""#)),
    checking("service-connect", Faulty.serviceConnect),
    checking("foreign-envoy", task(containers: #""name": "app""#, Faulty.envoy)),
    checking("envoy-name-taken", task(containers: #""name": "envoy", "image": "nginx""#)),
    checking("envoy-alone", task(containers: Faulty.envoy)) { $0.replacesForeign = true },
    injecting(
      "kept-daemon",
      MeshedTask(
        app: #""environment": [{"name": "AWS_XRAY_DAEMON_ADDRESS", "value": "127.0.0.1:2000"}]"#,
        others: [
          #""name": "xray", "image": "public.ecr.aws/xray/aws-xray-daemon:3.x", "user": "1337""#
        ]
      ).json
    ) { $0.replacesForeign = true },
    checking(
      "kept-volume",
      task(
        #""volumes": [{"name": "v"}]"#,
        containers: Faulty.envoy
          + #", "mountPoints": [{"sourceVolume": "v", "containerPath": "/v"}]"#,
        #""name": "app""#)
    ) { $0.replacesForeign = true },
    checking("other-mesh", Faulty.otherMesh) { $0.describe(node: nil) },
    checking("no-listener", app(#""cpu": 1"#)) {
      $0.describe(node: "web")
      $0.appPorts = [9090]
    },
  ]

  private static let gateway =
    #""name": "envoy", "image": "e", "dockerLabels": {"inject-envoy.io/gateway": "true"}"#

  private static let ledgers = [
    uninjecting("unreadable-ledger", replacing: #"\"format\":1"#, with: #"\"format\":9"#),
    uninjecting(
      "two-ledgers", replacing: #"{"name": "web""#,
      with: #"{"name": "e2", "dockerLabels": {"inject-envoy.io/ledger": "{}"}}, {"name": "web""#),
    uninjecting(
      "renamed-container", replacing: #""name": "envoy""#, with: #""name": "proxy""#),
    uninjecting(
      "left-behind", replacing: #"[{"name": "web""#,
      with: #"[{"name": "job", "dependsOn": [{"containerName": "envoy"}]}, {"name": "web""#),
    RuleCase(
      code: "changed-since",
      text: {
        let small =
          #"{"cpu": "256", "memory": "512", "networkMode": "awsvpc", "#
          + #""containerDefinitions": [{"name": "web", "memory": 512}]}"#
        return try Injecting.inject(small) { $0.resize = true }.text
          .replacing(#""memory": "640""#, with: #""memory": "2048""#)
      }, options: { _ in }, uninjects: true),
    uninjecting(
      "foreign-ledger", replacing: #"\"undo\":["#,
      with: #"\"undo\":[{\"remove\":\"/containerDefinitions\"},"#),
  ]
}

extension InjectionOptions {
  /// Describes a mesh with a node `web` that listens on 8080.
  mutating func describe(node: String?) {
    let origin = Origin(file: "shop.yaml", pointer: "", line: 1)
    var mesh = Mesh(name: "shop")
    var web = VirtualNode(name: "web", origin: origin)
    web.listeners = [NodeListener(portMapping: PortMapping(port: 8080, protocol: .http))]
    mesh.virtualNodes = [web]
    controlPlane = .mesh(MeshOptions(MeshCompiler(mesh), member: node))
    replacesForeign = true
  }
}
