internal import LosslessJSON

extension JSONValue {
  /// An object without the members whose value is `nil`, so that Envoy's defaults are not written out.
  static func fields(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }

  /// A `google.protobuf.Any` that holds the message called `type` with these `fields`.
  static func message(
    _ type: String, _ fields: KeyValuePairs<String, JSONValue?> = [:]
  ) -> JSONValue {
    let members = fields.compactMap { name, value in value.map { Member(name, $0) } }
    return .object([Member("@type", .string("type.googleapis.com/" + type))] + members)
  }

  /// An extension that is configured by the message `config`.
  ///
  /// Envoy finds the extension by the type of the message, so filters and access loggers have short
  /// names: long ones would take 300 bytes of every task definition.
  static func typedExtension(_ name: String, _ config: JSONValue) -> JSONValue {
    ["name": .string(name), "typed_config": config]
  }

  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  /// A `google.protobuf.Duration` with millisecond precision: `0.250s`, `15s`.
  static func duration(_ value: Duration) -> JSONValue {
    let (seconds, attoseconds) = value.components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    guard milliseconds != 0 else { return .string("\(seconds)s") }
    let padding = String(repeating: "0", count: 3 - String(milliseconds).count)
    return .string("\(seconds).\(padding)\(milliseconds)s")
  }

  /// A number in its shortest form that reads back as `value`.
  static func decimal(_ value: Double) -> JSONValue {
    let text = "\(value)"
    return .number(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }
}

extension Array {
  /// `nil` for an empty list, so that it is left out.
  func ifNotEmpty(_ json: (Self) -> JSONValue) -> JSONValue? { isEmpty ? nil : json(self) }
}
