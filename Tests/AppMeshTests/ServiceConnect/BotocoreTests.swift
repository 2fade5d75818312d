import AppMesh
import Foundation
import LosslessJSON
import ServiceConnect
import Surroundings
import Testing

private enum Botocore {
  static let canRun =
    (try? Python.run("import botocore", input: "")) != nil
    || ProcessInfo.processInfo.environment["CI"] == "true"
}

/// Checks the configurations with botocore's models of CreateService and RegisterTaskDefinition.
@Suite(.enabled(if: Botocore.canRun, "no botocore: Tests/install-tools.sh installs it"))
struct BotocoreTests {
  /// Prints botocore's errors for each call in a list of `[operation, parameters]`.
  private static let judge = """
    import json, sys
    import botocore.session
    from botocore.validate import ParamValidator
    model = botocore.session.get_session().get_service_model("ecs")
    for operation, parameters in json.load(sys.stdin):
        shape = model.operation_model(operation).input_shape
        found = ParamValidator().validate(parameters, shape).generate_report()
        if found: print(found)
    """

  private func judged(_ plans: [ServiceConnectPlan]) throws -> String {
    let calls = plans.flatMap(\.services).flatMap { service -> [JSONValue] in
      [
        [
          "CreateService",
          ["serviceName": "s", "serviceConnectConfiguration": service.configuration],
        ],
        [
          "RegisterTaskDefinition",
          [
            "family": "f",
            "containerDefinitions": [
              ["name": "app", "portMappings": .array(service.portMappings)]
            ],
          ],
        ],
      ]
    }
    return try Python.run(Self.judge, input: JSONValue.array(calls).compactText)
  }

  @Test func takesEveryConfiguration() throws {
    var meshes = try RealMesh.all.map { real in
      let files = try real.files()
      return try MeshReader(parameters: real.parameters(files)).read(files).mesh
    }
    meshes += try ["meshes/shop.yaml", "meshes/bank.yaml", "mesh-complete/describe.json"].map {
      try Reading.read(Reading.testdata($0)).mesh
    }
    for number in 0..<200 {
      var random = RandomMesh(number)
      meshes.append(random.mesh())
    }
    #expect(try judged(meshes.map { ServiceConnectPlan($0) }) == "")
  }

  @Test func botocoreRefusesWhatIsWrong() throws {
    let call: JSONValue = [
      [
        "CreateService",
        [
          "serviceName": "s",
          "serviceConnectConfiguration": ["enabled": true, "retryPolicy": ["maxRetries": 0]],
        ],
      ]
    ]
    #expect(try Python.run(Self.judge, input: call.compactText).contains("retryPolicy"))
  }
}
