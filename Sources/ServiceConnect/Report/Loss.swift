public import LosslessJSON

/// Something that a mesh does and Service Connect does not.
public struct Loss: Hashable, Sendable {
  public enum Level: String, Hashable, Sendable, CaseIterable {
    /// Requests would go elsewhere, be sent twice, or lose protection.
    case error
    /// Another quality of service, or something to set by hand.
    case warning
    /// Nothing to do.
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
  /// What of the mesh becomes different: a part, or a member of it, as ``Field`` spells it.
  public let fields: [JSONPointer]
  /// The virtual nodes that it concerns, in the order of names; empty if it concerns the whole mesh
  /// or a gateway.
  public let nodes: [String]

  public var level: Level { kind.level }
  public var code: String { kind.rule.code }
}
