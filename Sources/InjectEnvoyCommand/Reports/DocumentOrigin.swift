import LosslessJSON

/// The file that a document was read from, and its place there, in the form that messages use.
struct DocumentOrigin: Sendable {
  /// The path, or `<stdin>`.
  let file: String
  /// The number of the document in the file, counted from 1.
  let number: Int
  /// The line of the file on which the document begins, counted from 1.
  let firstLine: Int

  /// - Parameter path: `-` is standard input.
  init(path: String, number: Int = 1, firstLine: Int = 1) {
    file = path == "-" ? Self.standardInput : path
    self.number = number
    self.firstLine = firstLine
  }

  init(path: String, _ piece: DocumentSplitter.Piece) {
    self.init(path: path, number: piece.number, firstLine: piece.line)
  }

  var isStandardInput: Bool { file == Self.standardInput }

  private static let standardInput = "<stdin>"

  /// Reports a problem of the document that has no place in it.
  func remark(
    _ problem: Problem, hiding redaction: Redaction? = nil, _ annotations: Annotations?
  ) -> Remark {
    let message = Message(problem, hiding: redaction)
    // A failure of the command has no code that a user could look up.
    let text = problem.rule == .failed ? message.text : message.coded
    return Remark(
      ["\(file): error: \(text)\(ordinal)", "  fix: \(message.fix)"],
      annotation: annotations?.command(for: message, in: self))
  }

  /// The end of a message about the document, such as ` (document 2)`. Empty for the first document,
  /// because most files have only one.
  var ordinal: String { number == 1 ? "" : " (document \(number))" }
}
