import CloudFormation
package import LosslessJSON
package import TaskDefinitions

/// Reports the parts of a template that its text does not show: loops, includes, and other templates.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html>
package struct CheckTemplate {
  private static let transform = "Fn::Transform"
  /// Resources that have templates of their own, and the member with the place of the template.
  private static let nested = [
    "AWS::CloudFormation::Stack": "TemplateURL", "AWS::CloudFormation::StackSet": "TemplateURL",
    "AWS::Serverless::Application": "Location",
  ]
  /// The end of the type of a module, whose resources CloudFormation inserts.
  private static let module = "::MODULE"
  private static let express = "AWS::ECS::ExpressGatewayService"

  package init() {}

  package func check(_ document: Document, _ findings: inout Findings) {
    guard let resources = TemplateResource.section(of: document) else { return }
    check(resources, document, &findings)
  }

  /// - Parameter resources: the section of a template, or the body of a loop.
  private func check(
    _ resources: NodeID, _ document: Document, _ findings: inout Findings
  ) {
    for (name, value) in document.members(of: resources) {
      let type = document.member("Type", of: value).flatMap { document.string($0) } ?? ""
      if name.hasPrefix(Intrinsic.forEach) {
        checkLoop(name, value, document, &findings)
      } else if name == Self.transform {
        findings.add(Self.unseenInclude, ["name": "The section Resources"], at: value, in: document)
      } else if Self.nested[type] != nil || type.hasSuffix(Self.module) {
        checkNested(name, type, value, document, &findings)
      } else if type == Self.express, document.member("Properties", of: value) != nil {
        checkExpress(name, value, document, &findings)
      } else if type == TemplateResource.Kind.taskDefinition.rawValue {
        checkIncludes(name, value, document, &findings)
      }
    }
  }

  /// A task definition in a loop whose body is not written as an object would stay without Envoy.
  private func checkLoop(
    _ name: String, _ value: NodeID, _ document: Document, _ findings: inout Findings
  ) {
    if let loop = TemplateResource.loop(name, value, in: document) {
      return check(loop.body, document, &findings)
    }
    guard let task = firstTask(in: document.value(value)) else { return }
    findings.add(Self.taskInLoop, ["loop": name, "task": task], at: value, in: document)
  }

  /// The logical ID of a task definition in a loop.
  private func firstTask(in value: JSONValue) -> String? {
    switch value {
    case .array(let elements): return elements.lazy.compactMap { firstTask(in: $0) }.first
    case .object(let members):
      for member in members {
        if member.value["Type"] == JSONValue.string(TemplateResource.Kind.taskDefinition.rawValue) {
          return member.name
        }
        if let task = firstTask(in: member.value) { return task }
      }
      return nil
    default: return nil
    }
  }

  private func checkNested(
    _ name: String, _ type: String, _ value: NodeID, _ document: Document,
    _ findings: inout Findings
  ) {
    let url = document.member("Properties", of: value)
      .flatMap { document.member(Self.nested[type] ?? "", of: $0) }
      .flatMap { document.string($0) }
    // 'aws cloudformation package' uploads the file, and replaces its path by a URL.
    let path = url.flatMap { $0.contains("://") ? nil : $0 }
    findings.add(
      Self.unseenTemplate, ["name": name, "type": type],
      fix: path.map { "Inject '\($0)' too." }, at: value, in: document)
  }

  private func checkExpress(
    _ name: String, _ value: NodeID, _ document: Document, _ findings: inout Findings
  ) {
    guard let properties = document.member("Properties", of: value),
      let container = document.member("PrimaryContainer", of: properties)
    else { return }
    findings.add(Self.expressService, ["name": name], at: container, in: document)
  }

  /// An include beside or inside the properties of a task definition may add anything to it.
  private func checkIncludes(
    _ name: String, _ value: NodeID, _ document: Document, _ findings: inout Findings
  ) {
    let properties = document.member("Properties", of: value)
    for place in [value, properties].compactMap({ $0 }) {
      guard let include = document.member(Self.transform, of: place) else { continue }
      findings.add(
        Self.unseenInclude, ["name": "Task definition '\(name)'"], at: include, in: document)
    }
  }
}

extension CheckTemplate {
  package static let rules = [taskInLoop, unseenInclude, unseenTemplate, expressService]

  private static let taskInLoop = Rule.error(
    "task-in-loop",
    "The loop {loop} makes task definitions ('{task}'), but its body is not written as an object.",
    fix: "Expand the loop first, or write each task definition out. CloudFormation prints the "
      + "expanded template: 'aws cloudformation get-template --template-stage Processed --query "
      + "TemplateBody --stack-name NAME'.",
    see: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
      + "intrinsic-function-reference-foreach.html")
  private static let unseenInclude = Rule.warning(
    "unseen-include",
    "{name} includes text from elsewhere when the stack is deployed. Task definitions and "
      + "containers in that text get no Envoy.",
    fix: "Inject the included file, or the template that CloudFormation prints with "
      + "'aws cloudformation get-template --template-stage Processed --query TemplateBody "
      + "--stack-name NAME'.",
    see: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
      + "transform-aws-include.html")
  private static let unseenTemplate = Rule.warning(
    "unseen-template",
    "Resource '{name}' ({type}) has a template of its own, whose task definitions get no Envoy here.",
    fix: "Inject that template too.",
    see: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/"
      + "using-cfn-nested-stacks.html")
  private static let expressService = Rule.warning(
    "express-service",
    "Service '{name}' describes its container itself, so ECS creates its task definition, which gets "
      + "no Envoy.",
    fix: "Write a task definition, inject it, and name it in TaskDefinitionArn instead of "
      + "PrimaryContainer.",
    see: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
      + "aws-resource-ecs-expressgatewayservice.html")
}
