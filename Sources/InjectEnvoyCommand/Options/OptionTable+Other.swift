import EnvoyInjector
import RolePolicies
import TaskDefinitions

extension OptionTable {
  /// What only `gateway` knows: the task around Envoy.
  static let gateway = only(
    .gateway,
    [
      .callValues(
        "port", "PORT", "port that Envoy listens on [default: the mesh listener's port, or 3000]"
      ) {
        call, values throws(ValueProblem) in
        // Envoy is not root: lower ports are closed to it.
        let ports = try Value.list(values) { text throws(ValueProblem) in
          try Value.integer(text, 1024...65535)
        }
        guard !ports.isEmpty else { throw ValueProblem("a gateway needs a port") }
        call.gateway.ports = ports
      },
      .callValue("family", "NAME", "family of the task definition") {
        call, text throws(ValueProblem) in
        call.gateway.family = try Value.containerName(text)
      },
      .callValue("cpu", "UNITS", "CPU units of the task [default: 256]") {
        call, text throws(ValueProblem) in
        call.gateway.cpu = try Value.integer(text, 256...32768)
      },
      .callValue("memory", "MIB", "memory of the task in MiB [default: 512]") {
        call, text throws(ValueProblem) in
        call.gateway.memory = try Value.integer(text, 512...249_856)
      },
      .callValue(
        "trusted-hops", "N",
        "number of proxies before the gateway that are believed about clients [default: 0]"
      ) {
        call, text throws(ValueProblem) in
        call.gateway.trustedHops = try Value.integer(text, 0...100)
      },
      .callValue("task-role-arn", "ARN", "role of the processes in the task") {
        call, text throws(ValueProblem) in
        call.gateway.taskRoleArn = try Value.word(text)
      },
      .callValue("execution-role-arn", "ARN", "role that ECS uses to start the task") {
        call, text throws(ValueProblem) in
        call.gateway.executionRoleArn = try Value.word(text)
      },
    ])

  /// What only `policy` knows.
  static let policy = only(
    .policy,
    [
      .callValue("format", "FORMAT", "json, cli, cloudformation or terraform") {
        call, text throws(ValueProblem) in
        call.policy.format = try Value.word(text, PolicyFormat.self)
      },
      .callFlag("trust", "also print the trust policy of existing roles") {
        $0.policy.withTrust = $1
      },
      .callValues("acm-certificate", "ARN", "certificate that the App Mesh Envoy presents") {
        call, values throws(ValueProblem) in
        call.policy.certificates.certificates = try Value.list(values) {
          text throws(ValueProblem) in
          try Value.arn(text, of: "acm")
        }
      },
      .callValues(
        "acm-authority", "ARN", "private certificate authority that the App Mesh Envoy trusts"
      ) {
        call, values throws(ValueProblem) in
        call.policy.certificates.authorities = try Value.list(values) { text throws(ValueProblem) in
          try Value.arn(text, of: "acm-pca")
        }
      },
    ])

  static func only(
    _ command: Subcommand, _ options: [OptionSpecification]
  ) -> [OptionSpecification] {
    options.map { $0.only([command]) }
  }
}

extension Value {
  static func appMeshResource(_ text: String) throws(ValueProblem) -> AppMeshResource {
    do throws(OptionError) {
      return try AppMeshResource(text)
    } catch {
      throw ValueProblem(error.message.text.spelled, fix: error.message.fix.spelled)
    }
  }

  static func arn(_ text: String, of service: String) throws(ValueProblem) -> String {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), parts[2] == service else {
      throw ValueProblem("'\(text)' is no ARN of \(service)")
    }
    return try plainName(text)
  }
}
