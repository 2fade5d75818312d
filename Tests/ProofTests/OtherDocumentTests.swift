import CommandTesting
import Foundation
import LosslessJSON
import Testing

/// Documents of other tools are rejected by name. The test follows the advice with the real jq.
@Suite(.needsRealParts) struct OtherDocumentTests {
  private static let containers: JSONValue = [
    ["name": "web", "image": "nginx", "portMappings": [["containerPort": 80]]]
  ]
  private static let resource: JSONValue = [
    "type": "aws_ecs_task_definition", "name": "web",
    "values": ["family": "web", "container_definitions": .string(containers.compactText)],
  ]
  private static let template: JSONValue = [
    "Resources": [
      "Task": [
        "Type": "AWS::ECS::TaskDefinition",
        "Properties": [
          "NetworkMode": "awsvpc",
          "ContainerDefinitions": [["Name": "web", "Image": "nginx"]],
        ],
      ]
    ]
  ]

  private static let documents: [JSONValue] = [
    ["TemplateBody": template, "StagesAvailable": ["Original"]],
    ["TemplateBody": .string(template.prettyText)],
    [
      "format_version": "1.2", "terraform_version": "1.9.0",
      "planned_values": ["root_module": ["child_modules": [["resources": [resource]]]]],
    ],
    [
      "format_version": "1.0", "terraform_version": "1.9.0",
      "values": ["root_module": ["resources": [resource]]],
    ],
    [
      "version": 4, "terraform_version": "1.9.0",
      "resources": [
        [
          "type": "aws_ecs_task_definition",
          "instances": [
            ["attributes": ["container_definitions": .string(containers.compactText)]]
          ],
        ]
      ],
    ],
  ]

  @Test(arguments: documents) func theAdviceLeadsToAnInjection(document: JSONValue) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(document.prettyText, to: "document.json")
    let refused = try Outcome.ofCommand([file])
    #expect(refused.status == 1 && refused.errors.contains("[not-a-task-definition]"))
    let program = try #require(refused.errors.firstMatch(of: /jq -r '(.*)' FILE \| inject-envoy/))
    let part = try #require(Program(named: "jq")).run(["-r", String(program.1), file])
    #expect(part.status == 0)
    let input = try folder.write(part.output, to: "part.json")
    let injected = try Outcome.ofCommand([input])
    #expect(injected.status == 0, "\(injected.errors)")
    #expect(injected.output.contains("inject-envoy.io/version"))
  }

  @Test func refusesADockerrun() throws {
    let folder = try TemporaryFolder()
    let document: JSONValue = [
      "AWSEBDockerrunVersion": 2, "containerDefinitions": Self.containers,
    ]
    let refused = try Outcome.ofCommand([folder.write(document.prettyText, to: "Dockerrun.json")])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("it is a Dockerrun.aws.json of Elastic Beanstalk"))
  }
}
