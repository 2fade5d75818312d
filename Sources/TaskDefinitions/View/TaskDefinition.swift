import CloudFormation
package import LosslessJSON

/// A task definition while filters edit it: a typed view over the document, one vocabulary for
/// reading and one place through which every edit goes.
///
/// `null` counts as absent, as it does for the ECS API's clients.
package struct TaskDefinition {
  package var document: Document
  /// Name of the filter at work: every edit is recorded under it.
  package var filter = ""
  /// The Envoy container, once a filter has added it.
  package var envoy: NodeID?
  /// The tracing daemon that Envoy sends to, whether added or found.
  package var tracingDaemon: NodeID?
  /// The containers that filters have added.
  package private(set) var addedContainers: [NodeID] = []
  /// All containers, as they were after so many edits of the document.
  private var noted: (containers: [NodeID], editCount: Int)?
  /// Index of the pipeline's first edit; those before it made the document register-ready and
  /// are not to be taken back.
  package let firstEdit: Int
  /// Which of the task's own containers are served by Envoy.
  package var selection: ContainerSelection
  /// Where in the document the task definition is.
  package let place: TaskPlace
  /// How the fields are spelled there.
  package let names: FieldNames

  /// - Parameter place: `nil`: the document is the task definition.
  package init(
    _ document: Document, at place: TaskPlace? = nil,
    selection: ContainerSelection = ContainerSelection()
  ) {
    self.document = document
    self.place = place ?? TaskPlace(root: document.root)
    self.selection = selection
    firstEdit = document.editCount
    names = self.place.dialect.names
    self.document.nameMembers = self.place.dialect.nameMembers
  }

  package var root: NodeID { place.root }

  /// What the task is called in Envoy's configuration and in reports.
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

  /// Whether a member is a string of that text, or a template's function that comes to it.
  package func hasText(_ text: String, in field: Field, of node: NodeID) -> Bool {
    guard let node = self.node(field, of: node) else { return text.isEmpty }
    return isText(node, text)
  }

  /// The text of a string, or what a template's functions make of it.
  package func text(_ node: NodeID) -> String? {
    if let text = document.string(node) { return text }
    return place.resolve(node, in: document)?.string
  }

  /// A text with a template's functions as they stand.
  package func templateText(_ field: Field, of node: NodeID? = nil) -> TemplateText? {
    self.node(field, of: node).flatMap { templateText(document.value($0)) }
  }

  package func templateText(_ value: JSONValue) -> TemplateText? {
    guard let values = place.values else { return value.string.map { TemplateText($0) } }
    guard value != [Intrinsic.ref: .string(Intrinsic.noValue)] else { return nil }
    return TemplateText(value) { values.text($0) }
  }

  /// A value as RegisterTaskDefinition spells it, with a template's functions as they stand.
  package func value(_ node: NodeID) -> JSONValue {
    place.dialect.registerValue(document.value(node))
  }

  /// A number, also one in quotes: the API wants bare integers, real files hold both.
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

  /// The elements of a list; in a template all that may be there.
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

  /// Looks for the containers once for all that follows, up to the next edit.
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

  // MARK: Editing

  @discardableResult
  package mutating func set(
    _ field: Field, to value: JSONValue, in node: NodeID? = nil, because reason: String
  ) -> NodeID? {
    document.set(
      place.dialect.spelling(field), to: place.dialect.value(value, of: field), in: node ?? root,
      because: Edit.Reason(filter: filter, reason))
  }

  /// - Parameter patch: what differs in the copy, as a JSON Merge Patch.
  package mutating func set(
    _ field: Field, toCopyOf original: NodeID, merging patch: JSONValue, in node: NodeID,
    because reason: String
  ) {
    document.set(
      place.dialect.spelling(field), toCopyOf: original,
      merging: place.dialect.value(patch, of: field), in: node,
      because: Edit.Reason(filter: filter, reason))
  }

  /// Appends to the list in a member; the member is made when it is absent or `null`.
  ///
  /// - Returns: the element's node.
  @discardableResult
  package mutating func append(
    _ value: JSONValue, to field: Field, in node: NodeID? = nil, because reason: String
  ) -> NodeID? {
    let reason = Edit.Reason(filter: filter, reason)
    let value = place.dialect.value(value)
    if let list = self.node(field, of: node) {
      return document.append(value, to: list, because: reason)
    }
    let list = document.set(
      place.dialect.spelling(field), to: [value], in: node ?? root, because: reason)
    return list.flatMap { document.elements(of: $0).first }
  }

  /// Appends to the list in a member; the member is made when it is absent or `null`.
  package mutating func append(
    _ value: PreparedElement, to field: Field, in node: NodeID, because reason: String
  ) {
    guard let list = self.node(field, of: node) else {
      return set(field, to: value.list, in: node, because: reason)
    }
    document.append(
      value.element.fragment(place.dialect), to: list,
      because: Edit.Reason(filter: filter, reason))
  }

  /// - Parameter filler: what belongs into the value's blank.
  package mutating func set(
    _ field: Field, to value: PreparedValue, filling filler: JSONValue? = nil,
    in node: NodeID? = nil,
    because reason: String
  ) {
    document.set(
      place.dialect.spelling(field), to: value.fragment(place.dialect), filling: filler,
      in: node ?? root, because: Edit.Reason(filter: filter, reason))
  }

  package mutating func addContainer(_ value: PreparedValue, because reason: String) -> NodeID? {
    guard let list = node(.containerDefinitions) else { return nil }
    let container = document.append(
      value.fragment(place.dialect), to: list, because: Edit.Reason(filter: filter, reason))
    addedContainers.append(container)
    return container
  }

  package mutating func remove(_ node: NodeID, because reason: String) {
    document.remove(node, because: Edit.Reason(filter: filter, reason))
  }
}
