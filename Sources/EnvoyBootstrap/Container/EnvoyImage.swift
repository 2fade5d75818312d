/// The container image of Envoy.
public enum EnvoyImage {
  /// The version that the tests of this package run
  /// (<https://github.com/envoyproxy/envoy/releases/tag/v1.40.0>).
  public static let testedVersion = "1.40.0"

  /// The project's own image: Ubuntu with bash, without curl; runs with a read-only root file
  /// system (<https://github.com/envoyproxy/envoy/tree/v1.40.0/distribution/docker>).
  public static let stock = "envoyproxy/envoy:v\(testedVersion)"
}
