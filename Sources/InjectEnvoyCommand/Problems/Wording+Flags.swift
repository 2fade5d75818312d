import LosslessJSON

extension Wording {
  /// The wording for users of the command: each setting is printed as its flag, as in `--app-port 8080`.
  ///
  /// A setting is named after its option, in camel case: `appPort` is `--app-port`.
  var spelled: String {
    text(spelling: Self.spelling)
  }

  static func spelling(_ setting: Setting, _ value: String?) -> String {
    let name = setting.name.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
    return value.map { "--\(name) \($0)" } ?? "--\(name)"
  }
}
