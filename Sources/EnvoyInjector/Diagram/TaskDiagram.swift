import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// A Mermaid flowchart of a task for reviewers, which GitHub renders: the start order, the health that
/// containers wait for, and the path of the traffic.
///
/// - SeeAlso: <https://mermaid.js.org/syntax/flowchart.html>
public struct TaskDiagram {
  private let linted: LintedTask
  private var task: TaskDefinition { linted.task }

  /// - Parameter bytes: a task definition as JSON in UTF-8.
  /// - Returns: `nil` if the bytes are not a task definition.
  public init?(_ bytes: [UInt8]) {
    guard let opened = try? OpenedDocument(bytes) else { return nil }
    linted = LintedTask(opened.task)
  }

  /// The text of the flowchart. The output is deterministic.
  public var mermaid: String {
    let lines = ["flowchart LR"] + box + startOrder + traffic + calls
    return lines.map { $0 + "\n" }.joined()
  }

  private var box: [String] {
    let title = ["task", task.displayName].filter { !$0.isEmpty }.joined(separator: " ")
    let containers = task.containers.enumerated().map { index, container in
      "    c\(index)[\(MermaidText.quoted(label(of: container)))]"
    }
    return ["  subgraph task[\(MermaidText.quoted([title]))]"] + containers + ["  end"]
  }

  private func label(of container: NodeID) -> [String] {
    let ports = task.list(.portMappings, of: container).compactMap {
      task.integer(.containerPort, of: $0)
    }
    let facts = [
      ports.isEmpty ? nil : "port " + ports.map { String($0) }.joined(separator: ", "),
      task.node(.healthCheck, of: container).map { _ in "health check" },
      task.isEssential(container) ? nil : "not essential",
    ]
    return [task.name(of: container), task.text(.image, of: container) ?? ""]
      + facts.compactMap { $0 }
  }

  /// Dotted arrows from a container to those that wait for it.
  private var startOrder: [String] {
    task.containers.flatMap { container in
      task.list(.dependsOn, of: container).compactMap { dependency in
        guard let name = task.text(.containerName, of: dependency),
          let target = task.container(named: name), let from = id(of: target),
          let to = id(of: container)
        else { return nil }
        let condition = task.text(.condition, of: dependency) ?? ""
        return "  \(from) -.->|\(MermaidText.quoted(["starts after " + condition]))| \(to)"
      }
    }
  }

  private var traffic: [String] {
    guard let proxy = linted.proxy, let envoy = linted.envoy?.container, let to = id(of: envoy)
    else { return [] }
    let applications = linted.applications.compactMap(id)
    let inbound = inbound(proxy, to, applications)
    let egress = MermaidText.quoted(["TCP to " + (proxy[.egressPort]?.value ?? "?")])
    let ignored = [proxy[.egressIgnoredPorts]?.value, proxy[.egressIgnoredIPs]?.value]
      .compactMap { $0 }
    let detour = MermaidText.quoted(["past Envoy"] + ignored)
    return inbound + applications.map { "  \($0) ==>|\(egress)| \(to)" }
      + ["  \(to) ==> services((\(MermaidText.quoted(["services"]))))"]
      + (ignored.isEmpty ? [] : applications.map { "  \($0) -->|\(detour)| outside((outside))" })
  }

  /// From AWS to Envoy, which asks it while the task runs.
  private var calls: [String] {
    guard let envoy = linted.envoy?.container, let id = id(of: envoy),
      let calls = task.callsOfAWS(by: envoy)
    else { return [] }
    let services = calls.services.map { ["endpoints of \($0.name).\($0.namespace)"] }
    let objects = calls.objects.map { ["weights from \($0.bucket)/\($0.key)"] }
    let secrets = calls.secrets.map { ["certificate from \($0)"] }
    return services.map { "  cloudmap[(Cloud Map)] -.->|\(MermaidText.quoted($0))| \(id)" }
      + objects.map { "  s3[(S3)] -.->|\(MermaidText.quoted($0))| \(id)" }
      + secrets.map { "  secrets[(Secrets Manager)] -.->|\(MermaidText.quoted($0))| \(id)" }
  }

  private func inbound(
    _ proxy: ProxyConfiguration, _ envoy: String, _ applications: [String]
  ) -> [String] {
    guard let ports = proxy[.appPorts]?.value, let ingress = proxy[.ingressPort]?.value else {
      return []
    }
    let redirected = MermaidText.quoted(["port \(ports) to \(ingress)"])
    let served = Set(proxy.ports(.appPorts))
    let owners = linted.applications.filter { container in
      task.list(.portMappings, of: container).contains {
        task.integer(.containerPort, of: $0).map(served.contains) == true
      }
    }
    let targets = owners.isEmpty ? applications : owners.compactMap(id)
    return ["  clients((clients)) ==>|\(redirected)| \(envoy)"]
      + targets.map { "  \(envoy) ==>|\(MermaidText.quoted(["requests"]))| \($0)" }
  }

  private func id(of container: NodeID) -> String? {
    task.containers.firstIndex(of: container).map { "c\($0)" }
  }
}

/// Text for a Mermaid diagram.
enum MermaidText {
  /// A quoted label. Characters that could end the label, or have a meaning in Markdown or HTML, are written as
  /// entities.
  static func quoted(_ lines: [String]) -> String {
    "\"" + lines.filter { !$0.isEmpty }.map(escaped).joined(separator: "<br/>") + "\""
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isPlain =
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || " -./:,".unicodeScalars.contains(scalar)
      return isPlain ? String(scalar) : "#\(scalar.value);"
    }.joined()
  }
}
