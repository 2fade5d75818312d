package import LosslessJSON
package import TaskDefinitions

/// Refuses a task that has, or had, an Envoy which this tool did not add.
///
/// Our own Envoy was taken out before the pipeline began, so whatever is left is another tool's
/// or was written by hand: a second Envoy on the same ports could not start.
package struct RefuseForeignEnvoy: Check {
  package static let name = "refuse-foreign-envoy"
  package static let summary = "refuse a task that already has a proxy which this tool did not add"

  package let envoyName: String

  package init(envoyName: String) {
    self.envoyName = envoyName
  }

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    if task.isGateway { return findings.add(.gateway, in: task.document) }
    if let proxy = task.node(.proxyConfiguration) {
      let container = task.text(.containerName, of: proxy) ?? ""
      findings.add(.foreignProxy(container), at: proxy, in: task.document)
    }
    let proxy = task.proxyContainer
    let isNameFree = task.container(named: envoyName) == nil
    for container in task.containers {
      // What the traffic is redirected to was told already.
      if container != proxy { check(container, task, &findings) }
      guard isNameFree else { continue }
      for dependency in task.list(.dependsOn, of: container)
      where task.hasText(envoyName, in: .containerName, of: dependency) {
        findings.add(
          .leftover(task.name(of: container), envoyName), at: dependency, in: task.document)
      }
    }
  }

  private func check(_ container: NodeID, _ task: TaskDefinition, _ findings: inout Findings) {
    if isEnvoy(container, task) {
      findings.add(
        .foreignEnvoy(task.name(of: container), task.imageText(of: container)), at: container,
        in: task.document)
    } else if task.hasImage(container, of: ImageReference.otherMeshes) {
      findings.add(
        .foreignMesh,
        ["name": task.name(of: container), "image": task.imageText(of: container)],
        at: container, in: task.document)
    } else if task.hasText(envoyName, in: .name, of: container) {
      findings.add(
        .nameTaken(envoyName, task.imageText(of: container), task.place.resource), at: container,
        in: task.document)
    }
  }

  private func isEnvoy(_ container: NodeID, _ task: TaskDefinition) -> Bool {
    if task.isCalledApplication(container) { return false }
    if task.hasImage(container, of: ImageReference.envoys) { return true }
    if task.standsInAppMesh(container) { return true }
    // A template's function tells it as well, even where nobody knows what it comes to.
    return task.place.values != nil && ImageReference(task.imageText(of: container)).isEnvoy
  }
}

extension TaskDefinition {
  /// Of a template that lets its deployment decide, the function.
  fileprivate func imageText(of container: NodeID) -> String {
    guard let image = node(.image, of: container) else { return "without an image" }
    return text(image) ?? document.value(image).compactText
  }
}

extension Rule {
  package static let foreignMesh = error(
    "foreign-mesh",
    "Container '{name}' ({image}) is the proxy of another service mesh. A task can redirect its "
      + "traffic to one proxy only.",
    fix: "Take that mesh out of the task first, or leave the task without Envoy.",
    see: Source.proxy)
}

extension Message {
  fileprivate static let gateway = Self(
    .gateway, "this task is a gateway of this tool: Envoy alone, with no application to serve")
  fileprivate static func foreignProxy(_ container: String) -> Self {
    Self(
      .foreignProxy,
      "the task already redirects its traffic to a proxy in container '\(container)' that this "
        + "tool did not add, and it can have only one")
  }
  fileprivate static func foreignEnvoy(_ name: String, _ image: String) -> Self {
    Self(
      .foreignEnvoy,
      "container '\(name)' (\(image)) is an Envoy that this tool did not add, "
        + "and a second one could not listen on the same ports")
  }
  /// - Parameter resource: of a template.
  fileprivate static func nameTaken(
    _ name: String, _ image: String, _ resource: String?
  ) -> Self {
    Self(
      .envoyNameTaken,
      "the name '\(name)' that Envoy would get belongs to a container (\(image)) that this tool "
        + "did not add",
      fix: resource.map {
        "if it is an Envoy, take it out with \(.replaceForeign), or leave \($0) as it is: name the "
          + "others with \(.resource); if not, name Envoy differently with \(.envoyName)"
      })
  }
  fileprivate static func leftover(_ name: String, _ envoyName: String) -> Self {
    Self(
      .leftoverDependency,
      "container '\(name)' waits for '\(envoyName)', which this task does not have: "
        + "an Envoy was removed by halves")
  }
}
