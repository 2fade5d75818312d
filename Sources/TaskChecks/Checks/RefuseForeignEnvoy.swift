package import LosslessJSON
package import TaskDefinitions

/// Refuses a task that has, or had, an Envoy that this tool did not add.
///
/// An earlier stage has removed our own Envoy. Any other Envoy comes from another tool or was written
/// by hand, and a second one could not start on its ports.
package struct RefuseForeignEnvoy: Check {
  package static let name = "refuse-foreign-envoy"
  package static let summary = "Refuse a task that already has a proxy which this tool did not add"

  package let envoyName: String
  /// The containers that the user calls applications are no Envoy.
  package let selection: ContainerSelection

  package init(envoyName: String, selection: ContainerSelection = ContainerSelection()) {
    self.envoyName = envoyName
    self.selection = selection
  }

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    if task.isGateway { return findings.add(Self.gateway, at: task.root, in: task.document) }
    if let proxy = task.node(.proxyConfiguration) {
      let container = task.text(.containerName, of: proxy) ?? ""
      findings.add(Self.foreignProxy, ["name": container], at: proxy, in: task.document)
    }
    if let service = task.place.connectedService {
      findings.add(
        Self.serviceConnect, ["service": service.name], at: service.configuration,
        in: task.document)
    }
    let proxy = task.proxyContainer
    let isNameFree = task.container(named: envoyName) == nil
    for container in task.containers {
      // The proxy is reported already.
      if container != proxy { check(container, task, &findings) }
      guard isNameFree else { continue }
      for dependency in task.list(.dependsOn, of: container)
      where task.hasText(envoyName, in: .containerName, of: dependency) {
        findings.add(
          Self.leftoverDependency, ["name": task.name(of: container), "envoy": envoyName],
          at: dependency, in: task.document)
      }
    }
  }

  private func check(_ container: NodeID, _ task: TaskDefinition, _ findings: inout Findings) {
    if task.isEnvoy(container), !task.isCalledApplication(container, selection) {
      let name = task.name(of: container)
      findings.add(
        Self.foreignEnvoy, ["name": name, "image": task.imageText(of: container)],
        fix: name.isEmpty ? nil : Self.advice(forEnvoy: name), at: container, in: task.document)
    } else if task.namesImage(container, of: ImageReference.otherMeshes) {
      findings.add(
        Self.foreignMesh,
        ["name": task.name(of: container), "image": task.imageText(of: container)],
        at: container, in: task.document)
    } else if task.hasText(envoyName, in: .name, of: container) {
      findings.add(
        Self.envoyNameTaken, ["name": envoyName, "image": task.imageText(of: container)],
        fix: task.place.resource.map(Self.fix), at: container, in: task.document)
    }
  }
}

extension TaskDefinition {
  /// The container's image, or the intrinsic function that decides it.
  fileprivate func imageText(of container: NodeID) -> String {
    guard let image = node(.image, of: container) else { return "without an image" }
    return text(image) ?? document.value(image).compactText
  }
}

extension RefuseForeignEnvoy {
  package static let rules = [gateway, foreignMesh, serviceConnect, envoyNameTaken] + foreign

  /// The rules that report another tool's Envoy, or what is left of it.
  package static let foreign = [foreignProxy, foreignEnvoy, leftoverDependency]

  private static let gateway = Rule.error(
    "gateway",
    "The task is a gateway that this tool printed: Envoy alone, without an application to serve.",
    fix: "Print it again with 'inject-envoy gateway' to change it. \(.suppress, "gateway") lets "
      + "'inject-envoy check' lint it all the same.")
  private static let foreignProxy = Rule.error(
    "foreign-proxy",
    "The task already redirects its traffic to a proxy in container '{name}', which this tool did "
      + "not add. A task can have only one proxy.",
    fix: "Remove it with 'inject-envoy uninject \(.foreign)', or replace it with "
      + "\(.replaceForeign).", see: Rule.Source.proxy)
  private static let foreignEnvoy = Rule.error(
    "foreign-envoy",
    "Container '{name}' ({image}) is an Envoy that this tool did not add. A second Envoy could not "
      + "listen on its ports.",
    fix: advice(forEnvoy: "NAME"))
  package static let foreignMesh = Rule.error(
    "foreign-mesh",
    "Container '{name}' ({image}) is the proxy of another service mesh. A task can redirect its "
      + "traffic to one proxy only.",
    fix: "Take that mesh out of the task first, or leave the task without Envoy.",
    see: Rule.Source.proxy)
  package static let serviceConnect = Rule.error(
    "service-connect",
    "Service '{service}' runs the task with ECS Service Connect, whose proxy ECS adds to each of its "
      + "tasks. A service can be in one mesh only.",
    fix: "Remove ServiceConnectConfiguration from the service, or name the other task definitions "
      + "with \(.resource).",
    see: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html")
  private static let envoyNameTaken = Rule.error(
    "envoy-name-taken",
    "Envoy would get the name '{name}', but a container that this tool did not add ({image}) has it.",
    fix: "Name Envoy differently with \(.envoyName), or remove that container if it is an Envoy.")
  private static let leftoverDependency = Rule.error(
    "leftover-dependency",
    "Container '{name}' waits for '{envoy}', which the task does not have. An Envoy was only partly "
      + "removed.",
    fix: "Remove that element of dependsOn, for example with 'inject-envoy uninject \(.foreign)'.",
    see: Rule.Source.dependency)

  /// - Parameter name: the container's.
  private static func advice(forEnvoy name: String) -> Wording {
    "Remove it with 'inject-envoy uninject \(.foreign)', or replace it with \(.replaceForeign). If it "
      + "is an application with a port of its own, such as a gRPC-Web proxy, keep it with "
      + "\(.skipContainer, name)."
  }

  /// - Parameter resource: a task definition of a template that has several.
  private static func fix(for resource: String) -> Wording {
    "If the container is an Envoy, replace it with \(.replaceForeign), or leave \(resource) as it is "
      + "and name the others with \(.resource). If not, name Envoy differently with \(.envoyName)."
  }
}
