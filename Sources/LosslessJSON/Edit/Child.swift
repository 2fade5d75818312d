/// A child of a container whose children an edit has changed.
package struct Child: Sendable {
  /// Node of the member's name; `nil` in arrays.
  package var name: UInt32?
  package var value: UInt32
  /// Index among the children that the scanned bytes hold; `nil`: added.
  var origin: Int?
}

extension Document {
  /// The children as they stand now.
  package func children(of container: UInt32) -> [Child] {
    changedChildren(of: container) ?? scannedChildren(of: container)
  }

  /// - Returns: `nil` when they stand as they were scanned.
  func changedChildren(of container: UInt32) -> [Child]? {
    let node = nodes[Int(container)]
    return node.isContainer && node.tag > 0 ? changedChildren[Int(node.tag) - 1] : nil
  }

  /// The children as the scanned bytes hold them.
  ///
  /// - Parameter count: of the children that the array is likely to get.
  func scannedChildren(of container: UInt32, roomForMore count: Int = 0) -> [Child] {
    var children: [Child] = []
    children.reserveCapacity(scannedCount(of: container) + count)
    forEachScanned(of: container) { name, value in
      children.append(Child(name: name, value: value, origin: children.count))
    }
    return children
  }

  func scannedCount(of container: UInt32) -> Int {
    var count = 0
    forEachScanned(of: container) { _, _ in count += 1 }
    return count
  }

  /// Visits the name, in objects, and the value of each child that the scanned bytes hold.
  @inline(__always)
  func forEachScanned(of container: UInt32, _ visit: (UInt32?, UInt32) -> Void) {
    let node = nodes[Int(container)]
    var index = container + 1
    while index < node.next {
      let value = node.kind == .object ? index + 1 : index
      visit(node.kind == .object ? index : nil, value)
      index = nodes[Int(value)].next
    }
  }

  /// The first value in a container that passes a test.
  func firstValue(in container: UInt32, where test: (UInt32) -> Bool) -> UInt32? {
    if let changed = changedChildren(of: container) {
      return changed.first { test($0.value) }?.value
    }
    let isObject = nodes[Int(container)].kind == .object
    var index = container + 1
    while index < nodes[Int(container)].next {
      let value = isObject ? index + 1 : index
      if test(value) { return value }
      index = nodes[Int(value)].next
    }
    return nil
  }

  /// Whether a value still is a child of its container: no edit took it out.
  func isChild(_ value: UInt32, of container: UInt32) -> Bool {
    // A value that an edit made, and could not add, stands behind all that was scanned.
    changedChildren(of: container)?.contains { $0.value == value }
      ?? (value < nodes[Int(container)].next)
  }

  /// Which child of its container a value is; `nil`: an edit took it out.
  func place(of value: UInt32, in container: UInt32) -> Int? {
    if let changed = changedChildren(of: container) {
      return changed.firstIndex { $0.value == value }
    }
    guard value < nodes[Int(container)].next else { return nil }
    var place = 0
    forEachScanned(of: container) { _, child in if child < value { place += 1 } }
    return place
  }

  /// The child behind another; `nil`: it is the last one.
  package func sibling(behind value: UInt32, in container: UInt32) -> Child? {
    if let changed = changedChildren(of: container) {
      let place = changed.firstIndex { $0.value == value }
      return place.flatMap { $0 + 1 < changed.count ? changed[$0 + 1] : nil }
    }
    let next = nodes[Int(value)].next
    guard next < nodes[Int(container)].next else { return nil }
    let isMember = nodes[Int(container)].kind == .object
    return Child(name: isMember ? next : nil, value: isMember ? next + 1 : next, origin: nil)
  }

  /// The node of a member's name; `nil` for elements.
  package func nameNode(of value: UInt32, in container: UInt32) -> UInt32? {
    guard nodes[Int(container)].kind == .object else { return nil }
    guard let changed = changedChildren(of: container) else {
      return value < nodes[Int(container)].next ? value - 1 : nil
    }
    return changed.first { $0.value == value }?.name
  }
}

extension Node {
  var isContainer: Bool { kind == .object || kind == .array }
}
