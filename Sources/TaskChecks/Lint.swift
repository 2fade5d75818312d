package import LosslessJSON
package import TaskDefinitions

/// One entry of the list of lints: a check, and the condition under which it applies to a document.
package struct Lint: Sendable {
  package let name: String
  package let summary: String
  /// Every rule that the check can report. Only the catalogue reads them, so a run does not make them.
  package var rules: [Rule] { declaredRules() }
  private let declaredRules: @Sendable () -> [Rule]
  /// Makes the check; `nil` if the document has nothing for it to judge.
  package let make: @Sendable (LintedTask) -> (any Check)?

  package init<C: Check>(_ type: C.Type, _ make: @escaping @Sendable (LintedTask) -> C?) {
    name = C.name
    summary = C.summary
    declaredRules = { C.rules }
    self.make = make
  }
}

/// A task, and the parts of it that decide which lints apply.
package struct LintedTask {
  package let task: TaskDefinition
  package let proxy: ProxyConfiguration?
  package let envoy: PresentEnvoy?
  /// The roles of the containers. Envoy is not an application, whoever added it.
  package let roles: ContainerRoles

  /// - Parameter roles: those of an injection that is not finished.
  package init(_ task: TaskDefinition, _ roles: ContainerRoles = ContainerRoles()) {
    self.task = task
    proxy = task.proxyConfiguration
    let envoy = task.presentEnvoy(roles)
    var roles = roles
    roles.envoy = envoy?.container
    self.envoy = envoy
    self.roles = roles
  }

  /// The containers that Envoy serves.
  package var applications: [NodeID] { roles.applications(of: task) }

  /// Envoy, if App Mesh's agent runs it.
  package var agent: PresentEnvoy? { envoy.flatMap { $0.hasAgent ? $0 : nil } }

  package var isInAwsvpc: Bool {
    let isKnown = !task.place.isList || envoy != nil
    return isKnown && task.hasText(NetworkMode.awsvpc, in: .networkMode, of: task.root)
  }

  /// Whether Envoy's health check runs in a shell.
  package var healthCheckNeedsShell: Bool {
    guard let envoy, let check = task.node(.healthCheck, of: envoy.container) else { return false }
    var words = task.list(.command, of: check).lazy.compactMap { task.text($0) }.makeIterator()
    if words.next() == "CMD-SHELL" { return true }
    let program = words.next()?.split(separator: "/").last
    return program == "sh" || program == "bash"
  }

  /// The ports on which Envoy listens, as far as the document shows them.
  package var reservedPorts: [ReservedPort] {
    let (ingress, egress) = (proxy?.number(.ingressPort), proxy?.number(.egressPort))
    let admin = envoy?.adminPort
    var ports: [ReservedPort] = []
    // If two settings name one port, only the last owner is reported.
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
