public import LosslessJSON

/// The problems that prevent a mesh from being read, or an Envoy from being compiled.
public struct MeshError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Sorted by file.
  public let problems: [Problem]

  public init(_ problems: [Problem]) { self.problems = problems }

  public var description: String {
    problems.map(\.descriptionWithPlace).joined(separator: "\n")
  }
}

extension Problem {
  /// The place, the text and the fix in one line, with the library's own names of settings.
  public var descriptionWithPlace: String {
    let message = "\(text) \(fix)"
    guard let place, let file = place.file else { return message }
    let pointer = place.pointer.tokens.isEmpty ? "" : "\(place.pointer): "
    return "\(file):\(place.line ?? 1): \(pointer)\(message)"
  }
}
