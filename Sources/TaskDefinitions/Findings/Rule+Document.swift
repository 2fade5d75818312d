public import LosslessJSON

/// Whether it is a task definition at all.
extension Rule {
  public static let syntax = error(
    "syntax", "the document is no strict JSON: readers differ in what they make of it",
    fix: "mend the text at that place", see: "https://www.rfc-editor.org/rfc/rfc8259")
  package static let byteOrderMark = warning(
    "byte-order-mark", "the document begins with a byte order mark, which is dropped",
    fix: "save it as UTF-8 without a byte order mark",
    see: "https://www.rfc-editor.org/rfc/rfc8259#section-8.1")
  package static let notATaskDefinition = error(
    "not-a-task-definition", "the document is no object with containerDefinitions",
    fix: "give the JSON that 'aws ecs register-task-definition' takes or "
      + "'aws ecs describe-task-definition' prints", see: Source.taskDefinition)
  package static let yaml = error(
    "yaml", "the template is not readable as YAML", fix: "mend the template at that place")
  package static let unsafeEdit = error(
    "unsafe-edit", "the layout of the YAML allows no edit at this place",
    fix: "write the place in block style, without an alias")
  package static let belongsToTask = warning(
    "belongs-to-task", "a list of containers has no room for what belongs to the task",
    fix: "write it where the task is", see: Source.taskDefinition)
  package static let emptyTemplate = error(
    "empty-template", "the template has no AWS::ECS::TaskDefinition, so there is nothing to inject",
    fix: "give the template that has the task definitions", see: Source.taskDefinition)
  package static let unknownResource = error(
    "unknown-resource", "\(.resource) names no task definition of a template",
    fix: "name the logical id of an AWS::ECS::TaskDefinition", see: Source.taskDefinition)
  package static let wrongKind = error(
    "wrong-kind", "a value has another kind than ECS takes, such as a string for a list",
    fix: "write the kind that the API names", see: Source.taskDefinition)
  package static let notAnInteger = error(
    "not-an-integer", "a number is no integer of 32 bits, so ECS would refuse the task definition",
    fix: "write a whole number without a fraction or exponent", see: Source.taskDefinition)
  package static let undecided = error(
    "undecided",
    "a function of a template stands for a list or an object, so nobody can say what is there",
    fix: "write the list or object itself, with functions inside it, or inject each variant",
    see: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
      + "intrinsic-function-reference.html")
  package static let noContainers = error(
    "no-containers", "the task has no container, so there is nothing that Envoy could serve",
    fix: "add the application's container to containerDefinitions", see: Source.taskDefinition)
  package static let unnamedContainer = error(
    "unnamed-container", "a container has no name, so ECS would refuse the task definition",
    fix: #"give it a "name""#, see: Source.container)
  package static let duplicateContainer = error(
    "duplicate-container",
    "two containers have the same name, so ECS would refuse the task definition",
    fix: "rename one of them", see: Source.container)
  package static let tooManyContainers = error(
    "too-many-containers", "the task has more than the 10 containers that ECS allows",
    fix: "leave out containers, or the tracing daemon with \(.tracing, "none")", see: Source.quotas)
  package static let tooLarge = error(
    "too-large", "the task definition has more than the 64 KiB that ECS allows",
    fix: "shorten environments and commands, or move them to files and parameters",
    see: Source.quotas)
}
