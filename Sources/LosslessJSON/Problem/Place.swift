/// Where a problem is: as much of it as the reporting library knows. The command adds the rest.
public struct Place: Hashable, Sendable {
  /// The file as its reader named it; `nil` if the library was given bytes.
  public var file: String?
  /// The value in its document.
  public var pointer: JSONPointer
  /// Offset in bytes from the start of the input; `nil` if only the line is known.
  public var offset: Int?
  /// Counted from 1; `nil` if the offset tells it.
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
