import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension Pipeline {
  /// Every stage, in order. Comments explain positions that matter.
  ///
  /// Ten checks are also lints. The lists are separate because a step is built from the options and judges a
  /// document before or between edits, while a lint is built from the finished document alone.
  static let steps: [Step] = [
    // Reading. All later stages see the same form of task definition.
    Step(RegisterForm.self),
    // A ledger can only be read if the values around it have the right types.
    Step(RequireTaskDefinition.self),

    // Our own Envoy is removed first, so that any Envoy left afterwards is foreign.
    Step(TakeBack.self),
    Step(TakeOutForeign.self),

    // The mode must be set before it is checked.
    Step(SetNetworkMode.self) {
      $0.isSidecar ? SetNetworkMode(isForced: $0.networkMode != nil) : nil
    },

    // A document that cannot be injected is rejected, with all its problems, before any edit.
    Step(RequireAwsvpc.self) { $0.isSidecar ? RequireAwsvpc() : nil },
    // The containers may not be written for the mode that was just set.
    Step(CheckSharedNetwork.self) { $0.isSidecar ? CheckSharedNetwork() : nil },
    Step(RequireLinux.self) { $0.isSidecar ? RequireLinux() : nil },
    Step(RefuseForeignEnvoy.self) {
      $0.isSidecar
        ? RefuseForeignEnvoy(envoyName: $0.resolvedEnvoyName, selection: $0.selection) : nil
    },
    Step(
      RequireVirtualNode.self,
      in: { plan in
        guard plan.isSidecar, let mesh = plan.options.mesh else { return nil }
        return {
          RequireVirtualNode(
            mesh: mesh, appPorts: plan.appPorts, former: plan.former, applications: $0.applications)
        }
      }),
    Step(
      RequireSelectedContainers.self,
      in: { plan in
        guard plan.isSidecar else { return nil }
        return {
          RequireSelectedContainers(roles: $0.roles)
        }
      }),
    Step(RequireFreePorts.self) {
      RequireFreePorts(
        reserved: $0.reservedPorts, tracing: $0.tracing, selection: $0.selection)
    },
    Step(WarnAboutProtocols.self) { $0.isSidecar ? WarnAboutProtocols() : nil },
    Step(
      WarnAboutBypass.self,
      in: { plan in
        guard plan.isSidecar else { return nil }
        return {
          WarnAboutBypass(
            ignoredUID: plan.user, ignoredGID: plan.ignoredGID, roles: $0.roles)
        }
      }),
    Step(WarnAboutAppMeshEnd.self) { $0.source.hasEnded ? WarnAboutAppMeshEnd() : nil },
    Step(RequireShell.self) {
      $0.source.hasAgent ? nil : RequireShell(image: $0.resolvedEnvoyImage)
    },

    // Containers are added before anything refers to them.
    Step(AddEnvoyContainer.self) {
      AddEnvoyContainer(
        containerName: $0.resolvedEnvoyName, image: $0.resolvedEnvoyImage, user: $0.envoyUser,
        size: AddEnvoyContainer.Size(
          cpu: $0.envoyCPU, memory: $0.envoyMemory, memoryReservation: $0.envoyMemoryReservation),
        isEssential: !$0.isJob)
    },
    Step(PublishPorts.self) { plan in
      plan.gateway.map { PublishPorts(ports: $0.ports(with: plan.options)) }
    },
    Step(SetAppMeshEnvironment.self) { plan in
      plan.source.agentEnvironment(plan.options).map { SetAppMeshEnvironment(variables: $0) }
    },
    Step(SetEnvironment.self) {
      $0.source.hasAgent || $0.environment.isEmpty ? nil : SetEnvironment(variables: $0.environment)
    },
    Step(EmbedBootstrap.self) { $0.source.hasAgent ? nil : EmbedBootstrap(plan: $0) },
    Step(SetEnvoySecrets.self) {
      $0.secrets.isEmpty ? nil : SetEnvoySecrets(secrets: $0.secrets)
    },
    Step(SetHealthCheck.self) {
      SetHealthCheck(command: $0.healthCheckCommand, timing: $0.health)
    },
    Step(RaiseFileLimit.self) { RaiseFileLimit(nofile: $0.nofile ?? Defaults.nofile) },
    Step(SetTimeouts.self) {
      SetTimeouts(startTimeoutSeconds: $0.startTimeout, stopTimeoutSeconds: $0.stopTimeout)
    },
    Step(AddTracingDaemon.self) {
      $0.tracing == .none
        ? nil
        : AddTracingDaemon(
          tracing: $0.tracing, containerName: $0.tracingDaemonName, image: $0.tracingDaemonImage,
          command: $0.tracingDaemonCommand, user: $0.user, region: $0.regionName)
    },
    // Both generated containers exist now, and no setting of ours has been copied yet.
    Step(CopyLogging.self) {
      $0.logs == .none
        ? nil : CopyLogging(logs: $0.logs, streamPrefix: $0.logStreamPrefix, region: $0.regionName)
    },
    // The user's overrides come after all of our settings of generated containers, and before wiring, which
    // adds dependencies to those that the user set.
    Step(OverrideContainers.self) {
      $0.envoyContainer == nil && $0.tracingContainer == nil
        ? nil
        : OverrideContainers(envoy: $0.envoyContainer, tracingDaemon: $0.tracingContainer)
    },

    // Wiring. Envoy waits for its daemon first, so that no application has to wait for itself through the
    // daemon.
    Step(RedirectTraffic.self) { $0.isSidecar ? RedirectTraffic(options: $0.options) : nil },
    Step(WaitForTracingDaemon.self) { $0.tracing == .none ? nil : WaitForTracingDaemon() },
    Step(WaitForEnvoy.self) {
      $0.isSidecar ? WaitForEnvoy(containerName: $0.resolvedEnvoyName) : nil
    },

    // Envoy is complete now and can be compared with the former one.
    Step(
      WarnAboutLostSettings.self,
      in: { plan in
        guard let former = plan.former, !former.isOurs else { return nil }
        return { WarnAboutLostSettings(former: former, options: plan.options, envoy: $0.envoy) }
      }),

    // All containers have their final size.
    Step(FitTaskSize.self) {
      $0.ignoresSize ? nil : FitTaskSize(resizes: $0.resize, given: $0.parameters)
    },
    // The user's patches come last: they see, and may change, everything except the mark.
    Step(ApplyPatches.self) { $0.patches.map(ApplyPatches.init) },
    // The output must pass 'check', so this stage runs its error lints.
    Step(
      VerifyEnvoy.self,
      in: { plan in
        let hasUserText =
          plan.envoyContainer != nil || plan.tracingContainer != nil || plan.patches != nil
        let user = plan.envoyUser
        return {
          VerifyEnvoy(
            containerName: plan.resolvedEnvoyName, roles: $0.roles, user: user,
            hasUserText: hasUserText, ignoresSize: plan.ignoresSize)
        }
      }),
    // The roles must allow everything that the final containers need.
    Step(
      RequireRoles.self,
      in: { plan in
        let severity: Rule.Severity = plan.requireRoles ? .error : .warning
        return {
          RequireRoles(
            severity: severity, toleratesMissing: plan.toleratesMissingRoles,
            containers: $0.addedContainers, sendsTraces: $0.roles.sendsTraces)
        }
      }),
    Step(GrantPermissions.self) { _ in GrantPermissions() },
    // The ledger is the inverse of all edits above.
    Step(MarkInjected.self) {
      MarkInjected(isGateway: !$0.isSidecar, meshResource: $0.meshResource)
    },
    // The ledger counts towards the size.
    Step(RequireLimits.self, in: { _ in { RequireLimits(envoy: $0.envoy) } }),
  ]
}
