package import LosslessJSON

/// A bare array of container definitions, as Terraform's `container_definitions` takes it.
///
/// It is injected as the task definition that it belongs to. Only the array comes out: what belongs
/// to the task is told, for its owner to write where the task is.
package struct ContainerList {
  /// What stands before and behind the array: white space.
  private let before: [UInt8]
  private let after: [UInt8]
  private let head: [UInt8]

  /// The array as a task definition.
  package let wrapped: [UInt8]

  /// - Returns: `nil` when the document is no such array.
  package init?(_ bytes: ArraySlice<UInt8>, _ document: Document) {
    let elements = document.elements(of: document.root)
    let areContainers = elements.allSatisfy { element in
      document.kind(of: element) == .object
        && document.member(Field.containerDefinitions.rawValue, of: element) == nil
    }
    guard !elements.isEmpty, areContainers else { return nil }
    before = Array(bytes.prefix { $0 <= 0x20 })
    after = Array(bytes.reversed().prefix { $0 <= 0x20 }.reversed())
    // Laid out like the array itself, so that what is inserted is as well.
    let array = bytes.dropFirst(before.count + 1)
    let gap = String(decoding: array.prefix { $0 <= 0x20 }, as: UTF8.self)
    let colon = array.drop { $0 != UInt8(ascii: ":") }.dropFirst().first
    let space = colon == UInt8(ascii: " ") ? " " : ""
    head = Array(
      ("{\(gap)\"\(Field.networkMode.rawValue)\":\(space)\"\(NetworkMode.awsvpc)\","
        + "\(gap)\"\(Field.containerDefinitions.rawValue)\":\(space)").utf8)
    wrapped = head + bytes + Array("}".utf8)
  }

  /// How many bytes stand in the wrapped text before the input's first one.
  package var offset: Int { head.count }

  /// The array with its edits.
  package func rendered(_ document: Document) -> [UInt8] {
    guard let array = document.member(Field.containerDefinitions.rawValue, of: document.root) else {
      return []
    }
    return before + document.rendered(array) + after
  }

  /// A place as the array's owner sees it; what belongs to the task is nowhere in it.
  package func pointer(_ pointer: JSONPointer) -> JSONPointer {
    guard pointer.tokens.first == Field.containerDefinitions.rawValue else { return JSONPointer() }
    return JSONPointer(Array(pointer.tokens.dropFirst()))
  }

  /// The edits inside the array, as the array's owner sees them.
  package func edits(_ edits: [Edit]) -> [Edit] {
    edits.filter { $0.pointer.tokens.first == Field.containerDefinitions.rawValue }
      .map { $0.droppingFirstToken }
  }

  /// What belongs to the task.
  package func findings(_ edits: [Edit]) -> [Problem] {
    let rest = edits.filter { $0.pointer.tokens.first != Field.containerDefinitions.rawValue }
    return rest.map { Problem(.belongsToTask($0), at: 0) }
  }
}

extension Message {
  fileprivate static func belongsToTask(_ edit: Edit) -> Self {
    let name = edit.pointer.tokens.joined(separator: "/")
    return Self(
      .belongsToTask,
      "this list has no room for the task's \(name), without which Envoy gets no "
        + "traffic",
      fix: "write it where the task is: \(name) = \(edit.after ?? "nothing")")
  }
}
