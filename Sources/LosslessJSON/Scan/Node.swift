/// One value or member name of a document: where its bytes are and where its subtree ends.
///
/// The nodes of a document stand in one array in document order, so a subtree is a range and the
/// children of a container are found by hopping over ``next``. An object's children alternate:
/// name, value, name, value.
struct Node: Sendable {
  enum Kind: UInt8, Sendable {
    case null, bool, number, string, array, object
  }

  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    /// The literal holds a backslash, so its bytes are not its text.
    static let escaped = Flags(rawValue: 1)
    /// This value, or one inside it, was changed by an edit.
    static let changed = Flags(rawValue: 2)
    /// Made by an edit, laid out when it is printed.
    static let generated = Flags(rawValue: 4)
    /// Made by an edit, but its bytes are printed as they are: they come from a ledger.
    static let verbatim = Flags(rawValue: 8)
    /// An object whose names are in a ``NameTable``.
    static let tabled = Flags(rawValue: 16)
  }

  /// Byte offsets in the document's buffer; 32 bits hold the largest document and its edits.
  var start: UInt32
  var end: UInt32
  /// Index of the first node after this one's subtree.
  var next: UInt32
  /// Index of the container; the root is its own parent.
  var parent: UInt32
  var kind: Kind
  var flags: Flags = []
  /// Of an object.
  var names = NameBits()
  /// In a member's name: its ``Fingerprint``. In a container in which an edit added, replaced or
  /// removed a child: 1 more than the index of ``Document/changedChildren``.
  var tag: UInt32 = 0
}

/// A value of one ``Document``. It stays valid while that document is edited, and means nothing
/// in another document.
public struct NodeID: Hashable, Sendable {
  package let index: UInt32

  package init(_ index: UInt32) { self.index = index }
}
