import CloudFormation
public import LosslessJSON

/// A template whose tasks refer to resources of a mesh.
public struct MeshTemplate: Sendable {
  private let document: Document

  /// - Parameter document: of a CloudFormation template.
  public init(_ document: Document) { self.document = document }

  /// For which member of which mesh a value stands: `mesh/M/virtualNode/N`, without the parts of an
  /// ARN that only AWS knows.
  ///
  /// - Parameters:
  ///   - value: an ARN, or functions that come to one.
  ///   - files: of which the template may import values.
  ///   - parameters: values for what the template leaves open, as of ``MeshReader``.
  /// - Returns: `nil` when that is not known.
  public func resource(
    of value: JSONValue, beside files: [MeshFile], parameters: [String: String]
  ) -> String? {
    guard let resources = document.member("Resources", of: document.root) else { return nil }
    let source = SourceDocument(file: "", document: document, bytes: [], firstLine: 1)
    let template = Template(source, root: document.root, resources: resources)
    let others = Description(files, ProblemLog())
    let set = TemplateSet(
      templates: [template] + others.templates, given: parameters, exports: others.exports)
    guard let text = set.values(of: template).resolve(value)?.text,
      let path = Placeholder.split(text, by: ":").last, Placeholder.name(in: path) == nil
    else { return nil }
    return path
  }
}
