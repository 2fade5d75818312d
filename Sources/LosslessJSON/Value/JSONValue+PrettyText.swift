extension JSONValue {
  /// The value as JSON text with two spaces a level, without a final line end.
  public var prettyText: String {
    guard let document = try? Document(Array(compactText.utf8)) else { return compactText }
    return String(decoding: document.reprinted(.pretty).dropLast(), as: UTF8.self)
  }
}
