import AppMesh
import LosslessJSON
import Testing

/// Stacks that import from each other.
struct StackTests {
  private static let base = """
    Parameters: {Project: {Type: String, Default: shop}}
    Resources:
      Mesh: {Type: "AWS::AppMesh::Mesh", Properties: {MeshName: !Ref Project}}
    Outputs:
      Mesh: {Value: !Ref Mesh, Export: {Name: !Sub "${Project}:Mesh"}}
      Left: {Condition: Never, Value: other, Export: {Name: "shop:Mesh"}}
    Conditions: {Never: !Equals [a, b]}
    """
  private static let app = """
    Resources:
      Node:
        Type: AWS::AppMesh::VirtualNode
        Properties:
          MeshName: !Select [1, !Split [/, !ImportValue "shop:Mesh"]]
          VirtualNodeName: web
          Spec: {}
    """

  @Test func importsComeFromTheOtherFiles() throws {
    let reading = try Reading.read(Self.app, Self.base)
    #expect(reading.mesh.name == "shop" && reading.mesh.virtualNodes.count == 1)
    #expect(
      reading.problems.map(\.descriptionWithPlace) == [
        "file2:1: /Parameters/Project: The configuration holds defaults of the mesh templates: "
          + "Project = shop (file2:1). It is wrong for a stack that is deployed with other values. "
          + "Give the values of the deployed stack with parameter, or add the output of 'aws "
          + "cloudformation describe-stacks' to the mesh files."
      ])
  }

  @Test func givenAndDeployedValuesAreNoDefaults() throws {
    let given = try Reading.read(Self.app, Self.base, parameters: ["Project": "shop"])
    #expect(given.problems == [])
    let stacks = """
      {"Stacks": [{"Parameters": [{"ParameterKey": "Project", "ParameterValue": "shop"}]}]}
      """
    #expect(try Reading.read(Self.app, Self.base, stacks).problems == [])
  }

  @Test func defaultsCanBeRefused() {
    let problems = Reading.problems(Self.app, Self.base, requiresParameters: true)
    #expect(problems.count == 1 && problems[0].contains("Project = shop (file2:1)"), "\(problems)")
    #expect(
      Reading.problems(
        Self.app, Self.base, parameters: ["Project": "shop"], requiresParameters: true) == [])
  }

  @Test func secretDefaultsStayHidden() throws {
    let secret = Self.base.replacing("Default: shop", with: "Default: shop, NoEcho: true")
    let text = try Reading.read(Self.app, secret).problems.map(\.descriptionWithPlace).joined()
    #expect(text.contains("Project = *** (file2:1)") && !text.contains("= shop"))
  }

  @Test func importsComeFromListedExports() throws {
    let list = """
      {"Exports": [{"Name": "shop:Mesh",
        "Value": "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop"}]}
      """
    #expect(try Reading.read(Self.app, list).mesh.name == "shop")
  }

  @Test func aMissingStackIsNamed() {
    #expect(
      Reading.problems(Self.app) == [
        "file1:5: /Resources/Node/Properties/MeshName: 'meshName' cannot be evaluated. No "
          + "given file exports 'shop:Mesh'. Add the template of the stack that exports it, or the "
          + "output of 'aws cloudformation list-exports'."
      ])
  }

  @Test func twoMeaningsOfAnExportAreRefused() {
    let other = Self.base.replacing("Value: !Ref Mesh", with: "Value: a/b")
    let problems = Reading.problems(Self.app, Self.base, other)
    #expect(problems.count == 1 && problems[0].contains("Two stacks export"), "\(problems)")
  }

  @Test func exportsInACircleEnd() {
    let circle = """
      Resources: {}
      Outputs:
        A: {Value: !ImportValue b, Export: {Name: a}}
        B: {Value: !ImportValue a, Export: {Name: b}}
        C: {Value: x, Export: {Name: !ImportValue c}}
      """
    let app = Self.app.replacing("shop:Mesh", with: "a")
    let problems = Reading.problems(app, circle)
    #expect(problems.count == 1 && problems[0].contains("refers to itself"), "\(problems)")
  }

  @Test(.enabled(if: !RealMesh.all.isEmpty, RealMesh.howToGet))
  func theWorkshopsStacksBelongTogether() throws {
    let real = try RealMesh.named("ecs-workshop")
    let files = try real.files()
    let reading = try MeshReader().read(files)
    #expect(reading.mesh.name == "ecs-mesh")
    #expect(reading.mesh.virtualNodes.map(\.name) == ["crystal", "frontend", "nodejs"])
    #expect(reading.mesh.virtualGateways.map(\.name) == ["ecsworkshop-vgw"])
    #expect(
      reading.mesh.virtualGateways.first?.routes.map(\.virtualServiceName)
        == ["ecsdemo-frontend.service.local"])
    #expect(
      try reading.mesh.node("frontend").backends.map(\.virtualServiceName)
        == ["ecsdemo-crystal.service.local", "ecsdemo-nodejs.service.local"])
    #expect(reading.problems == [])
  }

  @Test(.enabled(if: !RealMesh.all.isEmpty, RealMesh.howToGet))
  func oneOfTheWorkshopsStacksAloneIsRefused() throws {
    let real = try RealMesh.named("ecs-workshop")
    let files = try real.files().filter { $0.name == "frontend-mesh.json" }
    let error = #expect(throws: MeshError.self) { try MeshReader().read(files) }
    let text = try #require(error).description
    for export in ["MeshArn", "MeshVGWName"] {
      #expect(text.contains("No given file exports '\(export)'"), "\(text)")
    }
  }

  /// `Fn::If` around TLS blocks, on and off.
  @Test(
    .enabled(if: !RealMesh.all.isEmpty, RealMesh.howToGet),
    arguments: [("/keys/ca.pem", true), ("", false)])
  func conditionsTurnTLSOnAndOff(path: String, isOn: Bool) throws {
    let real = try RealMesh.named("howto-tls-file-provided")
    let files = try real.files()
    var parameters = real.parameters(files)
    parameters["ColorGatewayTlsValidationPath"] = path
    let mesh = try MeshReader(parameters: parameters).read(files).mesh
    let policy = try #require(mesh.virtualGateways.first?.backendDefaults)
    #expect((policy.tls != nil) == isOn)
    #expect(policy.tls.map(\.validation.trust) == (isOn ? .file(certificateChain: path) : nil))
  }
}
