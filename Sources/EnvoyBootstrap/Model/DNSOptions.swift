/// What is made of the answers of DNS.
public struct DNSOptions: Hashable, Sendable {
  /// Which addresses are used of a name that has both kinds
  /// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/api-v3/extensions/clusters/common/dns/v3/dns.proto>).
  public enum LookupFamily: String, Hashable, Sendable {
    /// IPv6 if there is any.
    case auto = "AUTO"
    case v4Preferred = "V4_PREFERRED"
    case v4Only = "V4_ONLY"
    case v6Only = "V6_ONLY"
  }

  public var lookupFamily: LookupFamily
  /// Whether all addresses are one endpoint, and each new connection goes to one of them.
  public var allAddressesInSingleEndpoint: Bool

  public init(lookupFamily: LookupFamily, allAddressesInSingleEndpoint: Bool = false) {
    self.lookupFamily = lookupFamily
    self.allAddressesInSingleEndpoint = allAddressesInSingleEndpoint
  }

  /// Every address is an endpoint. Envoy's default prefers IPv6, which a VPC may resolve but not
  /// route.
  public static let standard = DNSOptions(lookupFamily: .v4Preferred)
}
