import LosslessJSON
import TaskDefinitions

/// The query of a data source `external` of Terraform: a task definition, and options by their names.
/// All values are texts.
struct ExternalQuery {
  static let documentKey = "task_definition"

  /// The task definition as the AWS API takes it.
  let document: [UInt8]
  private(set) var options = Settings()

  /// - Parameter bytes: one JSON object.
  init(_ bytes: [UInt8]) throws(Problem) {
    guard let query = try? Document(bytes), let members = query.value(query.root).object else {
      throw .usage(
        "The query on standard input is not a JSON object.",
        fix: "Let a data source \"external\" call this command.")
    }
    guard let text = members.first(where: { $0.name == Self.documentKey })?.value.string else {
      throw .usage(
        "The query has no \(Self.documentKey).",
        fix: "Give the task definition with jsonencode, named as in the AWS API.")
    }
    document = Array(text.utf8)
    for member in members where member.name != Self.documentKey && member.value != .null {
      try add(member)
    }
  }

  private mutating func add(_ member: JSONValue.Member) throws(Problem) {
    let source = "query: \(member.name)"
    let options = OptionTable.all.filter { $0.sources.contains(.key) }
    guard let option = options.first(where: { $0.name == member.name }) else {
      throw .unknownOption(member.name, source: "query")
    }
    guard let text = member.value.string else {
      throw .usage("\(source): The value is not a text.", fix: "Write it with tostring.")
    }
    for value in option.isRepeated ? try Self.list(text, source) : [text] {
      try self.options.add(option, value, source: source)
    }
  }

  /// The elements of a JSON array of texts and numbers, or the text itself.
  private static func list(_ text: String, _ source: String) throws(Problem) -> [String] {
    guard text.hasPrefix("[") else { return [text] }
    guard let document = try? Document(Array(text.utf8)),
      let elements = document.value(document.root).array, !elements.isEmpty
    else {
      throw .usage(
        "\(source): This is not a JSON array with elements.",
        fix: "Write it with jsonencode, and leave the key out if there are no elements.")
    }
    var values: [String] = []
    for element in elements {
      switch element {
      case .string(let value), .number(let value): values.append(value)
      default:
        throw .usage(
          "\(source): An element is neither a text nor a number.", fix: "Write a list of texts.")
      }
    }
    return values
  }
}
