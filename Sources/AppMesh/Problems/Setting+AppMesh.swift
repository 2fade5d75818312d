public import LosslessJSON

/// The settings of this library that its messages name.
extension Setting {
  /// ``MeshReader/parameters``
  static let parameters = Setting("parameter")
  /// ``MeshReader/meshName``
  static let meshName = Setting("meshName")
  /// ``MeshCertificates/certificates``
  static let certificates = Setting("certificate")
  /// ``MeshCertificates/authorities``
  static let authorities = Setting("authority")
  /// ``MeshCertificates/sdsSocketPath``
  static let sdsSocketPath = Setting("sdsSocket")
  /// ``MeshDiscovery/method``
  static let discover = Setting("discover")
  /// ``MeshCompiler/live``
  static let live = Setting("live")
  /// ``EnvoyBootstrap/ServerSettings/region``
  static let region = Setting("region")

  /// Every setting that a message of this library can name.
  public static let allOfAppMesh: [Setting] = [
    parameters, meshName, certificates, authorities, sdsSocketPath, discover,
    region, live,
  ]
}
