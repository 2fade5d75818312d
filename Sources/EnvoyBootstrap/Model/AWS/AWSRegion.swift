package import LosslessJSON

/// The region in which Envoy calls AWS.
public enum AWSRegion: Hashable, Sendable {
  /// A name such as `eu-west-1`.
  case named(String)
  /// The region of the stack that a template makes. ``variables`` stand for it in the text of a
  /// configuration, and the template's deployment replaces them.
  case ofStack

  /// - Returns: `nil` if the text cannot be the name of a region.
  public init?(_ name: String) {
    let isName = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
    guard isName, name.split(separator: "-").count >= 3, name.utf8.count <= 32 else { return nil }
    self = .named(name)
  }

  private static let nameVariable = "AwsRegion"
  private static let domainVariable = "AwsDomain"

  /// The names of the variables of ``ofStack``, each with the pseudo parameter that is its value.
  public static let variables = [
    (name: nameVariable, parameter: "AWS::Region"),
    (name: domainVariable, parameter: "AWS::URLSuffix"),
  ]

  package var name: String {
    switch self {
    case .named(let name): name
    case .ofStack: "${\(Self.nameVariable)}"
    }
  }

  /// The end of the names of its hosts: botocore's `partitions.json`.
  var domain: String {
    switch self {
    case .named(let name) where name.hasPrefix("cn-"): "amazonaws.com.cn"
    case .named: "amazonaws.com"
    case .ofStack: "${\(Self.domainVariable)}"
    }
  }
}

extension Rule {
  package static let regionUnknown = error(
    "region-unknown",
    "Envoy calls AWS to find {what}, but the document does not name a region.",
    fix: "Give the region with \(.region, "eu-west-1").")
}
