package import LosslessJSON

/// A bare array of container definitions, as Terraform's `container_definitions` takes it.
///
/// It is wrapped in a task definition, injected, and unwrapped. Members that belong to the task become
/// findings, so that its owner can set them where the task is defined.
package struct ContainerList {
  /// The whitespace before and after the array.
  private let before: [UInt8]
  private let after: [UInt8]
  private let head: [UInt8]

  /// The array as a task definition.
  package let wrapped: [UInt8]

  /// - Returns: `nil` if the document is not such an array.
  package init?(_ bytes: ArraySlice<UInt8>, _ document: Document) {
    let elements = document.elements(of: document.root)
    let areContainers = elements.allSatisfy { element in
      document.kind(of: element) == .object
        && document.member(Field.containerDefinitions.spelling, of: element) == nil
    }
    guard !elements.isEmpty, areContainers else { return nil }
    before = Array(bytes.prefix { $0 <= 0x20 })
    after = Array(bytes.reversed().prefix { $0 <= 0x20 }.reversed())
    // Copies the layout of the array, so that inserted text follows it too.
    let array = bytes.dropFirst(before.count + 1)
    let gap = String(decoding: array.prefix { $0 <= 0x20 }, as: UTF8.self)
    let colon = array.drop { $0 != UInt8(ascii: ":") }.dropFirst().first
    let space = colon == UInt8(ascii: " ") ? " " : ""
    head = Array(
      ("{\(gap)\"\(Field.networkMode.spelling)\":\(space)\"\(NetworkMode.awsvpc)\","
        + "\(gap)\"\(Field.containerDefinitions.spelling)\":\(space)").utf8)
    wrapped = head + bytes + Array("}".utf8)
  }

  /// The number of bytes in the wrapped text before the input's first byte.
  package var offset: Int { head.count }

  /// The array with its edits.
  package func rendered(_ document: Document) -> [UInt8] {
    guard let array = document.member(Field.containerDefinitions.spelling, of: document.root) else {
      return []
    }
    return before + document.rendered(array) + after
  }

  /// The pointer in the array. Pointers outside of it become the root.
  package func pointer(_ pointer: JSONPointer) -> JSONPointer {
    guard pointer.tokens.first == Field.containerDefinitions.spelling else { return JSONPointer() }
    return JSONPointer(Array(pointer.tokens.dropFirst()))
  }

  /// The edits inside the array, with pointers in the array.
  package func edits(_ edits: [Edit]) -> [Edit] {
    edits.filter { $0.pointer.tokens.first == Field.containerDefinitions.spelling }
      .map { $0.droppingFirstToken }
  }

  /// The edits outside of the array, as findings.
  package func findings(_ edits: [Edit]) -> [Problem] {
    let rest = edits.filter { $0.pointer.tokens.first != Field.containerDefinitions.spelling }
    return rest.map { edit in
      let member = edit.pointer.tokens.joined(separator: "/")
      let block = Self.block(for: edit)
      var problem = Problem(
        Self.belongsToTask, ["member": member, "value": edit.after ?? "nothing"],
        fix: block == nil ? nil : Self.fixInTerraform, at: Place(offset: 0))
      problem.listing = block ?? []
      return problem
    }
  }

  /// The arguments of Terraform's resource that do what an edit does. `nil` if the edit has no such form.
  private static func block(for edit: Edit) -> [String]? {
    guard edit.pointer.tokens == [Field.proxyConfiguration.spelling], let text = edit.after,
      let document = try? Document(Array(text.utf8))
    else { return nil }
    return TerraformTask.redirection(document.value(document.root))
  }
}

extension ContainerList {
  package static let rules = [belongsToTask]

  private static let belongsToTask = Rule.warning(
    "belongs-to-task",
    "A list of containers cannot hold {member} of the task, without which Envoy gets no traffic.",
    fix: "Set it where the task is defined: {member} = {value}", see: Rule.Source.taskDefinition)
  private static let fixInTerraform: Wording =
    "Set it in the aws_ecs_task_definition of Terraform:"
}
