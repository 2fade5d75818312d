internal import LosslessJSON

/// The result of reading a text: its value as compact JSON, and the place of each value and name.
struct Tape {
  var json: [UInt8] = []
  /// The place of each value and name, in the order of ``json``.
  var spans: [Span] = []
  /// The offset of a second document, or `nil` if there is none.
  var secondDocument: Int?
  var hasAnchors = false
  var repetitions = Repetitions()
  /// Whether directives such as `%TAG` precede the document.
  var hasDirectives = false

  /// Where aliases repeat values.
  struct Repetitions {
    /// The offset of the first alias that repeats a value, or of the mapping that merges it, keyed by the offset
    /// of that value. The aliases that a mapping merges are keys, too.
    private(set) var places: [Int: Int] = [:]
    /// The offsets of the mappings that merge members of others with `<<`.
    private(set) var merging: Set<Int> = []
    private var aliases: [(offset: Int, anchored: Int)] = []

    /// The number of aliases so far.
    var count: Int { aliases.count }

    mutating func add(aliasAt offset: Int, of anchored: Int) {
      aliases.append((offset, anchored))
      if places[anchored] == nil { places[anchored] = offset }
    }

    /// - Parameter start: the number of aliases before the value of `<<`.
    mutating func merge(from start: Int, into mapping: Int) {
      for alias in aliases[start...] {
        if places[alias.anchored] == alias.offset { places[alias.anchored] = mapping }
        places[alias.offset] = mapping
        merging.insert(mapping)
      }
    }
  }

  /// The purpose of reading: see ``YAMLReader`` and ``Document/init(yaml:)``.
  enum Purpose {
    /// Duplicate keys and second documents are errors.
    case configuration
    /// The text is read in the same way as CloudFormation reads it.
    case template
  }

  init() {}

  init(reading bytes: [UInt8], as purpose: Purpose) throws(Problem) {
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<Tape, Problem> in
      var reader = TapeReader(buffer, purpose)
      do throws(Problem) {
        return .success(try reader.readDocument())
      } catch {
        return .failure(error)
      }
    }
    self = try result.get()
  }

  func document(
    _ source: (Document) -> (any SourceText)?
  ) throws(Problem) -> Document {
    do throws(Problem) {
      return try Document(json: json, source: source)
    } catch {
      // The depth is the only rule of JSON that the tape can break.
      throw .yaml("values are nested too deep", at: 0)
    }
  }
}
