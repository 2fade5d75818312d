package import LosslessJSON

extension Wording {
  /// The wording as a clause without a full stop, with the settings of meshes spelled as flags.
  ///
  /// Findings are clauses until they are `Problem`s themselves.
  package var clause: String {
    let text = text { setting, value in
      let flag = Self.flags[setting.name] ?? setting.name
      return value.map { "\(flag) \($0)" } ?? flag
    }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private static let flags = [
    "authorities": "--authority", "certificates": "--certificate", "meshName": "--mesh-name",
    "parameters": "--parameter", "sdsSocketPath": "--sds-socket",
  ]
}
