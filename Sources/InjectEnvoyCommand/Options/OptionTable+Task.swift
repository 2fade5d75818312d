import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The task around Envoy, and which of its traffic passes through Envoy.
extension OptionTable {
  static let traffic: [Option] = Option.group(
    .traffic, for: .sidecar,
    [
      Option(
        "app-port", .appPorts, "Application port whose inbound traffic passes through Envoy",
        optional: \.injection.servedApplicationPorts
      ).standard("every TCP port of the application containers").labels(.byDefault).common(),
      Option(
        "egress-ignored-port", .ports, "Destination port whose traffic bypasses Envoy, or none",
        optional: \.injection.egressIgnoredPorts
      ).standard("22, and 2049 with an EFS volume"),
      Option(
        "egress-http-port", Form<Int>.port.list(),
        "Additional destination port on which Envoy looks for HTTP. Needed for an upstream if the "
          + "application dials it on a different port", \.injection.egressHTTPPorts
      ).standard("80, 3000, 5000, 8000-8099, 8888, 9090, 50051, and the ports of upstreams"),
      Option(
        "egress-tcp-port", Form<Int>.port.list(),
        "Destination port on which Envoy never looks for HTTP", \.injection.egressTCPPorts),
      Option(
        "egress-ignored-ip", Form.addressBlock.list(),
        "Destination IP or CIDR whose traffic bypasses Envoy, or none",
        \.injection.egressIgnoredIPs
      ).standard("169.254.170.2 and 169.254.169.254"),
      Option(
        "ignored-gid", .integer("GID", 1...4_294_967_294),
        "Numeric group whose traffic is not redirected", optional: \.injection.ignoredGID),
      Option(
        "ingress-port", .port, "Envoy's port for inbound traffic", \.injection.ingressPort
      ).standard("15000"),
      Option(
        "egress-port", .port, "Envoy's port for outbound traffic", \.injection.egressPort
      ).standard("15001"),
      Option(
        "admin-port", .port, "Port of Envoy's admin interface", \.injection.adminPort
      ).standard("9901").only(.envoy),
    ])

  static let task: [Option] = Option.group(
    .task, for: .sidecar,
    [
      Option(
        "labels", .labels,
        "Docker labels that may set options; in a list, default stands for the default ones",
        \.labels
      ).standard("default").labels(.never),
      Option(
        "resource", Form.text("NAME", samples: "Web").list(),
        "Task definition of a CloudFormation template to inject", \.injection.resources
      ).standard("all").labels(.never),
      Option(
        "require-task-definition", .flag, "Reject a template that has no task definition",
        \.injection.requiresTaskDefinition
      ).labels(.never),
      Option(
        "only-container", Form.containerName.list(),
        "Container that waits for Envoy and whose ports Envoy serves", \.injection.onlyContainers
      ).standard("every application container").labels(.byDefault),
      Option(
        "skip-container", Form.containerName.list(),
        "Container that does not wait for Envoy and whose ports Envoy does not serve",
        \.injection.skipContainers
      ).only(.selecting).labels(.byDefault),
      Option(
        "job", .flag,
        "End the task when its application containers end, because Envoy is not essential",
        \.injection.isJob
      ).labels(.byDefault),
      Option(
        "network-mode", .word, "Network mode for a task that names none",
        optional: \.injection.networkMode),
      Option(
        "resize", .flag, "Raise the task's CPU and memory if the containers do not fit",
        \.injection.resize
      ).only(.envoy),
      Option(
        "replace-foreign", .flag, "First remove an Envoy that another tool or a person added",
        \.injection.replacesForeign
      ).common(),
      Option(
        "require-roles", .flag, "Reject a task that does not have the roles it needs",
        \.injection.requireRoles
      ).only(.envoy),
      Option(
        "disable-filter",
        Form.known(
          "NAME", { FilterDescription.all.filter(\.canBeDisabled).map(\.name) }, kind: "a filter",
          advice: "'inject-envoy filters' lists them."
        ).list(), "Filter to leave out; 'inject-envoy filters' lists them",
        \.injection.disabledFilters
      ).only(.envoy),
    ])

