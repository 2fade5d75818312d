import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Tasks that share a role are injected and taken back one by one, in any order.
@Suite struct SharedRoleTests {
  static let tasks = ["Api", "Cart", "Web"]
  static let orders = [["Api", "Cart", "Web"], ["Cart", "Web", "Api"], ["Web", "Cart", "Api"]]

  /// The role's own list of policies.
  static let lists = [
    "", #", "Policies": []"#, #", "Policies": [ ]"#, ",\n    \"Policies\": [\n    ]",
    #", "Policies": [{"PolicyName": "own"}]"#,
    ",\n \"Policies\": [\n   {\"PolicyName\": \"own\"},\n   {\"PolicyName\": \"x\"}\n ]",
  ]

  static let yamlLists = [
    "", "      Policies: []\n", "      Policies:\n        - PolicyName: own\n",
    "      Policies: # ours\n      - PolicyName: own # the first\n        PolicyDocument: {}\n",
    "      Policies:\n        # the only one\n        - {PolicyName: own}\n\n        # the end\n",
  ]

  @Test(arguments: lists) func json(_ list: String) throws {
    var template = RoleTemplate(role: #""AssumeRolePolicyDocument": {}"# + list)
    template.more = ["Cart", "Api"].map { name in
      "\"\(name)\": " + RoleTemplate.task(#""TaskRoleArn": {"Ref": "Role"}"#)
    }.joined(separator: ", ")
    try expectAnyOrder(template.json)
  }

  @Test(arguments: yamlLists) func yaml(_ list: String) throws {
    let tasks = Self.tasks.map { name in
      """
        \(name):
          Type: AWS::ECS::TaskDefinition
          Properties:
            NetworkMode: awsvpc
            TaskRoleArn: !GetAtt Role.Arn
            ContainerDefinitions:
              - Name: app
                Image: app:1
                PortMappings: [{ContainerPort: 80}]
      """
    }.joined(separator: "\n")
    try expectAnyOrder(
      """
      Resources: # all of it
      \(tasks)
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument: {}
      \(list)
        # the queue
        Queue:
          Type: AWS::SQS::Queue

      """)
  }

  private func expectAnyOrder(_ text: String) throws {
    let input = Array(text.utf8)
    for order in Self.orders {
      var injected = input
      for task in order { injected = try inject(injected, task) }
      // Each is a neighbour of the others, one in the middle.
      let upgraded = try inject(injected, order[0]) { $0.tracing = .xray }
      expectSame(try inject(upgraded, order[0]), injected, "\(order): there and back")
      for back in Self.orders {
        var bytes = injected
        for task in back { bytes = try takeBack(bytes, task) }
        expectSame(bytes, input, "\(order), and back \(back)")
      }
      expectSame(try Injector.uninject(injected).output, input, "\(order)")
    }
  }

  private func inject(
    _ bytes: [UInt8], _ task: String, _ change: (inout InjectionOptions) -> Void = { _ in }
  ) throws -> [UInt8] {
    var options = try InjectionOptions.appMesh()
    options.resources = [task]
    change(&options)
    return try Injector(options).inject(bytes).output
  }

  private func takeBack(_ bytes: [UInt8], _ task: String) throws -> [UInt8] {
    var opened = try OpenedDocument(bytes, resources: [task])
    #expect(try opened.takeBack())
    return opened.rendered(opened.task.document)
  }
}
