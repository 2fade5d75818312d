import CloudFormation
public import LosslessJSON

/// A template whose tasks refer to mesh resources.
public struct MeshTemplate: Sendable {
  private let document: Document

  /// - Parameter document: a CloudFormation template.
  public init(_ document: Document) { self.document = document }

  /// The mesh resource that a value refers to: `mesh/M/virtualNode/N`, without the parts of an ARN that are
  /// unknown until deployment.
  ///
  /// - Parameters:
  ///   - value: an ARN, or functions that evaluate to one.
  ///   - files: templates that export values which this one imports.
  ///   - parameters: values for everything that the template leaves open, as in ``MeshReader``.
  /// - Returns: the resource, and the problem that defaults of parameters decide it, if any. `nil` if
  ///   the value is unresolved.
  public func resource(
    of value: JSONValue, beside files: [MeshFile], parameters: [String: String]
  ) -> (path: String, defaults: Problem?)? {
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
    return (path, set.defaults.problem(isError: false))
  }
}
