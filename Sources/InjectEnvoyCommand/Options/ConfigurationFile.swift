import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON
import LosslessYAML

/// `inject-envoy.yaml` or `.json`: every option under its name, and four things that have no
/// option.
struct ConfigurationFile: Sendable {
  static let environmentName = "INJECT_ENVOY_CONFIG"
  /// Read from the working directory when no file is named.
  static let defaultNames = ["inject-envoy.yaml", "inject-envoy.json"]

  /// Keys whose values are JSON, not settings.
  private enum Key: String, CaseIterable {
    case envoyContainer, tracingContainer, patches, accessLogFields
  }

  private(set) var settings = Settings()
  private var envoyContainer: JSONValue?
  private var tracingContainer: JSONValue?
  private(set) var patches: JSONPatch?
  private var accessLogFields: [AccessLogField]?

  init() {}

  /// - Parameter path: for messages.
  init(_ bytes: [UInt8], path: String) throws(CommandError) {
    let value = try Self.parse(bytes, path)
    guard value != .null else { return }
    guard let members = value.object else {
      throw .usage("\(path): the configuration must be a mapping", fix: "write 'option: value'")
    }
    for member in members {
      let source = "\(path): \(member.name)"
      switch Key(rawValue: member.name) {
      case .envoyContainer: envoyContainer = try Self.object(member.value, source)
      case .tracingContainer: tracingContainer = try Self.object(member.value, source)
      case .patches: patches = try Self.patch(member.value, source)
      case .accessLogFields: accessLogFields = try Self.fields(member.value, source)
      case nil: try add(member, source)
      }
    }
  }

  /// The file that the call or its environment names, else the one in the working directory.
  static func inForce(
    _ arguments: CommandLineArguments, _ environment: [String: String]
  ) throws(CommandError) -> ConfigurationFile {
    let named = arguments.given["config"] ?? environment[environmentName]
    guard let path = named ?? defaultNames.first(where: FileBytes.exists) else {
      return ConfigurationFile()
    }
    // "-" would be standard input, which is the document.
    let bytes = try FileBytes.readAtOnce(path == "-" ? "./-" : path)
    return try ConfigurationFile(bytes, path: path)
  }

  func apply(to options: inout InjectionOptions) {
    options.envoyContainer = envoyContainer
    options.tracingContainer = tracingContainer
    options.patches = patches
    options.accessLogFields = accessLogFields
  }

  private mutating func add(_ member: JSONValue.Member, _ source: String) throws(CommandError) {
    guard let option = OptionTable.option(member.name) else {
      let names = OptionTable.all.map(\.name) + Key.allCases.map(\.rawValue)
      let hint = Spelling.closest(to: member.name, among: names)
      throw .usage(
        "\(source): unknown key",
        fix: hint.map { "did you mean '\($0)'?" } ?? "'inject-envoy --help' lists the options")
    }
    let values = option.isRepeated ? member.value.array ?? [member.value] : [member.value]
    guard !values.isEmpty else {
      throw .usage(
        "\(source): the list is empty", fix: "leave the key out, or write 'none' to clear it")
    }
    for value in values {
      for text in try Self.texts(value, source, allowsPairs: option.isRepeated) {
        try settings.add(option.name, text, source: source)
      }
    }
  }

  /// A scalar as its text; a mapping, where a list is allowed, as `NAME=VALUE` for each member.
  private static func texts(
    _ value: JSONValue, _ source: String, allowsPairs: Bool
  ) throws(CommandError) -> [String] {
    switch value {
    case .string(let text), .number(let text): return [text]
    case .bool(let flag): return [String(flag)]
    case .object(let members) where allowsPairs:
      var pairs: [String] = []
      for member in members {
        guard !member.name.contains("=") else {
          throw .usage(
            "\(source): the name '\(member.name)' holds a '='", fix: "write NAME: VALUE")
        }
        let texts = try texts(member.value, source, allowsPairs: false)
        pairs += texts.map { "\(member.name)=\($0)" }
      }
      return pairs
    case .null, .array, .object:
      throw .usage(
        "\(source): this must be a single value", fix: "write one text, number, true or false")
    }
  }

  private static func object(
    _ value: JSONValue, _ source: String
  ) throws(CommandError) -> JSONValue {
    guard value.object != nil else {
      throw .usage("\(source): this must be a mapping", fix: "write the members to change")
    }
    return value
  }

  private static func fields(
    _ value: JSONValue, _ source: String
  ) throws(CommandError) -> [AccessLogField] {
    var fields: [AccessLogField] = []
    for name in value.array ?? [value] {
      guard let field = name.string.flatMap(AccessLogField.init) else {
        throw .usage(
          "\(source): \(name.compactText) is not a field of the access log",
          fix: "use some of: "
            + AccessLogField.allCases.map(\.rawValue).joined(separator: ", "))
      }
      if !fields.contains(field) { fields.append(field) }
    }
    return fields
  }

  private static func patch(_ value: JSONValue, _ source: String) throws(CommandError) -> JSONPatch
  {
    do throws(Problem) {
      return try JSONPatch(value)
    } catch {
      throw .usage("\(source)\(error.pointer): \(error.text.spelled)", fix: error.fix.spelled)
    }
  }

  private static func parse(_ bytes: [UInt8], _ path: String) throws(CommandError) -> JSONValue {
    // YAML's own braces look like JSON, whose rules are stricter.
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
