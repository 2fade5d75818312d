public import LosslessJSON

/// The settings of this library that its messages name.
extension Setting {
  /// ``MeshReader/parameters``
  static let parameters = Setting("parameters")
  /// ``MeshReader/meshName``
  static let meshName = Setting("meshName")
  /// ``MeshCertificates/certificates``
  static let certificates = Setting("certificates")
  /// ``MeshCertificates/authorities``
  static let authorities = Setting("authorities")
  /// ``MeshCertificates/sdsSocketPath``
  static let sdsSocketPath = Setting("sdsSocketPath")

  /// Every setting that a message of this library can name.
  public static let allOfAppMesh: [Setting] = [
    parameters, meshName, certificates, authorities, sdsSocketPath,
  ]
}
