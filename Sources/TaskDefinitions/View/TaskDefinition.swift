import CloudFormation
package import LosslessJSON

/// A task definition in a document, with the same accessors for every dialect.
///
/// `null` counts as absent, as it does for the ECS API's clients.
package struct TaskDefinition {
  package var document: Document
  /// The place of the task definition in the document.
  package private(set) var place: TaskPlace
  /// The spelling of the fields in the document.
  package private(set) var names: FieldNames
  /// A cache of the list of containers, and the document's number of edits when it was made.
  private var noted: (containers: [NodeID], editCount: Int)?

  /// - Parameter place: `nil` if the document is the task definition.
  package init(_ document: Document, at place: TaskPlace? = nil) {
    self.document = document
    self.place = place ?? TaskPlace(root: document.root)
    names = self.place.dialect.names
    self.document.nameMembers = self.place.dialect.nameMembers
  }

  /// Switches to another task definition of the document.
  package mutating func turn(to place: TaskPlace) {
    if place.root != root { noted = nil }
    self.place = place
    names = place.dialect.names
    document.nameMembers = place.dialect.nameMembers
  }

  package var root: NodeID { place.root }

  /// The name of the task in Envoy's configuration and in reports.
  package var displayName: String { text(.family) ?? place.resource ?? "" }

  // MARK: Reading

  package func node(_ field: Field, of node: NodeID? = nil) -> NodeID? {
    guard let member = document.member(names[field], of: node ?? root),
      document.kind(of: member) != .null
    else { return nil }
    return member
  }

  package func text(_ field: Field, of node: NodeID? = nil) -> String? {
    guard let node = self.node(field, of: node) else { return nil }
    return text(node)
  }

  /// Whether a member is this string, or an intrinsic function that evaluates to it.
  package func hasText(_ text: String, in field: Field, of node: NodeID) -> Bool {
    guard let node = self.node(field, of: node) else { return text.isEmpty }
    return isText(node, text)
  }

  /// The text of a string, or of an intrinsic function whose value is known.
  package func text(_ node: NodeID) -> String? {
    if let text = document.string(node) { return text }
    return place.resolve(node, in: document)?.string
  }

  /// A text that keeps intrinsic functions unevaluated.
  package func templateText(_ field: Field, of node: NodeID? = nil) -> TemplateText? {
    self.node(field, of: node).flatMap { templateText(document.value($0)) }
  }

  package func templateText(_ value: JSONValue) -> TemplateText? {
    guard let values = place.values else { return value.string.map { TemplateText($0) } }
    guard value != [Intrinsic.ref: .string(Intrinsic.noValue)] else { return nil }
    return TemplateText(value) { values.text($0) }
  }

  /// A value in RegisterTaskDefinition's spelling. Intrinsic functions stay unevaluated.
  package func value(_ node: NodeID) -> JSONValue {
    place.dialect.registerValue(document.value(node))
  }

  /// An integer, also as a string, because CloudFormation converts strings.
  package func integer(_ field: Field, of node: NodeID? = nil) -> Int? {
    guard let node = self.node(field, of: node) else { return nil }
    return integer(node)
  }

  private func integer(_ node: NodeID) -> Int? {
    if let number = document.integer(node) ?? document.string(node).flatMap({ Int($0) }) {
      return number
    }
    let value = place.resolve(node, in: document)
    return value?.integer ?? value?.string.flatMap { Int($0) }
  }

  package func flag(_ field: Field, of node: NodeID) -> Bool? {
    guard let node = self.node(field, of: node) else { return nil }
    return document.bool(node)
  }

  /// The elements of a list. In a template, all elements that the deployment can choose.
  package func list(_ field: Field, of node: NodeID? = nil) -> [NodeID] {
    guard let list = self.node(field, of: node) else { return [] }
    guard place.values != nil else { return document.elements(of: list) }
    return place.choices(list, in: document).flatMap { document.elements(of: $0) }
      .flatMap { place.choices($0, in: document) }
  }

  package var containers: [NodeID] {
    if let noted, noted.editCount == document.editCount { return noted.containers }
    return list(.containerDefinitions)
  }

  /// Caches the list of containers until the next edit. ``containers`` works without the cache, but is
  /// slower.
  package mutating func noteContainers() {
    guard let noted, place.values == nil, let container = noted.containers.first,
      !document.isEdited(around: container, since: noted.editCount)
    else {
      self.noted = (containers, document.editCount)
      return
    }
    // Hardly any edit adds containers, or takes some out.
    self.noted = (noted.containers, document.editCount)
  }

  package func texts(_ field: Field, of node: NodeID? = nil) -> [String] {
    list(field, of: node).compactMap { text($0) }
  }
}
