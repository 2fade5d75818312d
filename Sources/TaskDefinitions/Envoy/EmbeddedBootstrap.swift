import CloudFormation
import EnvoyBootstrap
import LosslessJSON

extension TaskDefinition {
  /// Envoy's configuration as it stands in its container; with variables where a template's
  /// deployment decides what they stand for.
  package var embeddedBootstrap: String? {
    let words = envoy.map { list(.command, of: $0) } ?? []
    if let flag = words.firstIndex(where: { text($0) == EnvoyArguments.configurationFlag }) {
      return words[flag...].dropFirst().first.flatMap { word in
        text(word) ?? document.value(word)[Intrinsic.sub]?.array?.first?.string
      }
    }
    return compressedBootstrap.flatMap(CompressedBootstrap.decompress)
  }

  private var compressedBootstrap: String? {
    guard let envoy else { return nil }
    return variables(of: envoy).first { $0.name == CompressedBootstrap.variable }?.value
  }

  /// What the report says when the configuration is compressed.
  package var compressionFact: String? {
    guard let compressedBootstrap, let embeddedBootstrap else { return nil }
    return "configuration compressed from \(embeddedBootstrap.utf8.count) to "
      + "\(compressedBootstrap.utf8.count) bytes"
  }
}
