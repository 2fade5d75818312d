import EnvoyInjector
import LawTesting
import LosslessJSON
import LosslessYAML

/// What is fed with any bytes. Nothing may trap, and no law may be broken.
enum FuzzTarget: String, CaseIterable {
  /// The strict scan, and edits spliced into what it takes.
  case splice
  /// Restore steps of a hostile ledger, in JSON and in YAML.
  case restore
  /// Streams of documents, in pieces of any size.
  case stream
  /// Injection into whatever the bytes are.
  case inject
  /// Injection into task definitions that the bytes choose, with options that they choose.
  case definition
  /// Configuration files, and injection with what they say.
  case configuration
  /// Injection into templates in YAML, and edits spliced into YAML.
  case template
  /// Ledgers that somebody has written by hand.
  case ledger
  /// Labels of all options.
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
