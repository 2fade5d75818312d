import LosslessJSON
package import TaskDefinitions

/// Warns of containers whose traffic takes another way than their owner may expect.
///
/// The redirection knows users, not containers: everything that runs under the ignored user or
/// group goes past Envoy, and everything else, log routers and agents included, goes through it.
package struct WarnOfBypass: Check {
  package static let name = "warn-of-bypass"
  package static let summary =
    "warn of containers that run as Envoy's user, or route logs through Envoy"

  /// `nil`: only a group is ignored.
  package let ignoredUID: Int?
  package let ignoredGID: Int?

  package init(ignoredUID: Int?, ignoredGID: Int?) {
    self.ignoredUID = ignoredUID
    self.ignoredGID = ignoredGID
  }

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for container in task.containers {
      let identity = task.identity(of: container)
      let bypasses =
        (identity.uid != nil && identity.uid == ignoredUID)
        || (identity.gid != nil && identity.gid == ignoredGID)
      if task.isLogRouter(container), !bypasses {
        findings.add(
          .routerThroughEnvoy(task.name(of: container)), at: container, in: task.document)
      } else if bypasses, task.isApplication(container),
        // Another's Envoy is refused; that it runs as Envoy's user is as it should be.
        !task.hasImage(container, of: ImageReference.envoys)
      {
        findings.add(
          .applicationBypasses(task.name(of: container)), at: task.node(.user, of: container),
          in: task.document)
      }
    }
  }
}

extension Message {
  fileprivate static func routerThroughEnvoy(_ name: String) -> Self {
    Self(
      .logRouterThroughEnvoy,
      "the log router '\(name)' sends its logs through Envoy, so they wait while Envoy starts and "
        + "are lost when it has stopped")
  }
  fileprivate static func applicationBypasses(_ name: String) -> Self {
    Self(
      .applicationBypassesEnvoy,
      "container '\(name)' runs under the user or group that is ignored, "
        + "so its outgoing traffic goes past Envoy")
  }
}
