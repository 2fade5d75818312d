/// A JSON document that can be edited without changing any byte outside the edits.
///
/// The input bytes never change. Edits are stored separately, in order, and ``rendered()`` splices them in.
/// The document can also be written in another syntax: see ``SourceText``.
///
/// Where to find each part:
/// - ``NodeTree`` holds bytes, values and children. All it knows of edits is what they added.
/// - `Document+Pointers` finds values by pointer, and pointers of values.
/// - `Document+Editing` makes edits. ``Change`` is the record of an edit.
/// - `Document+Restoring` undoes edits, with the trivia around values.
/// - `Writer` prints the document. ``Layout`` and ``Spacing`` decide how added values are laid out.
///   ``PrintedText`` is the text of a document that may be large.
public struct Document: Sendable {
  var tree: NodeTree
  /// The number of input bytes.
  let inputCount: Int
  /// The value that is the whole document. After ``narrow(to:because:)`` it is inside the input.
  public internal(set) var root: NodeID
  /// Members that name an element among its siblings: see ``namedPointer(to:)``.
  public var nameMembers: [MemberName] = []
  /// The records of the edits, in order: see ``edits``.
  package internal(set) var changes: [Change] = []
  var trivia = Trivia()
  var syntax = Syntax.json

  /// Scans one document strictly (RFC 8259).
  ///
  /// - Parameter bytes: UTF-8 without a byte order mark.
  /// - Throws: a ``Problem`` of rule ``Rule/syntax``, with the offset of the first invalid byte.
  public init(_ bytes: [UInt8]) throws(Problem) {
    do throws(SyntaxError) {
      tree = try NodeTree(scanning: bytes)
    } catch {
      throw error.problem
    }
    inputCount = bytes.count
    root = NodeID(0)
  }

  /// A document without values, for generating some, or as a placeholder for a document that is stored
  /// elsewhere.
  package init() {
    tree = NodeTree()
    inputCount = 0
    root = NodeID(0)
  }

  /// The number of input bytes and of bytes that edits added. The compact text is never longer.
  public var byteCount: Int { tree.bytes.count }
}

// MARK: Reading

extension Document {
  public enum Kind: String, Sendable {
    case null, bool, number, string, array, object
  }

  public func kind(of node: NodeID) -> Kind { tree.kind(of: node.index) }

  /// The value of the member called `name`, or `nil` if there is none or `node` is not an object.
  public func member(_ name: String, of node: NodeID) -> NodeID? {
    name.withBytes { tree.member($0, Fingerprint.of($0), of: node.index) }.map { NodeID($0) }
  }

  public func member(_ name: MemberName, of node: NodeID) -> NodeID? {
    tree.member(name, of: node.index).map { NodeID($0) }
  }

  /// The elements of an array, or an empty array for other values.
  public func elements(of node: NodeID) -> [NodeID] { tree.elements(of: node.index) }

  /// The members of an object in order, or an empty array for other values.
  public func members(of node: NodeID) -> [(name: String, value: NodeID)] {
    guard kind(of: node) == .object else { return [] }
    return tree.children(of: node.index).map { child in
      (child.name.map { tree.text($0) } ?? "", NodeID(child.value))
    }
  }

  /// The members of an object whose names begin with a text, in order, or an empty array for other values.
  public func members(
    of node: NodeID, withPrefix prefix: String
  ) -> [(name: String, value: NodeID)] {
    guard kind(of: node) == .object else { return [] }
    var members: [(name: String, value: NodeID)] = []
    let add = { (name: UInt32, value: UInt32) in
      guard tree.isString(name, where: { $0.starts(with: prefix.utf8) }) else { return }
      members.append((tree.text(name), NodeID(value)))
    }
    if let changed = tree.changedChildren(of: node.index) {
      for child in changed { if let name = child.name { add(name, child.value) } }
    } else {
      for child in tree.scannedChildren(of: node.index) { add(child.start, child.value) }
    }
    return members
  }

