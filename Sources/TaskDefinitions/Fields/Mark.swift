/// Docker labels that mark an injection, and labels with which users control one.
package enum Mark {
  package static let prefix = "inject-envoy.io/"
  package static let version = prefix + "version"
  package static let ledger = prefix + "ledger"
  /// Marks the Envoy container of a task that runs Envoy alone.
  package static let gateway = prefix + "gateway"
  /// The mesh resource that Envoy represents, such as `mesh/M/virtualNode/N`. A later injection compiles
  /// its configuration again.
  package static let meshResource = prefix + "mesh-resource"
  /// The value `disabled` on any container opts the document out.
  package static let inject = prefix + "inject"
  package static let disabled = "disabled"
}

/// The version of this package. Injected documents contain it.
public enum Version {
  public static let current = "0.2.0"
}
