import AppMesh
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct RequireVirtualNodeTests {
  private static let origin = Origin(file: "shop.yaml", pointer: "", line: 1)

  private static let mesh: Mesh = {
    var mesh = Mesh(name: "shop")
    var web = VirtualNode(name: "web", origin: origin)
    web.listeners = [NodeListener(portMapping: PortMapping(port: 8080, protocol: .http))]
    mesh.virtualNodes = [web, VirtualNode(name: "worker", origin: origin)]
    return mesh
  }()

  private func options(node: String? = nil) -> InjectionOptions {
    var options = InjectionOptions(
      controlPlane: .mesh(MeshOptions(MeshCompiler(Self.mesh), member: node)))
    options.replacesForeign = true
    return options
  }

  private func findings(
    _ json: String, _ options: InjectionOptions? = nil
  ) -> [String] {
    let injector = Injector(options ?? self.options())
    do {
      let warnings = try injector.inject(Array(json.utf8)).warnings
      return warnings.filter { $0.stage == RequireVirtualNode.name }.map(FilterRun.line)
    } catch InjectionError.refused(let findings) {
      return findings.map(FilterRun.line)
    } catch {
      return ["\(error)"]
    }
  }

  private func meshed(_ arn: String, _ variable: String = "APPMESH_RESOURCE_ARN") -> String {
    var meshed = MeshedTask()
    meshed.variables = [variable: arn]
    return meshed.json
  }

  private static func unknown(_ reason: String) -> String {
    "error [no-virtual-node] at /containerDefinitions: The virtual node of the task's Envoy is "
      + "unknown: \(reason).; fix: Name one of these with --node, or with the label "
      + "inject-envoy.io/node on a container: web, worker"
  }

  @Test(arguments: [
    ("arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualNode/web", "APPMESH_RESOURCE_ARN"),
    ("mesh/shop/virtualNode/web", "APPMESH_VIRTUAL_NODE_NAME"),
    ("arn:aws:appmesh:$REGION:${ACCOUNT}:mesh/shop/virtualNode/web", "APPMESH_RESOURCE_ARN"),
  ])
  func takesTheNodeOfTheEnvoyThatWasThere(_ arn: String, _ variable: String) throws {
    let injector = Injector(options())
    let injection = try injector.inject(Array(meshed(arn, variable).utf8))
    #expect(injection.facts.contains("mesh/shop/virtualNode/web"))
    // From now on, its mark names the node.
    #expect(try injector.inject(injection.output).outcome == .upToDate)
    #expect(injector.check(injection.output).state == .current)
  }

  @Test func anOptionCountsMore() throws {
    let injection = try Injector(options(node: "worker"))
      .inject(Array(meshed("mesh/other/virtualNode/web").utf8))
    #expect(injection.facts.contains("mesh/shop/virtualNode/worker"))
  }

  @Test(arguments: [
    (
      "mesh/shop/virtualNode/wbe",
      "the mesh files do not describe virtual node 'wbe'"
    ),
    (
      "mesh/shop/virtualNode/${NODE}",
      "the deployment of the stack decides it (mesh/shop/virtualNode/${NODE})"
    ),
  ])
  func namesTheNodesThereAre(_ arn: String, _ text: String) {
    #expect(
      findings(meshed(arn)) == [
        Self.unknown(text)
      ])
  }

  @Test func refusesATaskWithoutAnEnvoy() {
    #expect(
      findings(Injecting.web) == [
        Self.unknown("no option, label, or variable names it")
      ])
  }

  @Test func refusesAnotherMesh() {
    #expect(
      findings(meshed("mesh/bank/virtualNode/web")) == [
        "error [other-mesh] at /containerDefinitions: The task's Envoy runs for 'web' of mesh "
          + "'bank', but the mesh files describe mesh 'shop'.; fix: Pass the files of that mesh, "
          + "or name a node of this one with --node."
      ])
  }

  @Test func refusesAGatewayBesideApplications() {
    #expect(
      findings(meshed("mesh/shop/virtualGateway/door")) == [
        "error [no-virtual-node] at /containerDefinitions: The virtual node of the task's "
          + "Envoy is unknown: the Envoy runs for virtual gateway 'door'.; fix: Print the "
          + "gateway's task definition with 'inject-envoy gateway --mesh-file FILE --gateway door'."
      ])
  }

  @Test func refusesAppPortsWithoutAListener() {
    var options = options(node: "web")
    options.appPorts = [8080, 9090]
    #expect(
      findings(Injecting.web, options) == [
        "error [no-listener] at /containerDefinitions: Virtual node 'web' has no listener for "
          + "application port 9090, so Envoy would close its connections.; fix: Name only ports of "
          + "the node's listeners with --app-port: 8080"
      ])
    options = self.options(node: "worker")
    options.appPorts = [8080]
    #expect(findings(Injecting.web, options)[0].hasSuffix("because the node has no listener."))
  }

  @Test func warnsOfPortsWithoutAListener() {
    let ports =
      #""portMappings": [{"containerPort": 8080}, {"containerPortRange": "90-95"}, "#
      + #"{"containerPort": 53, "protocol": "udp"}]"#
    #expect(
      findings(task(containers: #""name": "app", \#(ports)"#), options(node: "web")) == [
        "warning [port-past-envoy] at /containerDefinitions/0/portMappings/1: Virtual node "
          + "'web' has no listener for port 90-95 of container 'app', so its traffic bypasses "
          + "Envoy.; fix: Add a listener to the virtual node's description if Envoy should serve "
          + "the port."
      ])
  }

  /// Only ports of listeners are redirected, even if the containers publish more.
  @Test func redirectsThePortsOfListeners() throws {
    let injection = try Injector(options(node: "web")).inject(Array(Injecting.web.utf8))
    #expect(injection.text.contains(#"{"name": "AppPorts", "value": "8080"}"#))
  }
}
