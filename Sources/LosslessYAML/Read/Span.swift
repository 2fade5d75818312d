/// Where a value or member name stands in a text.
struct Span: Sendable {
  enum Form: Sendable {
    /// A scalar, an alias, or what an alias stands for: nothing inside has a place of its own.
    case leaf
    /// A collection without brackets: it ends where its last child ends.
    case block
    /// A collection in brackets.
    case flow
    /// The object that a tag such as `!Ref` stands for; it ends where its value ends.
    case tagged
  }

  struct Traits: OptionSet, Sendable {
    let rawValue: UInt16
    /// It has a tag, or is what the tag of an intrinsic stands for.
    static let tagged = Traits(rawValue: 1)
    /// It has an anchor or a tag.
    static let properties = Traits(rawValue: 2)
    /// It has an anchor, and an alias elsewhere stands for it, too.
    static let aliased = Traits(rawValue: 4)
    /// It is what an alias stands for.
    static let alias = Traits(rawValue: 8)
    /// It takes members from another mapping with `<<`.
    static let merged = Traits(rawValue: 16)
    /// One of its keys stands twice.
    static let duplicateKey = Traits(rawValue: 32)
    /// Not all of its keys are those of its children.
    static let unlisted: Traits = [.merged, .duplicateKey]
    /// Its keys or dashes do not stand where a simple layout has them, as with `? key`.
    static let irregular = Traits(rawValue: 64)
    /// A scalar behind `|` or `>` that ends with a line end: at the end of the text that has to stay.
    static let endsWithLineEnd = Traits(rawValue: 128)
  }

  /// The value with its anchor and tag. Of block collections without these it is not kept up to
  /// date by edits; ``YAMLText/start(of:in:)`` knows.
  var start: Int
  var end: Int
  /// Where the child begins: an element's dash, or a member's key.
  var item: Int
  /// Behind the dash or colon; inside brackets unused.
  var indicator: Int
  var form: Form
  var traits: Traits = []
  /// Where it stood in what was read; `nil`: an edit made it.
  var input: Int?
}
