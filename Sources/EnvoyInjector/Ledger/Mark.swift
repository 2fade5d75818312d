/// Docker labels by which this tool knows its own work, and users give it orders.
enum Mark {
  static let prefix = "inject-envoy.io/"
  static let version = prefix + "version"
  static let ledger = prefix + "ledger"
  /// On the Envoy container of a task that is Envoy alone.
  static let gateway = prefix + "gateway"
  /// What Envoy stands for in a mesh, so that it can be compiled again: `mesh/M/virtualNode/N`.
  static let meshResource = prefix + "mesh-resource"
  /// `disabled` on any container: the document is left as it is.
  static let inject = prefix + "inject"
  static let disabled = "disabled"
}

/// The version that is written into documents.
public enum Version {
  public static let current = "0.1.0"
}
