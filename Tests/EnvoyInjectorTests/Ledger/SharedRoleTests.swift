import Foundation
import LosslessJSON
import Surroundings
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Injects and uninjects tasks that share a role one by one, in any order.
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
    for order in SlowProofs.sample(of: Self.orders) {
      var injected = input
      for task in order { injected = try inject(injected, task) }
      // Each one has been the first, a middle and the last element.
      let upgraded = try inject(injected, order[0]) { $0.tracing = .xray }
      expectSame(try inject(upgraded, order[0]), injected, "\(order): there and back")
      for back in Self.orders {
        var bytes = injected
        for (index, task) in back.enumerated() {
          bytes = try takeBack(bytes, task)
          // The result of injecting only the remaining tasks.
          var rest = input
          for other in order where back[(index + 1)...].contains(other) {
            rest = try inject(rest, other)
          }
          expectSame(bytes, rest, "\(order), and back \(back[...index])")
        }
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
    // Each task needs a permission that the others do not need.
    options.secrets = [NamedValue(name: "T", value: "/shop/\(task)")]
    change(&options)
    return try Injector(options).inject(bytes).output
  }

  private func takeBack(_ bytes: [UInt8], _ task: String) throws -> [UInt8] {
    var opened = try OpenedDocument(bytes, resources: [task])
    #expect(try opened.takeBack())
    return opened.rendered(opened.task.document)
  }
}

extension SharedRoleTests {
  /// A template whose tasks share both roles.
  private static func template(tasks: Int, role: String = "") -> RoleTemplate {
    var template = RoleTemplate(role: #""AssumeRolePolicyDocument": {}"# + role)
    template.task = #""ExecutionRoleArn": {"Ref": "Role"}"#
    template.more = (1..<tasks).map { number in
      "\"Task\(number)\": " + RoleTemplate.task(#""TaskRoleArn": {"Ref": "Role"}"#)
    }.joined(separator: ", ")
    return template
  }

  @Test func aRoleHasOnePolicyHoweverManyTasksShareIt() throws {
    let template = Self.template(tasks: 40)
    let injection = try template.inject { $0.tracing = .xray }
    #expect(
      try RoleTemplate.policies(injection) == [
        "inject-envoy: EnvoyReadsItsConfiguration, TracingDaemonSendsTraces"
      ])
    #expect(try Injector.uninject(injection.output).text == template.json)
  }

  @Test func whatPeopleAddToThePolicyStays() throws {
    let injected = try Self.template(tasks: 2).inject().text
    let own = #"{"Sid": "Own", "Effect": "Deny", "Action": "*", "Resource": "*"}"#
    let edited = injected.replacing(#""Statement": ["#, with: #""Statement": [\#(own), "#)
    let back = try Injecting.uninject(edited)
    #expect(try RoleTemplate.policies(back) == ["inject-envoy: Own"])
  }

  /// A ledger is a label. A task's forged grant does not add permissions to a role.
  @Test func aForgedGrantAddsNothing() throws {
    let injected = try Self.template(tasks: 2).inject().text
    let parts = injected.components(separatedBy: #"\"Resource\":["#)
    try #require(parts.count == 3)
    let forged = parts[0] + #"\"Resource\":["# + parts[1] + #"\"Resource\":[\"*\","# + parts[2]
    let task = try OpenedDocument(Array(forged.utf8)).places.first?.resource ?? ""
    var opened = try OpenedDocument(Array(forged.utf8), resources: [task])
    #expect(try opened.takeBack())
    let document = opened.task.document
    let role = document.value(document.root)["Resources"]?["Role"]?.compactText ?? ""
    #expect(role.contains("inject-envoy") && !role.contains(#""*""#))
  }

  @Test func inlinePoliciesHaveALimit() throws {
    let nodes = try (0..<200).map { number in
      try AppMeshResource("mesh/a-shop/virtualNode/a-service-of-the-shop-with-number-\(number)")
    }
    var bytes = Array(Self.template(tasks: nodes.count).json.utf8)
    var refusals: [String] = []
    for (number, node) in nodes.enumerated() {
      var options = InjectionOptions(controlPlane: .appMesh(node))
      options.resources = [number == 0 ? "Web" : "Task\(number)"]
      let injector = Injector(options)
      guard let output = try? injector.inject(bytes).output else {
        refusals = Injecting.refusals { try injector.inject(bytes) }
        break
      }
      bytes = output
    }
    #expect(refusals.count == 1)
    #expect(
      refusals.first?.hasPrefix(
        "error [role-too-large] at /Resources/Role/Properties: The inline policies of the role "
          + "Role have 10") == true, "\(refusals)")
  }
}
