import TaskChecks
import Testing

@testable import EnvoyInjector

@Suite struct RefuseForeignEnvoyTests {
  private let filter = RefuseForeignEnvoy(envoyName: "envoy")

  @Test(arguments: [
    task(containers: #""name": "app", "image": "shop/envoy-admin:1""#),
    task(#""proxyConfiguration": null"#, containers: #""name": "app", "image": null"#),
    task(containers: #""name": "app", "dependsOn": [{"containerName": "db"}, null]"#),
  ])
  func acceptsTasksWithoutEnvoy(document: String) throws {
    #expect(try FilterRun(filter, on: document).findings == [])
  }

  @Test func refusesProxyConfiguration() throws {
    let run = try FilterRun(
      filter,
      on: task(#""proxyConfiguration": {"containerName": "mesh"}"#, containers: #""name": "app""#))
    #expect(
      run.findings == [
        "error [foreign-proxy] at /proxyConfiguration: The task already redirects its traffic "
          + "to a proxy in container 'mesh', which this tool did not add. A task can have only one "
          + "proxy.; fix: Remove it with 'inject-envoy uninject --foreign', or replace it with "
          + "--replace-foreign."
      ])
  }

  @Test(arguments: [
    "envoyproxy/envoy:v1.40.0", "envoy",
    "mirror.example.com:5000/appmesh/aws-appmesh-envoy@sha256:0",
    "envoyproxy/envoy-alpine", "docker.io/envoyproxy/envoy-distroless:v1.27",
  ])
  func refusesEnvoyUnderAnyName(image: String) throws {
    let run = try FilterRun(filter, on: task(containers: #""name": "p", "image": "\#(image)""#))
    #expect(
      run.findings == [
        "error [foreign-envoy] at /containerDefinitions/0: Container 'p' (\(image)) is an Envoy "
          + "that this tool did not add. A second Envoy could not listen on its ports.; "
          + "fix: Remove it with 'inject-envoy uninject --foreign', "
          + "or replace it with --replace-foreign. If it is an application with a port of its own, "
          + "such as a gRPC-Web proxy, keep it with --skip-container p."
      ])
  }

  @Test func refusesItsNameForAnotherImage() throws {
    let run = try FilterRun(filter, on: task(containers: #""name": "envoy", "image": "nginx""#))
    #expect(
      run.findings == [
        "error [envoy-name-taken] at /containerDefinitions/0: Envoy would get the name "
          + "'envoy', but a container that this tool did not add (nginx) has it.; fix: Name Envoy "
          + "differently with --envoy-name, or remove that container if it is an Envoy."
      ])
  }

  @Test func refusesWhatARemovedEnvoyLeftBehind() throws {
    let run = try FilterRun(
      filter,
      on: task(containers: #""name": "app", "dependsOn": [{"containerName": "envoy"}]"#))
    #expect(
      run.findings == [
        "error [leftover-dependency] at /containerDefinitions/0/dependsOn/0: Container 'app' "
          + "waits for 'envoy', which the task does not have. An Envoy was only partly removed.; "
          + "fix: Remove that element of dependsOn, for example with 'inject-envoy uninject "
          + "--foreign'."
      ])
  }

  @Test func refusesAGateway() throws {
    let labels = #""dockerLabels": {"inject-envoy.io/gateway": "true"}"#
    let run = try FilterRun(filter, on: task(containers: #""name": "envoy", \#(labels)"#))
    #expect(
      run.findings == [
        "error [gateway] at : The task is a gateway that this tool printed: Envoy alone, "
          + "without an application to serve.; fix: Print it again with 'inject-envoy gateway' to "
          + "change it. --suppress gateway lets 'inject-envoy check' lint it all the same."
      ])
  }
}
