import CommandTesting
import Testing

/// A template with many tasks, which reveals code that examines the whole template for each of them.
@Suite struct LargeTemplateTests {
  private static let count = 1000

  /// Two lines, and then 14 for each task.
  private static let template: String = {
    let tasks = (0..<count).map { number in
      """
          "Task\(number)": {
            "Type": "AWS::ECS::TaskDefinition",
            "Properties": {
              "NetworkMode": "awsvpc",
              "ExecutionRoleArn": { "Fn::GetAtt": ["Role\(number)", "Arn"] },
              "TaskRoleArn": "secret-\(number)",
              "ContainerDefinitions": [
                {
                  "Name": "app", "Image": "app:1",
                  "Environment": [{ "Name": "TOKEN", "Value": "secret-\(number)" }]
                }
              ]
            }
          }
      """
    }
    return "{\n  \"Resources\": {\n\(tasks.joined(separator: ",\n"))\n  }\n}\n"
  }()

  @Test(.timeLimit(.minutes(5))) func everyWarningHasItsPlaceAndNoSecret() throws {
    let outcome = try Program.injectEnvoy.run(
      ["--virtual-node", Sample.node], input: Self.template)
    #expect(outcome.status == 0)
    let lines = outcome.errors.split(separator: "\n")
    let names = "Task0, Task1, Task2, Task3, Task4 and 995 more: injected"
    #expect(lines.last?.hasPrefix(names) == true, "\(lines.last ?? "")")
    #expect(lines.count { $0.contains("[app-mesh-ended]") } == 1)
    let warnings = lines.filter { $0.contains("[role-elsewhere]") && $0.contains("TaskRoleArn") }
    #expect(warnings.count == Self.count)
    #expect(!outcome.errors.contains("secret-"))
    for (number, warning) in warnings.enumerated() {
      guard warning.hasPrefix("<stdin>:\(14 * number + 8):24: "), warning.contains("'***'") else {
        Issue.record("task \(number): \(warning)")
        return
      }
    }
  }
}
