/// The place of a problem, as far as the reporting library knows it. The command adds the rest.
public struct Place: Hashable, Sendable {
  /// The name of the file, or `nil` if the library was given bytes.
  public var file: String?
  /// The value in its document.
  public var pointer: JSONPointer
  /// The offset in bytes from the start of the input, or `nil` if only the line is known.
  public var offset: Int?
  /// The line, counted from 1, or `nil` if it follows from the offset.
  public var line: Int?

  public init(
    file: String? = nil, pointer: JSONPointer = JSONPointer(), offset: Int? = nil,
    line: Int? = nil
  ) {
    self.file = file
    self.pointer = pointer
    self.offset = offset
    self.line = line
  }
}
