internal import LosslessJSON

/// A tag with the same value on every statistic of this Envoy.
public struct StatsTag: Hashable, Sendable {
  public var name: String
  public var fixedValue: String

  public init(name: String, fixedValue: String) {
    self.name = name
    self.fixedValue = fixedValue
  }

  var json: JSONValue { ["tag_name": .string(name), "fixed_value": .string(fixedValue)] }
}
