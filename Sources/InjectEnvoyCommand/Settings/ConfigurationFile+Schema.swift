import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON

extension ConfigurationFile {
  /// The JSON schema of the file: a property for each option, and those for keys that no option has.
  /// It accepts every file that is accepted here, and rejects most others.
  ///
  /// - SeeAlso: <https://json-schema.org/draft-07>
  static var schema: JSONValue {
    var names: [String] = []
    let options = OptionTable.all.filter { $0.sources.contains(.key) }
    for option in options where !names.contains(option.name) { names.append(option.name) }
    let properties = names.map { name in
      JSONValue.Member(name, property(options.filter { $0.name == name }))
    }
    return [
      "$schema": "http://json-schema.org/draft-07/schema#",
      "title": "Configuration of inject-envoy",
      "description": "Options of inject-envoy, and changes that no option can express",
      "type": ["object", "null"],
      "properties": .object(properties + otherKeys),
      "additionalProperties": false,
    ]
  }

  /// - Parameter options: those of one name. Commands have different ones called `format`.
  private static func property(_ options: [Option]) -> JSONValue {
    let schemas = options.map { option -> JSONValue in
      let standard = option.standard.map { " [default: \($0)]" } ?? ""
      let description: JSONValue = ["description": .string(option.help + standard)]
      return description.merging(schema(of: option))
    }
    return schemas.count == 1 ? schemas[0] : ["anyOf": .array(schemas)]
  }

  private static func schema(of option: Option) -> JSONValue {
    let value = option.accepted.schema
    guard option.isRepeated else { return value }
    let scalar = AcceptedValues.text.schema
    // A mapping is NAME=VALUE for each member.
    let isPair = option.placeholder?.contains("=") == true
    let pairs: [JSONValue] =
      isPair ? [["type": "object", "additionalProperties": scalar]] : []
    let element: JSONValue = isPair ? ["anyOf": .array([value] + pairs)] : value
    let list: JSONValue = ["type": "array", "minItems": 1, "items": element]
    return ["anyOf": .array([value, list] + pairs)]
  }

  private static var otherKeys: [JSONValue.Member] {
    let fields: JSONValue = ["enum": .array(AccessLogField.allCases.map { .string($0.rawValue) })]
    return [
      JSONValue.Member("$schema", ["type": "string", "description": "Address of this schema"]),
      JSONValue.Member(
        "envoyContainer",
        [
          "type": "object",
          "description": "Merge patch (RFC 7396) for the generated Envoy container; null removes",
        ]),
      JSONValue.Member(
        "tracingContainer",
        [
          "type": "object",
          "description": "Merge patch (RFC 7396) for the generated tracing container; null removes",
        ]),
      JSONValue.Member(
        "accessLogFields",
        [
          "description": "Fields of Envoy's access log",
          "anyOf": [fields, ["type": "array", "items": fields]],
        ]),
      JSONValue.Member("patches", patchSchema),
    ]
  }

  private static let patchSchema: JSONValue = [
    "description": "JSON Patch (RFC 6902) for the injected document",
    "type": "array",
    "items": [
      "type": "object",
      "properties": [
        "op": ["enum": ["add", "remove", "replace", "move", "copy", "test"]],
        "path": ["type": "string", "pattern": "^(/.*)?$"],
        "from": ["type": "string", "pattern": "^(/.*)?$"],
      ],
      "required": ["op", "path"],
      "allOf": [
        [
          "if": ["properties": ["op": ["enum": ["add", "replace", "test"]]]],
          "then": ["required": ["value"]],
        ],
        [
          "if": ["properties": ["op": ["enum": ["move", "copy"]]]],
          "then": ["required": ["from"]],
        ],
      ],
    ],
  ]
}

extension AcceptedValues {
  /// The schema of one value. A text may stand for a number or a Boolean, as in a variable.
  fileprivate var schema: JSONValue {
    switch self {
    case .flag: ["enum": [true, false, "true", "false", 1, 0, "1", "0"]]
    case .integer(let range):
      [
        "type": ["integer", "string"], "minimum": .integer(range.lowerBound),
        "maximum": .integer(range.upperBound), "pattern": "^-?[0-9]+$",
      ]
    case .words(let words): ["enum": .array(words().map(JSONValue.string))]
    case .file, .directory, .text: ["type": ["string", "number", "boolean"]]
    case .orNone(.text), .orNone(.file), .orNone(.directory): AcceptedValues.text.schema
    case .orNone(let other): ["anyOf": [other.schema, ["const": "none"]]]
    }
  }
}