  /// Visits the members of an object that a list names, in the order of the object.
  ///
  /// - Parameter visit: receives the place of the member's name in the list, and the member's value.
  public func forEachMember(
    of node: NodeID, named names: MemberNameList, _ visit: (Int, NodeID) -> Void
  ) {
    guard kind(of: node) == .object else { return }
    if let changed = tree.changedChildren(of: node.index) {
      for child in changed {
        guard let place = child.name.flatMap({ tree.place(of: $0, in: names) }) else { continue }
        visit(place, NodeID(child.value))
      }
    } else {
      tree.withScannedChildren(of: node.index) { children in
        for child in children {
          guard let place = tree.place(of: child.start, in: names) else { continue }
          visit(place, NodeID(child.value))
        }
      }
    }
  }

  /// Visits the elements of an array, or the values of an object's members, in order. Unlike
  /// ``elements(of:)`` and ``values(of:)``, it makes no array of them.
  public func forEachValue(in node: NodeID, _ visit: (NodeID) -> Void) {
    guard tree.nodes[Int(node.index)].isContainer else { return }
    if let changed = tree.changedChildren(of: node.index) {
      for child in changed { visit(NodeID(child.value)) }
    } else {
      tree.withScannedChildren(of: node.index) { children in
        for child in children { visit(NodeID(child.value)) }
      }
    }
  }

  /// The values of an object's members in order, or an empty array for other values.
  public func values(of node: NodeID) -> [NodeID] {
    guard kind(of: node) == .object else { return [] }
    return tree.children(of: node.index).map { NodeID($0.value) }
  }

  /// Whether a value is `null`, or an array or object without children.
  public func isEmpty(_ node: NodeID) -> Bool {
    switch kind(of: node) {
    case .null: true
    case .array, .object: tree.firstValue(in: node.index) { _ in true } == nil
    case .bool, .number, .string: false
    }
  }

  /// The text of a string, or `nil` for other values.
  public func string(_ node: NodeID) -> String? {
    kind(of: node) == .string ? tree.text(node.index) : nil
  }

  public func isString(_ node: NodeID, _ text: String) -> Bool {
    tree.isString(node.index, text)
  }

  /// Whether a value is a string whose UTF-8 passes a test. The test reads it in place unless it has
  /// escapes.
  public func isString(_ node: NodeID, where test: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    tree.isString(node.index, where: test)
  }

  /// The number as an integer, or `nil` for other values and numbers beyond 64 bits.
  public func integer(_ node: NodeID) -> Int? { tree.integer(node.index) }

  public func bool(_ node: NodeID) -> Bool? { tree.bool(node.index) }

  public func value(_ node: NodeID) -> JSONValue { tree.value(node.index) }

  /// The byte offset in the input at which the value begins. For a value that an edit added, the offset of
  /// the closest container from the input.
  public func offset(of node: NodeID) -> Int {
    if let source { return offset(of: node, in: source) }
    var index = Int(node.index)
    while Int(tree.nodes[index].start) >= inputCount { index = Int(tree.nodes[index].parent) }
    return Int(tree.nodes[index].start)
  }
}

// MARK: Children

extension Document {
  /// The object or array that contains a value. The root contains itself.
  public func container(of node: NodeID) -> NodeID { NodeID(tree.nodes[Int(node.index)].parent) }

  /// The children after all edits.
  package func children(of container: UInt32) -> [Child] { tree.children(of: container) }

  /// The next sibling of a child, or `nil` if it is the last child.
  package func sibling(behind value: UInt32, in container: UInt32) -> Child? {
    tree.sibling(behind: value, in: container)
  }

  /// The node of a member's name, or `nil` for elements.
  package func nameNode(of value: UInt32, in container: UInt32) -> UInt32? {
    tree.nameNode(of: value, in: container)
  }

  /// Whether a value is part of the document, which means that no edit removed it or a container of it.
  func contains(_ node: NodeID) -> Bool {
    var index = node.index
    while index != root.index {
      let parent = tree.nodes[Int(index)].parent
      guard parent != index, tree.isChild(index, of: parent) else { return false }
      index = parent
    }
    return true
  }
}