  static let gateway: [Option] = Option.group(
    .gateway, for: .gateway, labels: .never,
    [
      Option(
        "format", .word,
        "Task definition alone, or a template with its service and a load balancer",
        \.gatewayFormat
      ).standard("json"),
      Option("port", .gatewayPorts, "Port that Envoy listens on", optional: \.gateway.ports)
        .standard("the mesh listener's port, or 3000"),
      Option(
        "family", .containerName, "Family of the task definition", optional: \.gateway.family
      ).standard("the virtual gateway's name, or envoy-gateway"),
      Option(
        "cpu", .integer("UNITS", 256...32768), "CPU units of the task", \.gateway.cpu
      ).standard("256"),
      Option(
        "memory", .integer("MIB", 512...249_856), "Memory of the task in MiB", \.gateway.memory
      ).standard("512"),
      Option(
        "trusted-hops", .integer("N", 0...100),
        "Number of proxies in front of the gateway that it trusts to report the client's address",
        \.gateway.trustedHops
      ).standard("0"),
      Option(
        "task-role-arn", .text("ARN", samples: "arn:aws:iam::111122223333:role/a"),
        "Role of the processes in the task", optional: \.gateway.taskRoleArn),
      Option(
        "execution-role-arn", .text("ARN", samples: "arn:aws:iam::111122223333:role/b"),
        "Role that ECS uses to start the task", optional: \.gateway.executionRoleArn),
    ])
}

extension Form<[Int]> {
  /// Envoy does not run as root, so it cannot open lower ports.
  fileprivate static var gatewayPorts: Form {
    Form<Int>.integer("PORT", 1024...65535).list().map { ports throws(Problem) in
      guard !ports.isEmpty else {
        throw .usage("A gateway needs a port.", fix: "Give a port, or leave the option out.")
      }
      return ports
    }
  }
}

/// Application ports, with the protocols of those that name one.
struct ServedApplicationPorts: Hashable, Sendable {
  var numbers: [Int]
  var protocols: [Int: ServiceProtocol] = [:]
}

extension InjectionOptions {
  /// The property that `app-port` sets.
  fileprivate var servedApplicationPorts: ServedApplicationPorts? {
    get { appPorts.map { ServedApplicationPorts(numbers: $0, protocols: appProtocols) } }
    set {
      appPorts = newValue?.numbers
      appProtocols = newValue?.protocols ?? [:]
    }
  }
}

extension Form<ServedApplicationPorts> {
  /// `PORT`, or `PORT/PROTOCOL` to overrule the protocol that the document names.
  fileprivate static var appPorts: Form {
    let port = Form<String>(
      "PORT[/PROTOCOL]", samples: ["8080", "9090/grpc", "5432/tcp"], oddities: ["0", "80/quic"]
    ) { text throws(Problem) in text }
    return port.repeated { values throws(Problem) in
      var numbers: [String] = []
      var protocols: [Int: ServiceProtocol] = [:]
      for value in values {
        let parts = value.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let number = String(parts.first ?? "")
        numbers.append(number)
        guard parts.count == 2 else { continue }
        let port = try Form<Int>.port.read([number])
        let known = try Form<ServiceProtocol>.word.read([String(parts[1])])
        if let other = protocols.updateValue(known, forKey: port), other != known {
          throw .usage("Port \(port) has two protocols.", fix: "Give one of them.")
        }
      }
      return ServedApplicationPorts(
        numbers: try Form<[Int]>.ports.read(numbers), protocols: protocols)
    }
  }
}

extension Form<LabelRules> {
  fileprivate static var labels: Form {
    Form<String>.anything(
      "all|none|NAME,…", samples: "all", "none", "default", "job,user", "default,env"
    ).repeated { values throws(Problem) in try LabelRules(values) }
  }
}
