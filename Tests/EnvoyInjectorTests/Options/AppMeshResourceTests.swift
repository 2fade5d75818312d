import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct AppMeshResourceTests {
  @Test func readsAnARN() throws {
    let text = "arn:aws-cn:appmesh:cn-north-1:123456789012:mesh/shop/virtualNode/web"
    let resource = try AppMeshResource(text)
    #expect(resource.text == text)
    #expect(resource.kind == .virtualNode)
    #expect([resource.mesh, resource.name, resource.region] == ["shop", "web", "cn-north-1"])
  }

  @Test func readsTheShortForm() throws {
    let resource = try AppMeshResource("mesh/shop/virtualGateway/edge")
    #expect(resource.kind == .virtualGateway)
    #expect(resource.region == nil)
  }

  @Test(arguments: [
    "", "web", "mesh/shop/virtualNode", "mesh/shop/virtualNode/", "mesh//virtualNode/web",
    "mesh/shop/virtualRouter/web", "mesh/shop/virtualNode/web/x", "mesh/shop/virtualNode/w b",
    "arn:aws:ecs:eu-west-1:123456789012:mesh/shop/virtualNode/web",
    "arn:aws:appmesh::123456789012:mesh/shop/virtualNode/web",
    "arn:aws:appmesh:eu-west-1:12345678901:mesh/shop/virtualNode/web",
    "arn:aws:appmesh:eu-west-1:12345678901x:mesh/shop/virtualNode/web",
  ])
  func refusesEverythingElse(text: String) {
    #expect(
      throws: Problem(
        "'\(text)' is not the name of an App Mesh resource.",
        fix: "Give arn:aws:appmesh:REGION:ACCOUNT:mesh/MESH/virtualNode/NAME, "
          + "or mesh/MESH/virtualNode/NAME.")
    ) { try AppMeshResource(text) }
  }
}
