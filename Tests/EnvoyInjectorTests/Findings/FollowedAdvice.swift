import LosslessJSON
import RolePolicies
import TaskDefinitions

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

/// A document that is refused, and the document and options after its reader did what the error advises.
struct FollowedAdvice: Sendable {
  fileprivate typealias Faulty = FaultyDocument
  typealias Change = @Sendable (inout InjectionOptions) -> Void

  enum Act: Sendable { case inject, uninject, injectWithLabels, policies }

  let code: String
  var act = Act.inject
  let text: @Sendable () throws -> String
  var options: Change = { _ in }
  /// The text after the advice was followed.
  let followed: @Sendable () throws -> String
  /// Changes of options that the advice asks for.
  var change: Change = { _ in }

  /// Advice about the document.
  static func editing(
    _ code: String, _ text: @autoclosure @escaping @Sendable () throws -> String,
    _ options: @escaping Change = { _ in }, replacing old: String, with new: String
  ) -> FollowedAdvice {
    FollowedAdvice(
      code: code, text: text, options: options,
      followed: { try text().replacing(old, with: new) })
  }

  /// Advice about the options.
  static func choosing(
    _ code: String, _ text: @autoclosure @escaping @Sendable () throws -> String,
    _ options: @escaping Change = { _ in }, then change: @escaping Change
  ) -> FollowedAdvice {
    FollowedAdvice(code: code, text: text, options: options, followed: text, change: change)
  }

  /// Advice about an injected document that somebody has edited.
  static func restoring(_ code: String, replacing old: String, with new: String) -> FollowedAdvice {
    let text: @Sendable () throws -> String = { try Injecting.inject(Injecting.web).text }
    return FollowedAdvice(
      code: code, act: .uninject, text: { try text().replacing(old, with: new) }, followed: text)
  }

  /// The codes of the errors.
  func refusals() throws -> [String] { try codes(text(), options) }

  /// The codes of the errors that are left when the advice is followed.
  func refusalsAfterwards() throws -> [String] {
    try codes(followed()) {
      options(&$0)
      change(&$0)
    }
  }

  private func codes(_ text: String, _ change: Change) throws -> [String] {
    var options = InjectionOptions()
    change(&options)
    do throws(InjectionError) {
      let bytes = Array(text.utf8)
      switch act {
      case .inject: _ = try Injector(options).inject(bytes)
      case .uninject: _ = try Injector.uninject(bytes)
      case .injectWithLabels: _ = try Self.injector().inject(bytes)
      case .policies: _ = try Injector(options).policies(for: bytes)
      }
      return []
    } catch {
      switch error {
      case .refused(let findings): return findings.map(\.code)
      case .syntax(let problem), .options(let problem): return [problem.code]
      }
    }
  }

  private static func injector() throws(InjectionError) -> Injector {
    do throws(CommandError) {
      return try OptionSources(CommandLineArguments([]), [:]).injector()
    } catch {
      throw .refused(error.problems)
    }
  }

  static let all = documents + containers + tasks + choices + envoys + meshes + ledgers + templates

  /// Errors whose advice no edit of the document and no option can follow.
  static let others: KeyValuePairs<String, String> = [
    "windows": "ECS redirects nothing there: the task stays without Envoy.",
    "gateway": "The document is what the command 'gateway' printed. It prints it anew.",
    "envoy-alone": "Nothing is left of the task without its Envoy. 'gateway' prints another.",
  ]
}

extension FollowedAdvice {
  private static let app = #""name": "app", "image": "shop/app:1""#

