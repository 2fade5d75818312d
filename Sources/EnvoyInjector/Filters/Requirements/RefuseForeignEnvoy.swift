import LosslessJSON

/// Refuses a task that has, or had, an Envoy which this tool did not add.
///
/// Our own Envoy was taken out before the pipeline began, so whatever is left is another tool's
/// or was written by hand: a second Envoy on the same ports could not start.
struct RefuseForeignEnvoy: Requirement {
  static let name = "refuse-foreign-envoy"
  static let summary = "refuse a task that already has a proxy which this tool did not add"

  let envoyName: String

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    if task.isGateway { return findings.add(.gateway, in: task.document) }
    if let proxy = task.node(.proxyConfiguration) {
      let container = task.text(.containerName, of: proxy) ?? ""
      findings.add(.foreignProxy(container), at: proxy, in: task.document)
    }
    for container in task.containers {
      let name = task.name(of: container)
      // What the traffic is redirected to was told already.
      if container != task.proxyContainer { check(container, name, task, &findings) }
      guard task.container(named: envoyName) == nil else { continue }
      for dependency in task.list(.dependsOn, of: container)
      where task.text(.containerName, of: dependency) == envoyName {
        findings.add(.leftover(name, envoyName), at: dependency, in: task.document)
      }
    }
  }

  private func check(
    _ container: NodeID, _ name: String, _ task: TaskDefinition, _ findings: inout Findings
  ) {
    let image = task.imageText(of: container)
    if ImageReference(image).isEnvoy {
      findings.add(.foreignEnvoy(name, image), at: container, in: task.document)
    } else if name == envoyName {
      findings.add(.nameTaken(name, image, task.place.resource), at: container, in: task.document)
    }
  }
}

extension ImageReference {
  /// Images whose program is Envoy: upstream's, App Mesh's, and mirrors that keep the name.
  var isEnvoy: Bool {
    repository == "envoy" || repository == "envoy-alpine" || repository == "envoy-distroless"
      || repository == "aws-appmesh-envoy"
  }
}

extension TaskDefinition {
  /// Of a template that lets its deployment decide, the function.
  fileprivate func imageText(of container: NodeID) -> String {
    guard let image = node(.image, of: container) else { return "without an image" }
    return text(image) ?? document.value(image).compactText
  }
}

extension Finding.Message {
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
        "if it is an Envoy, take it out with --replace-foreign, or leave \($0) as it is: name the "
          + "others with --resource; if not, name Envoy differently with --envoy-name"
      })
  }
  fileprivate static func leftover(_ name: String, _ envoyName: String) -> Self {
    Self(
      .leftoverDependency,
      "container '\(name)' waits for '\(envoyName)', which this task does not have: "
        + "an Envoy was removed by halves")
  }
}
