/// A JSON document that is read and edited without losing a byte that no edit concerns.
///
/// The bytes that were read stay as they are, with an index of where every value is. Edits are
/// kept beside them; ``rendered()`` splices them in. json-c decodes the literals that need it.
public struct Document: Sendable {
  /// The document's bytes, and behind them the text that edits bring.
  var bytes: [UInt8]
  /// How many of the bytes were read.
  let inputCount: Int
  var nodes: [Node]
  /// Name tables of objects with more than 64 members, keyed by node index.
  private(set) var nameTables: [UInt32: NameTable] = [:]
  /// The children of the containers in which an edit added, replaced or removed one: see
  /// ``Node/tag``.
  var changedChildren: [[Child]] = []
  /// White space inside brackets, where an edit sets it.
  var rims: [UInt32: Rim] = [:]
  /// What connects a value to its container, where an edit sets it.
  var joints: [UInt32: Joint] = [:]
  /// The value that is the document: it can be one inside what was read (``narrow(to:reason:)``).
  public internal(set) var root: NodeID
  /// Members that name an element among its siblings: see ``namedPointer(to:)``.
  public var nameMembers: [MemberName] = []
  /// Bytes that were read, and those of all edits: never less than what is printed compactly.
  public var byteCount: Int { bytes.count }
  /// What edits have done, in order: see ``edits``.
  package internal(set) var changes: [Change] = []
  var syntax = Syntax.json

  /// Scans one document strictly (RFC 8259).
  ///
  /// - Parameter bytes: UTF-8 without a byte order mark.
  /// - Throws: a ``Problem`` of rule ``Rule/syntax``, with the offset of the first byte that is wrong.
  public init(_ bytes: [UInt8]) throws(Problem) {
    self.bytes = bytes
    inputCount = bytes.count
    root = NodeID(0)
    nodes = []
    do throws(SyntaxError) {
      nameTables = try Self.scan(bytes, from: 0, into: &nodes)
    } catch {
      throw error.problem
    }
  }

  /// A document of nothing, in which values are made, or which stands in for one that is elsewhere.
  package init() {
    bytes = []
    inputCount = 0
    root = NodeID(0)
    nodes = []
  }

  /// - Returns: the name tables of large objects, if what was read is scanned.
  @discardableResult
  static func scan(
    _ bytes: [UInt8], from start: Int, into nodes: inout [Node], parent: UInt32? = nil,
    flags: Node.Flags = [], depth: Int = 0
  ) throws(SyntaxError) -> [UInt32: NameTable] {
    // What ``Node`` can count.
    guard bytes.count <= UInt32.max else { throw SyntaxError(.tooLarge, at: 0) }
    // The error is carried by hand: a closure's typed throw does not pass through this call.
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<_, SyntaxError> in
      var scanner = Scanner(buffer, from: start, flags: flags)
      scanner.depth = depth
      defer { scanner.nodes.deallocate() }
      // Real task definitions have a value or name for every 10 to 14 bytes.
      scanner.nodes.reserve((bytes.count - start) / 10)
      do throws(SyntaxError) {
        if parent == nil { try scanner.scanDocument() } else { try scanner.scanValue(parent: 0) }
        scanner.nodes.append(to: &nodes, parent: parent ?? 0, spare: spareNodes)
        return .success(scanner.nameTables)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Most tasks get no more by their edits.
  private static let spareNodes = 128
}