  private static let documents = [
    editing("syntax", Injecting.web + "}", replacing: "]}}", with: "]}"),
    editing("yaml", "Resources:\n  a: [", replacing: "[", with: "{Type: X}"),
    choosing(
      "unknown-resource", Injecting.web, { $0.resources = ["Web"] }, then: { $0.resources = [] }),
    editing(
      "not-a-task-definition", #"{"networkMode": "awsvpc"}"#, replacing: "}",
      with: #", "containerDefinitions": [{"name": "app"}]}"#),
    editing(
      "no-containers", task(containers: "").replacing("{}", with: ""),
      replacing: "[]", with: #"[{"name": "app"}]"#),
    editing("unnamed-container", task(containers: ""), replacing: "{}", with: #"{"name": "app"}"#),
    editing(
      "duplicate-container", task(containers: app, #""name": "app""#),
      replacing: #"{"name": "app"}"#, with: #"{"name": "other"}"#),
    editing(
      "wrong-kind", task(containers: app + #", "essential": "yes""#), replacing: #""yes""#,
      with: "true"),
    editing(
      "not-an-integer", task(containers: app + #", "cpu": 1.5"#), replacing: "1.5", with: "2"),
    FollowedAdvice(
      code: "wrong-label", act: .injectWithLabels,
      text: { labelled("inject-envoy.io/app-port", "none of them") },
      followed: { labelled("inject-envoy.io/app-port", "8080") }),
    editing(
      "unknown-order", labelled("inject-envoy.io/inject", "no"), replacing: #""no""#,
      with: #""disabled""#),
  ]

  private static func labelled(_ label: String, _ value: String) -> String {
    task(containers: app + #", "dockerLabels": {"\#(label)": "\#(value)"}"#)
  }

  private static let database = #""name": "db", "image": "db:1""#

  private static func waiting(for condition: String, _ database: String) -> String {
    task(
      containers: app
        + #", "dependsOn": [{"containerName": "db", "condition": "\#(condition)"}]"#, database)
  }

  private static let containers = [
    editing(
      "unknown-dependency", waiting(for: "START", #""name": "cache""#), replacing: "cache",
      with: "db"),
    editing(
      "no-health-check", waiting(for: "HEALTHY", database), replacing: "HEALTHY", with: "START"),
    editing(
      "essential-completes", waiting(for: "SUCCESS", database), replacing: database,
      with: database + #", "essential": false"#),
    editing(
      "dependency-cycle",
      waiting(
        for: "START", database + #", "dependsOn": [{"containerName": "app", "condition": "START"}]"#
      ),
      replacing: #", "dependsOn": [{"containerName": "app", "condition": "START"}]"#, with: ""),
    editing(
      "health-check-range",
      task(containers: app + #", "healthCheck": {"command": ["CMD", "true"], "interval": 1}"#),
      replacing: #""interval": 1"#, with: #""interval": 5"#),
    editing(
      "links-in-awsvpc", task(containers: app + #", "links": ["db"]"#, database),
      replacing: #", "links": ["db"]"#, with: ""),
    editing(
      "hostname-in-awsvpc", task(containers: app + #", "hostname": "a""#),
      replacing: #", "hostname": "a""#, with: ""),
    editing(
      "host-port",
      task(containers: app + #", "portMappings": [{"containerPort": 80, "hostPort": 8080}]"#),
      replacing: #", "hostPort": 8080"#, with: ""),
    editing(
      "port-collision",
      task(
        containers: app + #", "portMappings": [{"containerPort": 80}]"#,
        database + #", "portMappings": [{"containerPort": 80 }]"#), replacing: "80 }", with: "81}"),
    editing(
      "not-a-port", task(containers: app + #", "portMappings": [{"containerPort": 0}]"#),
      replacing: ": 0", with: ": 8080"),
    editing(
      "unknown-app-protocol",
      task(containers: app + #", "portMappings": [{"containerPort": 80, "appProtocol": "spdy"}]"#),
      replacing: "spdy", with: "http2"),
    editing(
      "too-many-containers", tasks(11), replacing: #", {"name": "c9"}, {"name": "c10"}"#, with: ""),
    editing(
      "too-large",
      task(containers: app + #", "environment": [{"name": "A", "value": "\#(long)"}]"#),
      replacing: long, with: "short"),
    editing(
      "leftover-dependency",
      task(
        containers: app + #", "dependsOn": [{"containerName": "envoy", "condition": "HEALTHY"}]"#),
      replacing: #", "dependsOn": [{"containerName": "envoy", "condition": "HEALTHY"}]"#, with: ""),
  ]

  private static let long = String(repeating: "x", count: 70_000)

  private static func tasks(_ count: Int) -> String {
    let containers = (0..<count).map { #"{"name": "c\#($0)"}"# }
    return #"{"networkMode": "awsvpc", "containerDefinitions": ["#
      + containers.joined(separator: ", ") + "]}"
  }

  private static func fargate(_ size: String, _ container: String) -> String {
    task(#""requiresCompatibilities": ["FARGATE"], "# + size, containers: app + container)
  }

  private static let tasks = [
    editing(
      "not-awsvpc", Injecting.web.replacing("awsvpc", with: "host"), replacing: "host",
      with: "awsvpc"),
    choosing(
      "not-awsvpc", Injecting.web.replacing(#""networkMode": "awsvpc", "#, with: ""),
      then: {
        $0.networkMode = .awsvpc
      }),
    editing(
      "external", task(#""requiresCompatibilities": ["EXTERNAL", "EC2"]"#, containers: app),
      replacing: #""EXTERNAL", "#, with: ""),
    editing(
      "illegal-fargate-size", fargate(#""cpu": "256", "memory": "4096""#, ""), replacing: #""256""#,
      with: #""512""#),
    choosing(
      "task-too-small", fargate(#""cpu": "256", "memory": "512""#, #", "memoryReservation": 512"#),
      then: { $0.resize = true }),
    editing(
      "task-too-large",
      fargate(#""cpu": "32768", "memory": "249856""#, #", "memory": 249857"#),
      replacing: "249857", with: "1024"),
    editing(
      "unreadable-task-size", fargate(#""cpu": "some", "memory": "512""#, ""), replacing: "some",
      with: ".25 vCPU"),
    editing(
      "service-connect", Faulty.serviceConnect,
      replacing: #", "ServiceConnectConfiguration": {"Enabled": true}"#, with: ""),
    editing(
      "foreign-mesh",
      task(containers: app, #""name": "p", "image": "hashicorp/consul-dataplane""#),
      replacing: #", {"name": "p", "image": "hashicorp/consul-dataplane"}"#, with: ""),
  ]

  private static let sixteen = (1...16).map { #"{"containerPort": \#(8000 + $0)}"# }
    .joined(separator: ", ")

  private static let choices = [
    choosing(
      "unknown-container", Injecting.web, { $0.onlyContainers = ["wbe"] },
      then: {
        $0.onlyContainers = ["web"]
      }),
    choosing(
      "nothing-selected", Injecting.web, { $0.skipContainers = ["web"] },
      then: {
        $0.skipContainers = []
      }),
    choosing(
      "too-many-app-ports", task(containers: app + #", "portMappings": [\#(sixteen)]"#),
      then: {
        $0.appPorts = [8001]
      }),
    choosing(
      "port-taken", task(containers: app + #", "portMappings": [{"containerPort": 15000}]"#),
      then: {
        $0.ingressPort = 16000
      }),
    choosing(
      "image-without-shell", Injecting.web,
      { $0.envoyImage = "envoyproxy/envoy:distroless-v1.40.0" },
      then: {
        $0.envoyImage = nil
      }),
    choosing(
      "impossible-configuration", Injecting.web, { $0.ingressPort = 15001 },
      then: {
        $0.ingressPort = 15000
      }),
    choosing(
      "name-taken", task(containers: app, #""name": "xray-daemon""#), { $0.tracing = .xray },
      then: {
        $0.tracingContainer = ["name": "spans"]
      }),
    choosing(
      "no-log-region", Injecting.web, { $0.logs = .group("/mesh") }, then: { $0.logs = .inherit }),
    choosing(
      "configuration-replaced", Injecting.web,
      {
        $0.envoyContainer = [
          "environment": [["name": "ENVOY_BOOTSTRAP_GZIP_BASE64", "value": "mine"]]
        ]
      },
      then: {
        $0.envoyContainer = nil
        $0.environment = [NamedValue(name: "OTHER", value: "mine")]
      }),
    choosing(
      "patch-failed", Injecting.web,
      { $0.patches = try? JSONPatch([["op": "remove", "path": "/nothing"]]) },
      then: { $0.patches = try? JSONPatch([["op": "remove", "path": "/family"]]) }),
    choosing(
      "envoy-missing", Injecting.web,
      { $0.patches = try? JSONPatch([["op": "remove", "path": "/containerDefinitions/1"]]) },
      then: { $0.patches = nil }),
  ]

  private static let envoys = [
    choosing(
      "foreign-envoy", task(containers: app, Faulty.envoy), then: { $0.replacesForeign = true }),
    choosing("foreign-proxy", MeshedTask().json, then: { $0.replacesForeign = true }),
    choosing(
      "envoy-name-taken", task(containers: app, #""name": "envoy", "image": "nginx""#),
      then: {
        $0.envoyName = "proxy"
      }),
  ]

  private static let meshes = [
    choosing(
      "no-virtual-node", Injecting.web, { $0.describe(node: nil) },
      then: {
        $0.describe(node: "web")
      }),
    choosing(
      "other-mesh", Faulty.otherMesh, { $0.describe(node: nil) }, then: { $0.describe(node: "web") }
    ),
    choosing(
      "no-listener", Injecting.web,
      {
        $0.describe(node: "web")
        $0.appPorts = [9090]
      }, then: { $0.appPorts = nil }),
  ]

  private static let ledgers = [
    restoring("unreadable-ledger", replacing: #"\"format\":1"#, with: #"\"format\":9"#),
    restoring(
      "two-ledgers", replacing: #"{"name": "web""#,
      with: #"{"name": "e2", "dockerLabels": {"inject-envoy.io/ledger": "{}"}}, {"name": "web""#),
    restoring("renamed-container", replacing: #""name": "envoy""#, with: #""name": "proxy""#),
    restoring(
      "foreign-ledger", replacing: #"\"undo\":["#,
      with: #"\"undo\":[{\"remove\":\"/containerDefinitions\"},"#),
  ]

  private static let templates = [
    FollowedAdvice(
      code: "several-tasks", act: .policies,
      text: { Faulty.severalTasks },
      followed: { Faulty.severalTasks },
      change: { $0.resources = ["A"] }),
    choosing(
      "empty-template", Faulty.template(""), { $0.requiresTaskDefinition = true },
      then: {
        $0.requiresTaskDefinition = false
      }),
    editing(
      "task-in-loop", Faulty.loop,
      replacing: #""Fn::ForEach::T": ["N", ["a"], [{"T${N}": \#(Faulty.resource)}]]"#,
      with: #""Ta": \#(Faulty.resource)"#),
    editing(
      "undecided",
      Faulty.template(#""T": \#(Faulty.resource)"#).replacing(
        #""PortMappings": [{"ContainerPort": 80}]"#, with: #""PortMappings": {"Ref": "Ports"}"#),
      replacing: #"{"Ref": "Ports"}"#, with: #"[{"ContainerPort": {"Ref": "Port"}}]"#),
    editing("unsafe-edit", aliased, replacing: "- *web", with: "- {Name: web, Image: nginx}"),
    choosing("port-of-template", conditional, then: { $0.appPorts = [80, 81] }),
    editing(
      "wildcard-grant", Faulty.logged(token: #""arn:aws:ssm:eu-west-1:111122223333:parameter/*""#),
      replacing: "parameter/*", with: "parameter/token"),
    editing(
      "policy-name-taken",
      Faulty.policyTaken, Faulty.throughAppMesh, replacing: #"{"PolicyName": "inject-envoy"}"#,
      with: ""),
    editing(
      "role-too-large",
      Faulty.fullRole, Faulty.throughAppMesh, replacing: Faulty.statement, with: ""),
  ]

  private static let aliased = """
    Metadata:
      Web: &web {Name: web, Image: nginx}
    Resources:
      Task:
        Type: AWS::ECS::TaskDefinition
        Properties:
          NetworkMode: awsvpc
          ContainerDefinitions:
            - *web
    """

  private static let conditional = """
    Parameters:
      Port: {Type: Number, Default: 80}
    Conditions:
      Yes: !Equals [!Ref "AWS::Region", eu-west-1]
    Resources:
      Task:
        Type: AWS::ECS::TaskDefinition
        Properties:
          NetworkMode: awsvpc
          ContainerDefinitions:
            - !If [Yes, {Name: a, PortMappings: [{ContainerPort: !Ref Port}]}, !Ref AWS::NoValue]
            - {Name: web, PortMappings: [{ContainerPort: 80}]}
    """
}
