import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Applies the user's JSON Patch (RFC 6902), for changes that no option makes. In templates, its paths and
/// values may also use the spelling of RegisterTaskDefinition, so that one configuration file works for both
/// dialects.
struct ApplyPatches: Filter {
  static let name = "apply-patches"
  static let summary = "Apply the patches of the configuration file"

  let patch: JSONPatch

  func apply(to context: inout StageContext) {
    do throws(Problem) {
      let base = context.task.document.pointer(to: context.task.root)
      let dialect = context.task.place.dialect
      let spelled = patch.mapping(dialect.pointer(_:)) { value, path in
        dialect.value(value, of: path.tokens.last.flatMap(Field.init(spelling:)))
      }
      try context.task.document.apply(spelled.below(base)) { index in
        Edit.Reason(filter: Self.name, "patches/\(index) of the configuration file asks for it.")
      }
    } catch {
      context.findings.add(
        error.advising(
          "Fix patches\(error.pointer) in the configuration file. Patches are applied to the "
            + "injected document."), at: nil, in: context.task.document)
    }
  }
}

extension ApplyPatches {
  static let rules: [Rule] = [.patchFailed]
}
