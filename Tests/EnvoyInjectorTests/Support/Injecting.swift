import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Injects and uninjects texts.
enum Injecting {
  static let web =
    #"{"family": "web", "networkMode": "awsvpc", "containerDefinitions": [{"name": "web"}]}"#

  static func inject(
    _ text: String, _ change: (inout InjectionOptions) -> Void = { _ in }
  ) throws -> Injection {
    var options = InjectionOptions()
    change(&options)
    return try Injector(options).inject(Array(text.utf8))
  }

  static func uninject(_ text: String, patches: JSONPatch? = nil) throws -> Injection {
    try Injector.uninject(Array(text.utf8), patches: patches)
  }

  /// The findings that cause a document to be rejected.
  static func refusals(_ act: () throws -> Injection) -> [String] {
    do {
      return ["not refused: \(try act().text)"]
    } catch InjectionError.refused(let findings) {
      return findings.map(FilterRun.line)
    } catch {
      return ["\(error)"]
    }
  }
}

extension Injection {
  var text: String { String(decoding: output, as: UTF8.self) }
}
