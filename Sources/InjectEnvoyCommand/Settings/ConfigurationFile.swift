import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON
import LosslessYAML

/// `inject-envoy.yaml` or `inject-envoy.json`: a key for every option, and four keys for values that no
/// option can express.
struct ConfigurationFile: Sendable {
  /// Names to look for in the working directory if no file is named.
  private static let defaultNames = ["inject-envoy.yaml", "inject-envoy.json"]

  /// Keys whose values are JSON, not the value of an option.
  private enum Key: String, CaseIterable {
    case envoyContainer, tracingContainer, patches, accessLogFields
    /// The address of the schema, for editors.
    case schema = "$schema"
  }

  private(set) var settings = Settings()
  private var envoyContainer: JSONValue?
  private var tracingContainer: JSONValue?
  private(set) var patches: JSONPatch?
  private var accessLogFields: [AccessLogField]?

  /// A file without keys.
  init() {}

  /// - Parameter path: the file that the user named. If `nil`, the file in the working directory.
  static func read(_ path: String?) throws(CommandError) -> ConfigurationFile {
    guard let path = path ?? defaultNames.first(where: FileBytes.exists) else {
      return ConfigurationFile()
    }
    // "-" would mean standard input, which is the document.
    let bytes = try FileBytes.readAtOnce(path == "-" ? "./-" : path)
    do throws(Problem) {
      return try ConfigurationFile(bytes, path: path)
    } catch {
      throw CommandError([error], .usage)
    }
  }

  /// - Parameter path: for messages.
  init(_ bytes: [UInt8], path: String) throws(Problem) {
    let value = try Self.parse(bytes, path)
    guard value != .null else { return }
    guard let members = value.object else {
      throw .usage(
        "\(path): The configuration is not a mapping.", fix: "Write 'option: value' in each line.")
    }
    for member in members {
      let source = "\(path): \(member.name)"
      switch Key(rawValue: member.name) {
      case .envoyContainer: envoyContainer = try Self.object(member.value, source)
      case .tracingContainer: tracingContainer = try Self.object(member.value, source)
      case .patches: patches = try Self.patch(member.value, source)
      case .accessLogFields: accessLogFields = try Self.fields(member.value, source)
      case .schema: try Self.checkText(member.value, source)
      case nil: try add(member, source)
      }
    }
  }

  func apply(to options: inout InjectionOptions) {
    options.envoyContainer = envoyContainer
    options.tracingContainer = tracingContainer
    options.patches = patches
    options.accessLogFields = accessLogFields
  }

  private mutating func add(_ member: JSONValue.Member, _ source: String) throws(Problem) {
    let options = OptionTable.all.filter { $0.sources.contains(.key) }
    guard let option = options.first(where: { $0.name == member.name }) else {
      let names = options.map(\.name) + Key.allCases.map(\.rawValue)
      let hint = Spelling.closest(to: member.name, among: names)
      throw .usage(
        "\(source): Unknown key.",
        fix: hint.map { "Did you mean '\($0)'?" }
          ?? "'inject-envoy COMMAND --help' lists the options of a command.")
    }
    let values = option.isRepeated ? member.value.array ?? [member.value] : [member.value]
    guard !values.isEmpty else {
      throw .usage(
        "\(source): The list is empty.", fix: "Leave the key out, or write 'none' to clear it.")
    }
    for value in values {
      for text in try Self.texts(value, source, allowsPairs: option.isRepeated) {
        try settings.add(option, text, source: source)
      }
    }
  }

  /// The text of a scalar. If a list is allowed, a mapping becomes one `NAME=VALUE` per member.
  private static func texts(
    _ value: JSONValue, _ source: String, allowsPairs: Bool
  ) throws(Problem) -> [String] {
    switch value {
    case .string(let text), .number(let text): return [text]
    case .bool(let flag): return [String(flag)]
    case .object(let members) where allowsPairs:
      var pairs: [String] = []
      for member in members {
        guard !member.name.contains("=") else {
          throw .usage(
            "\(source): The name '\(member.name)' contains an equals sign.",
            fix: "Write NAME: VALUE.")
        }
        let texts = try texts(member.value, source, allowsPairs: false)
        pairs += texts.map { "\(member.name)=\($0)" }
      }
      return pairs
    case .null, .array, .object:
      throw .usage(
        "\(source): This is not a single value.", fix: "Write one text, number, true or false.")
    }
  }

  private static func checkText(_ value: JSONValue, _ source: String) throws(Problem) {
    guard value.string == nil else { return }
    throw .usage("\(source): This is not a text.", fix: "Write the address of the schema.")
  }

  private static func object(
    _ value: JSONValue, _ source: String
  ) throws(Problem) -> JSONValue {
    guard value.object != nil else {
      throw .usage("\(source): This is not a mapping.", fix: "Write the members to change.")
    }
    return value
  }

  private static func fields(
    _ value: JSONValue, _ source: String
  ) throws(Problem) -> [AccessLogField] {
    var fields: [AccessLogField] = []
    for name in value.array ?? [value] {
      guard let field = name.string.flatMap(AccessLogField.init) else {
        throw .usage(
          "\(source): \(name.compactText) is not a field of the access log.",
          fix: "Use some of: "
            + AccessLogField.allCases.map(\.rawValue).joined(separator: ", ") + ".")
      }
      if !fields.contains(field) { fields.append(field) }
    }
    return fields
  }

  private static func patch(_ value: JSONValue, _ source: String) throws(Problem) -> JSONPatch {
    do throws(Problem) {
      return try JSONPatch(value)
    } catch {
      throw .usage("\(source)\(error.pointer): \(error.text.spelled)", fix: error.fix.spelled)
    }
  }

  private static func parse(_ bytes: [UInt8], _ path: String) throws(Problem) -> JSONValue {
    // YAML's braces look like JSON, which has stricter rules.
    let isYAML = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
    let isJSON = !isYAML && bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
    do throws(Problem) {
      guard isJSON else { return try YAMLReader.value(bytes) }
      let document = try Document(bytes)
      return document.value(document.root)
    } catch {
      let position = TextPosition(of: error.offset, in: bytes)
      throw .usage(
        "\(path):\(position.line):\(position.column): \(error.text.spelled)",
        fix: error.fix.spelled)
    }
  }
}
