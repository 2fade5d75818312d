/// The values of a document: the bytes, the nodes that record the place of each value, and the children that
/// edits have changed.
///
/// The scanned bytes never change. The text of an edit is appended to them, and its nodes are appended to the
/// nodes, so a ``NodeID`` stays valid. ``Node`` explains the layout with an example.
struct NodeTree: Sendable {
  /// The input, followed by the text of every edit.
  var bytes: [UInt8]
  var nodes: [Node]
  /// Name tables of objects with more than 64 members, keyed by node index.
  private(set) var nameTables: [UInt32: NameTable] = [:]
  /// The children of each container in which an edit added, replaced or removed a child. See
  /// ``Node/tag``.
  private(set) var changedChildren: [[Child]] = []

  /// A tree without values, for generating some.
  init() {
    bytes = []
    nodes = []
  }

  /// Scans one document strictly (RFC 8259). Its root is node 0.
  init(scanning bytes: [UInt8]) throws(SyntaxError) {
    self.bytes = bytes
    nodes = []
    nameTables = try Self.scan(bytes, from: 0, into: &nodes)
  }

  /// - Parameters:
  /// - start: the byte offset of the value. Everything after it is scanned.
  /// - parent: the node of the container for the value, or `nil` for a document.
  /// - Returns: the name tables of large objects in a document.
  @discardableResult
  static func scan(
    _ bytes: [UInt8], from start: Int, into nodes: inout [Node], parent: UInt32? = nil,
    flags: Node.Flags = [], depth: Int = 0
  ) throws(SyntaxError) -> [UInt32: NameTable] {
    // ``Node`` holds 32-bit offsets.
    guard bytes.count <= UInt32.max else { throw SyntaxError(.tooLarge, at: 0) }
    // A `Result`, because a closure's typed throw does not pass through this call.
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<_, SyntaxError> in
      var scanner = Scanner(buffer, from: start, flags: flags)
      scanner.depth = depth
      defer { scanner.nodes.deallocate() }
      // Real task definitions have a value or name for every 10 to 14 bytes.
      scanner.nodes.reserve((bytes.count - start) / 10)
      do throws(SyntaxError) {
        if parent == nil { try scanner.scanDocument() } else { try scanner.scanValue(parent: 0) }
        scanner.nodes.append(to: &nodes, parent: parent ?? 0)
        return .success(scanner.nameTables)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Makes room for the text of edits once. Growing in steps would copy the document as often. Memory that is
  /// never written costs nothing.
  mutating func reserveForEdits() { bytes.reserveCapacity(3 * bytes.count + 4096) }
}

/// A child of a container in which an edit has changed at least one child.
package struct Child: Sendable {
  /// The node of the member's name, or `nil` in arrays.
  package var name: UInt32?
  package var value: UInt32
  /// The index among the scanned children, or `nil` if an edit added the child.
  var origin: Int?
}

// MARK: Children

/// Visits the scanned children of a container. No other code steps from sibling to sibling in a finished
/// tree.
struct ScannedChildren<Nodes: RandomAccessCollection<Node>>: Sequence, IteratorProtocol
where Nodes.Index == Int {
  /// A child, and the node at which it begins, which is the name of a member or the value itself in arrays.
  typealias Element = (start: UInt32, value: UInt32)

  fileprivate let nodes: Nodes
  fileprivate private(set) var index: UInt32
  fileprivate let end: UInt32
  /// 1 in objects, whose names precede the values.
  private let nameCount: UInt32

  /// - Parameter container: the node of an object or array. A scalar has no children.
  @inline(__always)
  init(_ nodes: Nodes, of container: UInt32) {
    let node = nodes[Int(container)]
    self.nodes = nodes
    index = container &+ 1
    end = node.next
    nameCount = node.kind == .object ? 1 : 0
  }

  @inline(__always)
  mutating func next() -> Element? {
    guard index < end else { return nil }
    let child = (start: index, value: index &+ nameCount)
    index = nodes[Int(child.value)].next
    return child
  }
}

extension ScannedChildren<UnsafeBufferPointer<Node>> {
  /// The value of the first member, at this step or behind it, whose name has a tag and passes a test, or has
  /// escapes and passes the test. Only for objects.
  ///
  /// All filters look up members in this loop. It steps by pointer, because computing an address from an index
  /// costs as much as the rest of a step.
  @inline(__always)
  func firstValue(tagged tag: UInt32, where isNamed: (_ name: UInt32) -> Bool) -> UInt32? {
    guard let first = nodes.baseAddress else { return nil }
    var name = first + Int(index)
    let end = first + Int(self.end)
    while name < end {
      let other = name.pointee.tag
      if other == tag || other == Fingerprint.unknown {
        let place = UInt32(truncatingIfNeeded: name - first)
        if isNamed(place) { return place &+ 1 }
      }
      name = first + Int(name[1].next)
    }
    return nil
  }
}

extension NodeTree {
  @inline(__always)
  func scannedChildren(of container: UInt32) -> ScannedChildren<[Node]> {
    ScannedChildren(nodes, of: container)
  }

  /// Calls `body` with the scanned children of a container. An iterator over the array would retain it, which
  /// costs as much as visiting a child.
  @inline(__always)
  func withScannedChildren<Result>(
    of container: UInt32, _ body: (ScannedChildren<UnsafeBufferPointer<Node>>) -> Result
  ) -> Result {
    nodes.withUnsafeBufferPointer { body(ScannedChildren($0, of: container)) }
  }

  /// - Returns: `nil` if no edit has changed the children.
  func changedChildren(of container: UInt32) -> [Child]? {
    let node = nodes[Int(container)]
    return node.flags.contains(.listed) ? changedChildren[Int(node.tag)] : nil
  }

  /// The children after all edits.
  func children(of container: UInt32) -> [Child] {
    changedChildren(of: container) ?? listOfScanned(container)
  }

  /// The children before all edits.
  ///
  /// - Parameter count: the number of children that are likely to be added.
  func listOfScanned(_ container: UInt32, roomForMore count: Int = 0) -> [Child] {
    let isObject = nodes[Int(container)].kind == .object
    var children: [Child] = []
    children.reserveCapacity(scannedCount(of: container) + count)
    withScannedChildren(of: container) { scanned in
      for (start, value) in scanned {
        children.append(Child(name: isObject ? start : nil, value: value, origin: children.count))
      }
    }
    return children
  }

  func scannedCount(of container: UInt32) -> Int {
    withScannedChildren(of: container) { children in
      var count = 0
      for _ in children { count += 1 }
      return count
    }
  }

  func childCount(of container: UInt32) -> Int {
    changedChildren(of: container)?.count ?? scannedCount(of: container)
  }

  /// The first child, after all edits, whose value passes a test.
  func firstValue(in container: UInt32, where test: (UInt32) -> Bool) -> UInt32? {
    if let changed = changedChildren(of: container) {
      return changed.first { test($0.value) }?.value
    }
    return withScannedChildren(of: container) { children in
      children.first { test($0.value) }?.value
    }
  }

  /// Whether the value is still in its container, because no edit removed it.
  func isChild(_ value: UInt32, of container: UInt32) -> Bool {
    // A generated value that could not be added has a higher index than all scanned nodes.
    changedChildren(of: container)?.contains { $0.value == value }
      ?? (value < nodes[Int(container)].next)
  }

  /// The index of a child, or `nil` if an edit removed it.
  func place(of value: UInt32, in container: UInt32) -> Int? {
    if let changed = changedChildren(of: container) {
      return changed.firstIndex { $0.value == value }
    }
    guard value < nodes[Int(container)].next else { return nil }
    return withScannedChildren(of: container) { children in
      var place = 0
      for child in children where child.value < value { place += 1 }
      return place
    }
  }

  /// The next sibling of a child, or `nil` if it is the last child.
  func sibling(behind value: UInt32, in container: UInt32) -> Child? {
    if let changed = changedChildren(of: container) {
      let place = changed.firstIndex { $0.value == value }
      return place.flatMap { $0 + 1 < changed.count ? changed[$0 + 1] : nil }
    }
    let next = nodes[Int(value)].next
    guard next < nodes[Int(container)].next else { return nil }
    let isMember = nodes[Int(container)].kind == .object
    return Child(name: isMember ? next : nil, value: isMember ? next + 1 : next, origin: nil)
  }

  /// The node of a member's name, or `nil` in arrays and if an edit removed the member.
  func nameNode(of value: UInt32, in container: UInt32) -> UInt32? {
    guard nodes[Int(container)].kind == .object else { return nil }
    guard let changed = changedChildren(of: container) else {
      return value < nodes[Int(container)].next ? value - 1 : nil
    }
    return changed.first { $0.value == value }?.name
  }

  /// Changes the list of children in place, and flags the container and those around it as changed.
  mutating func changeChildren(of container: UInt32, _ change: (inout [Child]) -> Void) {
    if !nodes[Int(container)].flags.contains(.listed) {
      // Edits add about as many members to a new Envoy container.
      changedChildren.append(listOfScanned(container, roomForMore: 8))
      nodes[Int(container)].tag = UInt32(changedChildren.count - 1)
      nodes[Int(container)].flags.insert(.listed)
    }
    change(&changedChildren[Int(nodes[Int(container)].tag)])
    var index = container
    while !nodes[Int(index)].flags.contains(.changed) {
      nodes[Int(index)].flags.insert(.changed)
      index = nodes[Int(index)].parent
    }
  }
}

extension Node {
  var isContainer: Bool { kind == .object || kind == .array }
}
