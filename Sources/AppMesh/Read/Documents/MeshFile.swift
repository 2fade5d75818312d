/// A file that describes a mesh, or a part of one.
public struct MeshFile: Hashable, Sendable {
  /// The file's name for messages.
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
