import AppMesh
public import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension Rule {
  /// Every rule, by what it is about. The table in the documentation has this order.
  static let groups: [(title: String, rules: [Rule])] = [
    (
      "The document",
      [
        syntax, byteOrderMark, notATaskDefinition, yaml, unsafeEdit, belongsToTask, emptyTemplate,
        taskInLoop, unseenInclude, unseenTemplate, expressService, largeTemplate,
        unknownResource,
        wrongKind,
        notAnInteger, undecided,
        noContainers, unnamedContainer,
        duplicateContainer, tooManyContainers, tooLarge,
      ]
    ),
    (
      "What ECS takes",
      [
        unknownDependency, noHealthCheck, essentialCompletes, dependencyCycle, healthCheckCommand,
        healthCheckRange, taskTooSmall, taskTooLarge, memoryOvercommitted, illegalFargateSize,
        unreadableTaskSize,
        linksInAwsvpc,
        hostnameInAwsvpc, hostPort, portCollision, unknownProtocol,
        unknownAppProtocol, notAPort,
      ]
    ),
    (
      "Redirection",
      [
        notAwsvpc, windows, external, proxyContainerMissing, noIgnoredUser, notAUserID, envoyUser,
        noEgressPort, appPortsWithoutIngress, notAProxyPort, tooManyAppPorts, tooManyIgnoredPorts,
        notAnAddress, portTaken, envoyPortAsAppPort, efsPort, gatewayWithProxy,
        applicationBypassesEnvoy, logRouterThroughEnvoy, logRouterWaitsForEnvoy, nothingRedirected,
        sidecarThroughEnvoy, startsBeforeEnvoy, udpPort, serverFirstPort, httpProxyVariable,
        sharedProcesses,
      ]
    ),
    (
      "Envoy",
      [
        envoyMissing, imageWithoutShell, impossibleConfiguration, portOfTemplate, readOnlyEnvoy,
        envoyNotEssential,
        stopsTooEarly, nofileTooLow, openAgent, publishedAdminPort, oldEnvoyImage, mutableImage,
        foreignRegistry, healthCheckWithoutCurl, oldHealthCheck, noTaskRole, noExecutionRole,
        roleElsewhere, undecidedSecret, createsLogGroup,
      ]
    ),
    (
      "App Mesh's agent",
      [
        appMeshEnded, noAppMeshResource, notAnAppMeshResource, twoTracers, notABoolean,
        unreadVariable, loggedSecret,
      ]
    ),
    (
      "Injection",
      [
        gateway, foreignProxy, foreignEnvoy, foreignMesh, envoyNameTaken, leftoverDependency,
        unknownOrder,
        wrongLabel, unknownContainer, nothingSelected,
        nameTaken, policyNameTaken, newNetworkMode,
        noLogRegion, patchFailed, twoLedgers, unreadableLedger, foreignLedger,
        changedSince,
        renamedContainer, leftBehind, envoyAlone,
        keptDaemon, keptVolume, lostSettings,
      ]
    ),
    (
      "A mesh",
      [noVirtualNode, otherMesh, noListener, portPastEnvoy] + MeshRules.all
    ),
  ]

  public static let all = groups.flatMap(\.rules)

  /// The rule of that code.
  public static func named(_ code: String) -> Rule? { all.first { $0.code == code } }
}
