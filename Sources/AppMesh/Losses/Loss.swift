/// Something that a mesh did and that its compiled configuration does otherwise, or not at all.
public struct Loss: Hashable, Sendable {
  public var code: Code
  /// What is lost here and what follows: one sentence without a full stop.
  public var message: String
  /// What to do about it, as an imperative without a full stop.
  public var remedy: String
  public var origin: Origin

  init(_ code: Code, _ message: String, remedy: String? = nil, at origin: Origin) {
    self.code = code
    self.message = message
    self.remedy = remedy ?? code.remedy
    self.origin = origin
  }
}
