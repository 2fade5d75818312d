internal import LosslessJSON

/// What reading a text gives: its value as compact JSON, and where each value and name stands.
struct Tape {
  var json: [UInt8] = []
  /// One for each value and name, in the order in which they stand in ``json``.
  var spans: [Span] = []
  /// Where a second document begins.
  var secondDocument: Int?
  var hasAnchors = false
  /// Whether lines such as `%TAG` stand before the document.
  var hasDirectives = false

  /// Who reads: see ``YAMLReader`` and ``Document/init(yaml:)``.
  enum Purpose {
    /// Exactly what was meant counts: duplicate keys and second documents are errors.
    case configuration
    /// What CloudFormation would read counts.
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
