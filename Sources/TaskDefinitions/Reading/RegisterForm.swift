package import LosslessJSON

/// Converts the output of `aws ecs describe-task-definition` to the input of
/// `register-task-definition`: the task definition alone, with its tags, without the members that ECS
/// sets.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html>
package struct RegisterForm {
  package static let name = "register-form"
  package static let summary =
    "Turn what describe-task-definition prints into what register-task-definition takes"

  package init() {}

  /// Members that ECS describes but refuses to register.
  private static let readOnly: [Field] = [
    .taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt,
    .registeredBy, .deregisteredAt, .deleteRequestedAt,
  ]

  package func apply(to document: inout Document) {
    if document.kind(of: document.root) == .array {
      for element in document.elements(of: document.root)
      where document.kind(of: element) == .object {
        clean(element, isAnswer: false, of: &document)
      }
    } else {
      let isAnswer = unwrap(&document)
      clean(document.root, isAnswer: isAnswer, of: &document)
    }
  }

  /// Takes the task definition out of the answer of ECS that wraps it.
  ///
  /// - Returns: whether there was such an answer.
  private func unwrap(_ document: inout Document) -> Bool {
    let answer = document.root
    if let inner = document.member(Field.taskDefinition.spelling, of: answer),
      document.kind(of: inner) == .object
    {
      let tags = document.member(Field.tags.spelling, of: answer).map { document.value($0) }
      document.narrow(
        to: inner, because: reason("ECS wraps a task definition when it describes one."))
      if let tags, tags.array?.isEmpty == false {
        document.set(
          Field.tags.spelling, to: tags, in: inner,
          because: reason("ECS prints the tags beside the task definition."))
      }
      return true
    }
    return false
  }

  /// Removes what ECS sets itself from a task definition.
  ///
  /// - Parameter isAnswer: whether ECS printed it.
  private func clean(_ task: NodeID, isAnswer: Bool, of document: inout Document) {
    guard document.member(Field.containerDefinitions.spelling, of: task) != nil else { return }
    var isAnswer = isAnswer
    for field in Self.readOnly {
      guard let member = document.member(field.spelling, of: task) else { continue }
      isAnswer = true
      document.remove(
        member, because: reason("ECS sets this member itself, and refuses to register it."))
    }
    if isAnswer { removeNulls(in: task, of: &document) }
  }

  /// Removes `null` members. ECS and its console print them for unset values, and the API's clients
  /// refuse them.
  private func removeNulls(in task: NodeID, of document: inout Document) {
    var nulls: [NodeID] = []
    Self.collectNulls(in: task, of: document, &nulls)
    for null in nulls {
      document.remove(null, because: reason("The API does not accept null."))
    }
  }

  private static func collectNulls(
    in node: NodeID, of document: Document, _ nulls: inout [NodeID]
  ) {
    switch document.kind(of: node) {
    case .null: nulls.append(node)
    case .object:
      for value in document.values(of: node) { collectNulls(in: value, of: document, &nulls) }
    case .array:
      for element in document.elements(of: node) { collectNulls(in: element, of: document, &nulls) }
    default: break
    }
  }

  private func reason(_ text: String) -> Edit.Reason { Edit.Reason(filter: Self.name, text) }
}
