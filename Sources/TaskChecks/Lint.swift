import LosslessJSON
package import TaskDefinitions

/// One line of the list of lints: a requirement, and when a document has what it is about.
package struct Lint: Sendable {
  package let name: String
  package let summary: String
  /// `nil`: there is nothing in the document to judge.
  package let make: @Sendable (LintedTask) -> (any Check)?

  package init<R: Check>(_ type: R.Type, _ make: @escaping @Sendable (LintedTask) -> R?) {
    name = R.name
    summary = R.summary
    self.make = make
  }
}

/// What of a task the lints ask for before they judge it.
package struct LintedTask {
  package let task: TaskDefinition
  package let proxy: ProxyConfiguration?
  package let envoy: PresentEnvoy?

  package init(_ task: TaskDefinition) {
    proxy = task.proxyConfiguration
    envoy = task.presentEnvoy
    var task = task
    // Whoever added it: it is none of the applications.
    task.envoy = envoy?.container
    self.task = task
  }

  /// Envoy, where App Mesh's agent runs it.
  package var agent: PresentEnvoy? { envoy.flatMap { $0.hasAgent ? $0 : nil } }

  package var isInAwsvpc: Bool {
    let isKnown = !task.place.assumesNetworkMode || envoy != nil
    return isKnown && task.text(.networkMode) == NetworkMode.awsvpc
  }

  /// Whether Envoy's health check is a line for a shell.
  package var healthCheckNeedsShell: Bool {
    guard let envoy, let check = task.node(.healthCheck, of: envoy.container) else { return false }
    var words = task.list(.command, of: check).lazy.compactMap { task.text($0) }.makeIterator()
    if words.next() == "CMD-SHELL" { return true }
    let program = words.next()?.split(separator: "/").last
    return program == "sh" || program == "bash"
  }

  /// Ports on which Envoy listens, as far as the document tells.
  package var reservedPorts: [ReservedPort] {
    let (ingress, egress) = (proxy?.number(.ingressPort), proxy?.number(.egressPort))
    let admin = envoy?.adminPort
    var ports: [ReservedPort] = []
    // Of one port that is named twice, the last owner is told.
    if let ingress, ingress != egress, ingress != admin {
      ports.append(ReservedPort(number: ingress, owner: "Envoy's inbound listener"))
    }
    if let egress, egress != admin {
      ports.append(ReservedPort(number: egress, owner: "Envoy's outbound listener"))
    }
    if let admin { ports.append(ReservedPort(number: admin, owner: "Envoy's admin interface")) }
    return ports.sorted { $0.number < $1.number }
  }

  /// Judges the task by each lint of a list.
  package func check(_ lints: [Lint], _ findings: inout Findings) {
    for lint in lints {
      findings.stage = lint.name
      lint.make(self)?.check(task, &findings)
    }
  }
}
