package import LosslessJSON

/// Macros of AWS that a template can name in its section `Transform`.
package enum TemplateTransform: String, CaseIterable {
  case languageExtensions = "AWS::LanguageExtensions"
  case blueGreen = "AWS::CodeDeployBlueGreen"

  /// The transforms of a template and the places where it names them.
  package static func all(in document: Document) -> [(transform: TemplateTransform, node: NodeID)] {
    guard let section = document.member("Transform", of: document.root) else { return [] }
    let isList = document.kind(of: section) == .array
    return (isList ? document.elements(of: section) : [section]).compactMap { node in
      // A transform with parameters is an object.
      let name =
        document.string(node)
        ?? document.member("Name", of: node).flatMap { document.string($0) }
      return name.flatMap(TemplateTransform.init).map { ($0, node) }
    }
  }
}
