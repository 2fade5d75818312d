import AppMesh
import LosslessJSON

/// The losses of a node as a whole.
struct NodeLosses {
  let node: VirtualNode
  /// Whether other services call it by an alias.
  let isPublished: Bool

  func note(_ losses: inout LossList) {
    noteDiscovery(&losses)
    noteAccessLog(&losses)
    notePolicy(
      node.backendDefaults, "backendDefaults", Field.node(node.name, "backendDefaults"), &losses)
    for backend in node.backends {
      notePolicy(
        backend.clientPolicy, "backend '\(backend.virtualServiceName)'",
        Field.node(node.name, "backends", backend.virtualServiceName, "clientPolicy"), &losses)
    }
  }

  private func noteDiscovery(_ losses: inout LossList) {
    let fields = [Field.node(node.name, "serviceDiscovery")]
    switch node.serviceDiscovery {
    case .dns(let hostname, _, _): add(Self.dns, ["hostname": hostname], fields, &losses)
    case .awsCloudMap(let service, let namespace, _, _):
      add(Self.cloudMap, ["name": "\(service).\(namespace)"], fields, &losses)
    case nil: if isPublished { add(Self.becomesCallable, [:], fields, &losses) }
    }
  }

  private func noteAccessLog(_ losses: inout LossList) {
    guard let log = node.accessLog else { return }
    let isStandard = log.path == "/dev/stdout" && log.format == nil
    add(
      isStandard ? Self.accessLog : Self.accessLogFormat, [:],
      [Field.node(node.name, "accessLog")], &losses)
  }

  private func notePolicy(
    _ policy: ClientPolicy?, _ place: String, _ field: JSONPointer, _ losses: inout LossList
  ) {
    guard let tls = policy?.tls else { return }
    let isIdentity = tls.certificate != nil || !tls.validation.subjectAlternativeNames.isEmpty
    add(isIdentity ? Self.clientIdentity : Self.clientPolicy, ["place": place], [field], &losses)
  }

  private func add(
    _ kind: Loss.Kind, _ value: KeyValuePairs<String, String>, _ fields: [JSONPointer],
    _ losses: inout LossList
  ) {
    let (name, text) = (value.first?.key ?? "", value.first?.value ?? "")
    losses.add(
      kind, ["node": node.name, name: text], fields: fields, nodes: [node.name], at: node.origin)
  }
}

extension NodeLosses {
  static let kinds = [
    dns, cloudMap, becomesCallable, accessLog, accessLogFormat, clientIdentity, clientPolicy,
  ]

  private static let dns = Loss.Kind.note(
    "sc-dns-node",
    "Node '{node}' is found by DNS at {hostname}. If no ECS service runs it (a database, a host "
      + "outside), it takes no part: its callers dial it themselves, without the mesh's routes, "
      + "retries and TLS.",
    fix: "Leave its configuration out if no ECS service runs it.")
  private static let cloudMap = Loss.Kind.note(
    "sc-discovery",
    "ECS makes another Cloud Map service for node '{node}'. {name} stays for callers that use DNS.",
    fix: "Delete the old registration when no caller uses it.")
  private static let becomesCallable = Loss.Kind.note(
    "sc-becomes-callable",
    "Node '{node}' has no service discovery, so nobody can call it in the mesh. Service Connect makes "
      + "it callable.",
    fix: "Nothing is needed.")
  private static let accessLog = Loss.Kind.warning(
    "sc-access-log",
    "The access log of node '{node}' needs 'logConfiguration', which the mesh does not know.",
    fix:
      "Add the application's 'logConfiguration' to the configuration, and 'accessLogConfiguration' "
      + "with \"format\": \"JSON\" and \"includeQueryParameters\": \"ENABLED\".")
  private static let accessLogFormat = Loss.Kind.warning(
    "sc-access-log-format",
    "The access log of node '{node}' has a path or a format of its own. Service Connect has neither.",
    fix: "Add the application's 'logConfiguration' to the configuration, and "
      + "'accessLogConfiguration' with format TEXT or JSON.")
  private static let clientIdentity = Loss.Kind.error(
    "sc-client-identity",
    "Node '{node}' shows a certificate or checks names of servers ({place}). Service Connect has "
      + "identities of its own, and no mTLS.",
    fix: "Stay with Envoy, or give up these checks.")
  private static let clientPolicy = Loss.Kind.note(
    "sc-client-policy",
    "The client policy of node '{node}' ({place}) is replaced by Service Connect's: TLS exactly where "
      + "the called port has it.",
    fix: "Nothing is needed.")
}
