internal import LosslessJSON

/// What a parameter in the query string of a request must be like.
public struct QueryParameterMatcher: Hashable, Sendable {
  public var name: String
  /// `nil`: anything, if the parameter is there.
  public var value: StringMatcher?

  public init(_ name: String, _ value: StringMatcher? = nil) {
    self.name = name
    self.value = value
  }

  var json: JSONValue {
    .fields([
      "name": .string(name),
      "string_match": value?.json,
      "present_match": value == nil ? true : nil,
    ])
  }
}
