import LosslessJSON
import TaskDefinitions

/// A document of another tool that people pass instead of the task definition in it.
enum OtherDocument: CaseIterable {
  /// Elastic Beanstalk makes a task definition of it, which has no proxyConfiguration.
  case dockerrun
  /// A template with the text of another template in it.
  case templateOutput
  /// `terraform show -json` of a plan or a state.
  case terraformValues
  /// The file of a state in Terraform's version 4.
  case terraformState

  init?(_ document: Document, _ root: NodeID) {
    let found = Self.allCases.first { kind in
      kind.members.allSatisfy { document.member($0, of: root) != nil }
    }
    guard let found else { return nil }
    self = found
  }

  /// The members by which the document is known.
  private var members: [String] {
    switch self {
    case .dockerrun: ["AWSEBDockerrunVersion"]
    case .templateOutput: ["TemplateBody"]
    case .terraformValues: ["format_version", "terraform_version"]
    case .terraformState: ["version", "terraform_version", "resources"]
    }
  }

  /// Ends the sentence "The document is not a task definition: …".
  var description: String {
    switch self {
    case .dockerrun: "it is a Dockerrun.aws.json of Elastic Beanstalk"
    case .templateOutput: "it is the output of 'aws cloudformation get-template'"
    case .terraformValues: "it is a plan or a state of Terraform, as JSON"
    case .terraformState: "it is the file of a Terraform state"
    }
  }

  var fix: Wording {
    switch self {
    case .dockerrun:
      """
      Elastic Beanstalk cannot redirect traffic to Envoy. Run the containers as an ECS service, and \
      pass the JSON that 'aws ecs describe-task-definition' prints.
      """
    case .templateOutput: Self.pass("the template", ".TemplateBody")
    case .terraformValues:
      Self.pass(
        "the list of containers",
        """
        [.. | objects | select(.type? == "aws_ecs_task_definition" and .values?)][0]\
        .values.container_definitions
        """)
    case .terraformState:
      Self.pass(
        "the list of containers",
        """
        [.resources[] | select(.type == "aws_ecs_task_definition")][0]\
        .instances[0].attributes.container_definitions
        """)
    }
  }

  /// The advice for a container without the list around it.
  static let containerFix = Wording(
    verbatim: "Pass a list of containers: jq '[.]' FILE | inject-envoy")

  private static func pass(_ part: String, _ program: String) -> Wording {
    Wording(verbatim: "Pass \(part) in it: jq -r '\(program)' FILE | inject-envoy")
  }
}
