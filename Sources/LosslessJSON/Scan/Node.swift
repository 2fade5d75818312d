/// One value or member name of a document: where its bytes are and where its subtree ends.
///
/// A document is one flat array of nodes in document order. A subtree is a range of that array, and
/// an object's children alternate: name, value, name, value. Take the document
///
///     {"family": "web", "ports": [80, 443], "tags": {}}
///
/// Its scan gives these nodes (`start` and `end` are byte offsets, `end` exclusive):
///
///     index  kind    text         start  end  next  parent
///       0    object  {…}            0     49    9      0
///       1    string  "family"       1      9    2      0
///       2    string  "web"         11     16    3      0
///       3    string  "ports"       18     25    4      0
///       4    array   [80, 443]     27     36    7      0
///       5    number  80            28     30    6      4
///       6    number  443           32     35    7      4
///       7    string  "tags"        38     44    8      0
///       8    object  {}            46     48    9      0
///
/// Looking up `/ports/1` walks the array like this:
///
/// 1. The root is node 0. Its first name, if it has one, is node 1.
/// 2. Node 1 is "family". Its value is the next node, 2, and that value's `next` is 3: the next name.
/// 3. Node 3 is "ports", so the value is node 4, an array. It would end at its `next`, 7.
/// 4. Its first element is node 5, whose `next`, 6, is the second element: 443.
///
/// No step looks inside a value that it skips: `next` jumps over a subtree of any size. Going up is
/// one step as well: `parent` of node 6 is 4. A container without children has its own index + 1 as
/// `next`, like a scalar.
///
/// Edits never move a node. The nodes of an added value are appended to the array, and its bytes to
/// the document's bytes. The flag ``Flags/listed`` of the changed container then says that its children are
/// listed in ``NodeTree/changedChildren``, so they are no longer found by hopping.
struct Node: Sendable {
  enum Kind: UInt8, Sendable {
    case null, bool, number, string, array, object
  }

  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    /// The literal contains a backslash, so its bytes are not its text.
    static let escaped = Flags(rawValue: 1)
    /// This value, or one inside it, was changed by an edit.
    static let changed = Flags(rawValue: 2)
    /// An edit made this value. It is laid out when it is printed.
    static let generated = Flags(rawValue: 4)
    /// An edit made this value, but its bytes come from a ledger and are printed unchanged.
    static let verbatim = Flags(rawValue: 8)
    /// The names of this object are in a ``NameTable``.
    static let tabled = Flags(rawValue: 16)
    /// An edit added, replaced or removed a child, so the children are listed in
    /// ``NodeTree/changedChildren``.
    static let listed = Flags(rawValue: 32)
  }

  /// Byte offsets in the document's buffer. 32 bits are enough for the largest document and its edits.
  var start: UInt32
  var end: UInt32
  /// The index of the first node after this node's subtree.
  var next: UInt32
  /// The index of the container. The root is its own parent.
  var parent: UInt32
  var kind: Kind
  var flags: Flags = []
  /// The narrow part of the filter of an object's member names.
  private var names: UInt16 = 0
  /// A member's name has its ``Fingerprint`` here, a container with the flag ``Flags/listed`` its index in
  /// ``NodeTree/changedChildren``, and any other object the wide part of the filter of its member names.
  var tag: UInt32 = 0

  init(
    start: UInt32, end: UInt32, next: UInt32, parent: UInt32, kind: Kind, flags: Flags,
    tag: UInt32 = 0
  ) {
    self.start = start
    self.end = end
    self.next = next
    self.parent = parent
    self.kind = kind
    self.flags = flags
    self.tag = tag
  }

  /// The filter of an object's member names.
  @inline(__always)
  var filter: NameFilter {
    get { NameFilter(narrow: names, wide: flags.contains(.listed) ? .max : tag) }
    set {
      names = newValue.narrow
      if !flags.contains(.listed) { tag = newValue.wide }
    }
  }
}

/// A value of one ``Document``. It stays valid while that document is edited, and has no meaning in another
/// document.
public struct NodeID: Hashable, Sendable {
  package let index: UInt32

  package init(_ index: UInt32) { self.index = index }
}
