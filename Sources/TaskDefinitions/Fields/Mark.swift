/// Docker labels by which this tool knows its own work, and users give it orders.
package enum Mark {
  package static let prefix = "inject-envoy.io/"
  package static let version = prefix + "version"
  package static let ledger = prefix + "ledger"
  /// On the Envoy container of a task that is Envoy alone.
  package static let gateway = prefix + "gateway"
  /// What Envoy stands for in a mesh, so that it can be compiled again: `mesh/M/virtualNode/N`.
  package static let meshResource = prefix + "mesh-resource"
  /// `disabled` on any container: the document is left as it is.
  package static let inject = prefix + "inject"
  package static let disabled = "disabled"
}

/// The version that is written into documents.
public enum Version {
  public static let current = "0.1.0"
}
