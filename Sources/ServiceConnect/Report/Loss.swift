public import LosslessJSON

/// A feature that a mesh uses and Service Connect does not have.
public struct Loss: Hashable, Sendable {
  public enum Level: String, Hashable, Sendable, CaseIterable {
    /// Requests would go to another place, be sent twice, or lose protection.
    case error
    /// The quality of service changes, or something must be set by hand.
    case warning
    /// Nothing needs to be done.
    case note
  }

  /// A kind of loss. A note is a warning for ``Rule``, which has no third severity.
  public struct Kind: Hashable, Sendable {
    public let rule: Rule
    public let level: Level

    static func error(_ code: String, _ text: Wording, fix: Wording) -> Kind {
      Kind(rule: .error(code, text, fix: fix), level: .error)
    }

    static func warning(_ code: String, _ text: Wording, fix: Wording) -> Kind {
      Kind(rule: .warning(code, text, fix: fix), level: .warning)
    }

    static func note(_ code: String, _ text: Wording, fix: Wording) -> Kind {
      Kind(rule: .warning(code, text, fix: fix), level: .note)
    }
  }

  public let kind: Kind
  public let problem: Problem
  /// The parts of the mesh that change, or members of them, in the form of ``Field``.
  public let fields: [JSONPointer]
  /// The affected virtual nodes, sorted by name. Empty if the loss affects the whole mesh or a gateway.
  public let nodes: [String]

  public var level: Level { kind.level }
  public var code: String { kind.rule.code }
}
