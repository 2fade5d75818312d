import CloudFormation
public import LosslessJSON

/// A template whose tasks refer to resources of a mesh.
public struct MeshTemplate: Sendable {
  private let document: Document

  /// - Parameter document: a CloudFormation template.
  public init(_ document: Document) { self.document = document }

  /// The resource of a mesh that a value names: `mesh/M/virtualNode/N`, without the parts of an ARN
  /// that are known at deployment only.
  ///
  /// - Parameters:
  ///   - value: an ARN, or functions that evaluate to one.
  ///   - files: templates from which this one may import values.
  ///   - parameters: values for what the template leaves open, as of ``MeshReader``.
  /// - Returns: `nil` if the value is unresolved.
  public func resource(
    of value: JSONValue, beside files: [MeshFile], parameters: [String: String]
  ) -> String? {
    guard let resources = document.member("Resources", of: document.root) else { return nil }
    let source = SourceDocument(file: "", document: document, bytes: [], firstLine: 1)
    let template = Template(source, root: document.root, resources: resources)
    let others = Description(files, ProblemLog())
    let set = TemplateSet(
      templates: [template] + others.templates, given: parameters,
      stackParameters: others.stackParameters, exports: others.exports)
    guard let text = set.values(of: template).resolve(value)?.text,
      let path = Placeholder.split(text, by: ":").last, Placeholder.name(in: path) == nil
    else { return nil }
    return path
  }
}
