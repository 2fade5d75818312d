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
          "ContainerDefinitions": [["Name": "web", "Image": "nginx", "Memory": 64]],
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
    ["name": "web", "image": "nginx"],
  ]

  @Test(arguments: documents) func theAdviceLeadsToAnInjection(document: JSONValue) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(document.prettyText, to: "document.json")
    let refused = try Outcome.ofCommand([file])
    #expect(refused.status == 1 && refused.errors.contains("[not-a-task-definition]"))
    let part = try #require(
      try Self.followed(refused.errors, of: file, to: "inject-envoy"), "\(refused.errors)")
    let input = try folder.write(part.output, to: "part.json")
    let injected = try Outcome.ofCommand([input])
    #expect(injected.status == 0, "\(injected.errors)")
    #expect(injected.output.contains("inject-envoy.io/version"))
  }

  /// Runs the command of jq that an error advises.
  ///
  /// - Parameter next: the command that reads the output of jq.
  private static func followed(
    _ errors: String, of file: String, to next: String
  ) throws -> Outcome? {
    let advice = errors.firstMatch(of: /jq (?:(-[a-z]) )?'(.*)' FILE \| (.*)\n/)
    guard let advice, advice.3 == next else { return nil }
    let option = advice.1.map { [String($0)] } ?? []
    let part = try #require(Program(named: "jq")).run(option + [String(advice.2), file])
    #expect(part.status == 0, "\(part.errors)")
    return part
  }

  @Test func policiesOfSeveralTasksAreReadOneByOne() throws {
    let folder = try TemporaryFolder()
    let task: JSONValue = [
      "family": "web", "networkMode": "awsvpc", "taskRoleArn": "r",
      "containerDefinitions": Self.containers,
    ]
    let file = try folder.write(JSONValue.array([task, task]).prettyText, to: "tasks.json")
    let options = ["policy", "--tracing", "xray"]
    let refused = try Outcome.ofCommand(options + [file])
    #expect(refused.errors.contains("[several-tasks]"))
    let tasks = try #require(
      try Self.followed(refused.errors, of: file, to: "inject-envoy policy"), "\(refused.errors)")
    let printed = try Outcome.ofCommand(options, input: tasks.output)
    #expect(printed.status == 0, "\(printed.errors)")
    #expect(printed.output.contains("xray:PutTraceSegments"))
  }

  /// Moto does not expand loops, so the stack has the expanded template.
  @Test func theProcessedTemplateCanBeInjected() throws {
    let loop: JSONValue = [
      "Resources": [
        "Fn::ForEach::Tasks": [
          "Name", ["web"], [["Task": Self.template["Resources"]?["Task"] ?? []]],
        ]
      ]
    ]
    let refused = try Outcome.ofCommand([], input: loop.prettyText)
    #expect(refused.status == 1 && refused.errors.contains("[task-in-loop]"))
    let advice = try #require(
      refused.errors.firstMatch(of: /'aws (cloudformation get-template .* --stack-name) NAME'/))
    let aws = try #require(RealParts.aws)
    try MotoServer.run(try #require(RealParts.motoServer), calledBy: aws) { server in
      let deployed: JSONValue = Self.template
      let created = try server.run(
        "cloudformation", "create-stack", "--stack-name", "web", "--template-body",
        deployed.compactText)
      try #require(created.status == 0, "\(created.errors)")
      let processed = try server.run(advice.1.split(separator: " ").map(String.init) + ["web"])
      let injected = try Outcome.ofCommand([], input: processed.output)
      #expect(injected.status == 0, "\(injected.errors)")
      #expect(injected.output.contains("inject-envoy.io/version"))
    }
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
