import LosslessJSON
import TaskDefinitions

extension Lint {
  /// Lints for task definitions that ECS cannot register or start, or that Envoy cannot serve. inject
  /// prints no document in which one of them finds an error.
  package static let errors: [Lint] = [
    // Apply with or without Envoy.
    Lint(CheckDependencies.self) { _ in CheckDependencies() },
    Lint(CheckHealthChecks.self) { _ in CheckHealthChecks() },
    Lint(CheckTaskSize.self) { _ in CheckTaskSize() },
    Lint(CheckSharedNetwork.self) { $0.isInAwsvpc ? CheckSharedNetwork() : nil },

    // Apply to every proxyConfiguration, whoever wrote it.
    Lint(RequireAwsvpc.self) { $0.proxy.map { _ in RequireAwsvpc() } },
    Lint(RequireLinux.self) { $0.proxy.map { _ in RequireLinux() } },
    Lint(CheckProxyWiring.self) { linted in
      linted.proxy.map { CheckProxyWiring(proxy: $0, envoy: linted.envoy) }
    },
    Lint(CheckProxyLists.self) { linted in
      linted.proxy.map { CheckProxyLists(proxy: $0, adminPort: linted.envoy?.adminPort) }
    },
    // A gateway has no applications that could use Envoy's ports.
    Lint(RequireFreePorts.self) { linted in
      linted.proxy.map { _ in
        RequireFreePorts(reserved: linted.reservedPorts, envoy: linted.envoy?.container)
      }
    },

    // Apply to Envoy. A health check without a shell may run a program that somebody added.
    Lint(RequireShell.self) { linted in
      guard let envoy = linted.envoy, envoy.reference.isDistroless, linted.healthCheckNeedsShell
      else { return nil }
      return RequireShell(image: envoy.image, envoy: envoy.container)
    },
    Lint(CheckAgent.self) { $0.agent.map(CheckAgent.init) },
  ]

  /// The document as it is registered; inject runs this after it has written its mark, which
  /// counts as well.
  package static let limits = Lint(RequireLimits.self) { linted in
    RequireLimits(envoy: linted.envoy?.container)
  }

  /// Lints of settings that work, but perhaps not as their owner expects.
  package static let warnings: [Lint] = [
    Lint(WarnAboutTaskSize.self) { _ in WarnAboutTaskSize() },
    Lint(WarnAboutProtocols.self) { _ in WarnAboutProtocols() },
    Lint(WarnAboutHealthChecks.self) { _ in WarnAboutHealthChecks() },
    Lint(RequireRoles.self) { linted in
      linted.envoy.map { RequireRoles(severity: .warning, containers: [$0.container]) }
    },
    Lint(WarnAboutBypass.self) { linted in
      linted.proxy.map {
        WarnAboutBypass(
          ignoredUID: $0.number(.ignoredUID), ignoredGID: $0.number(.ignoredGID),
          roles: linted.roles)
      }
    },
    Lint(WarnAboutDetours.self) { linted in
      guard let proxy = linted.proxy, let envoy = linted.envoy else { return nil }
      return WarnAboutDetours(proxy: proxy, envoy: envoy)
    },
    Lint(WarnAboutTraffic.self) { linted in
      linted.proxy.map { WarnAboutTraffic(proxy: $0, applications: linted.applications) }
    },
    Lint(WarnAboutEnvoyContainer.self) { $0.envoy.map(WarnAboutEnvoyContainer.init) },
    Lint(WarnAboutEnvoyImage.self) { $0.envoy.map(WarnAboutEnvoyImage.init) },
    Lint(WarnAboutAppMeshEnd.self) { $0.agent.map { _ in WarnAboutAppMeshEnd() } },
    Lint(WarnAboutAgentVariables.self) { $0.agent.map(WarnAboutAgentVariables.init) },
    Lint(WarnAboutAgentOperation.self) { $0.agent.map(WarnAboutAgentOperation.init) },
  ]

  package static let all = errors + [limits] + warnings
}
