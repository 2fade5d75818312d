import EnvoyInjector
import LawTesting
import LosslessJSON
import LosslessYAML

/// The code that gets arbitrary bytes. It must not trap, and all laws must hold.
enum FuzzTarget: String, CaseIterable {
  /// The strict scanner, and edits of the documents that it accepts.
  case splice
  /// Restore steps from a hostile ledger, in JSON and in YAML.
  case restore
  /// Streams of documents, in pieces of any size.
  case stream
  /// Injection into arbitrary bytes.
  case inject
  /// Injection into task definitions, with options. The bytes choose both.
  case definition
  /// Configuration files, and injection with their settings.
  case configuration
  /// Injection into YAML templates, and edits of YAML.
  case template
  /// Hand-written ledgers.
  case ledger
  /// Labels for all options.
  case labels
  /// Templates with all spellings of empty values.
  case nulls

  func check(_ input: [UInt8]) throws {
    switch self {
    case .splice: try Splicing(input).check { try Document($0) }
    case .restore:
      try Restoring(input).check { try Document($0) }
      try Restoring(input).check { try Document(yaml: $0) }
    case .stream: try Streaming(input).check()
    case .inject: try Injecting.check(input)
    case .definition: try Injecting.checkChosen(input)
    case .configuration: try Configuring.check(input)
    case .template:
      try Splicing(input).check { try Document(yaml: $0) }
      try Injecting.check(input)
    case .ledger: try Hostile.checkLedger(input)
    case .labels: try Hostile.checkLabels(input)
    case .nulls: try Hostile.checkNulls(input)
    }
  }
}
