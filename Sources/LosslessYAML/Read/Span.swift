/// The place of a value or member name in a text.
struct Span: Sendable {
  enum Form: Sendable {
    /// A scalar, an alias, or a value that an alias repeats. The values inside it have no places.
    case leaf
    /// A collection without brackets. It ends where its last child ends.
    case block
    /// A collection in brackets.
    case flow
    /// The object that a tag such as `!Ref` represents. It ends where its value ends.
    case tagged
  }

  struct Traits: OptionSet, Sendable {
    let rawValue: UInt16
    /// It has a tag, or is the value of an intrinsic function's tag.
    static let tagged = Traits(rawValue: 1)
    /// It has an anchor or a tag.
    static let properties = Traits(rawValue: 2)
    /// It has an anchor, and an alias repeats it.
    static let aliased = Traits(rawValue: 4)
    /// An alias repeats it here.
    static let alias = Traits(rawValue: 8)
    /// It merges members of another mapping with `<<`.
    static let merged = Traits(rawValue: 16)
    /// One of its keys appears twice.
    static let duplicateKey = Traits(rawValue: 32)
    /// Not all of its keys belong to its children.
    static let unlisted: Traits = [.merged, .duplicateKey]
    /// Its keys or dashes are not at the place of a simple layout, as with `? key`.
    static let irregular = Traits(rawValue: 64)
    /// A block scalar that ends with a line break, which must stay at the end of the text.
    static let endsWithLineEnd = Traits(rawValue: 128)
  }

  /// The offset of the value, or of its anchor or tag. For block collections without an anchor or tag, edits do
  /// not update it: use ``YAMLText/start(of:in:)``.
  var start: Int
  var end: Int
  /// The offset of the child, which is an element's dash or a member's key.
  var item: Int
  /// The offset after the dash or colon. Unused inside brackets.
  var indicator: Int
  var form: Form
  var traits: Traits = []
  /// The offset in the input, or `nil` if an edit added the value.
  var input: Int?
}
