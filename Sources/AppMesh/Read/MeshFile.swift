/// A file that describes a mesh, or a part of one.
public struct MeshFile: Hashable, Sendable {
  /// As it was named on the command line.
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
