internal import LosslessJSON

/// A secret of AWS Secrets Manager that Envoy reads again and again: a certificate with its private key, or the
/// certificates of authorities.
///
/// The secret is a JSON object: `{"chain": "-----BEGIN CERTIFICATE-----…", "key": "-----BEGIN PRIVATE KEY-----…"}`,
/// or `{"authority": "-----BEGIN CERTIFICATE-----…"}`. One secret can hold all three members. Connections keep the
/// certificate that they began with.
public struct StoredCertificate: Hashable, Sendable {
  /// The complete ARN of the secret, with the six characters that Secrets Manager adds to its name.
  public let arn: String
  public let region: AWSRegion

  /// - Returns: `nil` if the text is not the complete ARN of a secret.
  public init?(arn: String) {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 7, parts[0] == "arn", parts[1].hasPrefix("aws"),
      parts[2] == Self.signingName, parts[5] == "secret", let region = AWSRegion(parts[3]),
      parts[4].utf8.count == 12, parts[4].utf8.allSatisfy(Self.isDigit),
      arn.utf8.allSatisfy(Self.isUsable)
    else { return nil }
    let name = parts[6].split(separator: "-", omittingEmptySubsequences: false)
    guard name.count > 1, name.last?.utf8.count == 6, !parts[6].hasPrefix("-") else { return nil }
    self.arn = arn
    self.region = region
  }

  private static let signingName = "secretsmanager"

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The characters of names of secrets, and the colon.
  /// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html>
  private static func isUsable(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || "/_+=.@-:".utf8.contains(byte)
  }

  /// The API that the secret is read from.
  public var service: AWSService {
    AWSService(
      host: "\(Self.hostPrefix)\(region.name).\(region.domain)", signingName: Self.signingName,
      region: region, script: CertificateScript.text, retries: CertificateScript.retries)
  }

  private static let hostPrefix = "\(signingName)."

  /// The time between two requests of Envoy. ``CertificateScript`` passes on few of them.
  private static let interval = Duration.seconds(60)

  /// The subscription to the certificate with its key.
  var certificate: JSONValue { subscription(to: arn) }

  /// The subscription to the authorities.
  var authority: JSONValue { subscription(to: arn + Self.authorityMark) }

  /// Follows the ARN in the names of authorities.
  private static let authorityMark = "#authority"

  private func subscription(to name: String) -> JSONValue {
    ["name": .string(name), "sds_config": service.source(every: Self.interval).json]
  }

  /// Reads the ARN of the secret in a subscription. `nil` if the subscription is another one.
  static func arn(in subscription: JSONValue) -> String? {
    let host = subscription["sds_config"]?["api_config_source"]?["cluster_names"]?.array?.first?
      .string
    guard host?.hasPrefix(hostPrefix) == true else { return nil }
    let name = subscription["name"]?.string
    return name.map { $0.hasSuffix(authorityMark) ? String($0.dropLast(authorityMark.count)) : $0 }
  }
}

/// Turns a request for a certificate into `GetSecretValue`, and its answer into the certificate.
///
/// Each call costs money, and certificates change rarely. So Envoy asks every 60 to 120 seconds, and the script
/// answers 304, which means that nothing is new, until a call is due: 5 minutes after a secret was read. A failed
/// call is repeated at once, because a task may be waiting for its first certificate. If that fails as well, the
/// next call is due at first in 60 seconds, and then in twice as long as before. A secret of another form becomes
/// 502, and Envoy keeps the certificate that it has. It does the same when the key does not fit.
///
/// - SeeAlso: <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html>
enum CertificateScript {
  static let text = #"""
    local longest, due, pause, calls = 300, {}, {}, {}
    function envoy_on_request(h)
      local name = asked(h)
      local now = os.time()
      local left = (due[name] or now) - now
      if left > 0 and left <= longest then h:respond({[":status"] = "304"}, "") return end
      calls[name] = (calls[name] or 0) + 1
      if calls[name] > \#(retries) then
        calls[name], pause[name] = 0, math.min(2 * (pause[name] or 30), longest)
        due[name] = now + pause[name]
      end
      h:headers():replace("content-length", h:body():setBytes('{"SecretId":"' .. name:match("^[^#]+") .. '"}'))
      h:headers():replace(":path", "/")
      h:headers():replace("content-type", "application/x-amz-json-1.1")
      h:headers():replace("x-amz-target", "secretsmanager.GetSecretValue")
      h:streamInfo():dynamicMetadata():set("aws", "asked", name)
    end
    local meaning = {n = "\n", r = "\r", t = "\t"}
    local function marked(t)
      return not t:find("\1", 1, true) and t:match("^%s*{.*}%s*$")
        and t:gsub("\\(.)", function(c) return string.format("\1%02x", c:byte()) end)
    end
    local function member(t, name)
      local found = t and t:match('"' .. name .. '"%s*:%s*"([^"]*)"')
      return found and found:gsub("\00175(%x%x%x%x)", function(x)
        local n = tonumber(x, 16) return string.char(n < 128 and n or 63)
      end):gsub("\1(%x%x)", function(x)
        local c = string.char(tonumber(x, 16)) return meaning[c] or c
      end)
    end
    local function quoted(t, begin)
      return t and t:find("%-BEGIN [%u ]*" .. begin .. "%-") and not t:find('["\\]')
        and '{"inline_string":"' .. t:gsub("%c", function(c) return string.format("\\u%04x", c:byte()) end) .. '"}'
    end
    function envoy_on_response(h)
      if h:headers():get(":status") ~= "200" then return end
      local name = h:streamInfo():dynamicMetadata():get("aws")["asked"]
      local long = tonumber(h:headers():get("content-length") or 0) > \#(secretBytes)
      local secret = not long and member(marked(text(h)), "SecretString")
      local given = secret and marked(secret)
      local found
      if name:find("#", 1, true) then
        local authority = quoted(member(given, "authority"), "CERTIFICATE")
        found = authority and '"validation_context":{"trusted_ca":' .. authority .. "}"
      else
        local chain, key = quoted(member(given, "chain"), "CERTIFICATE"), quoted(member(given, "key"), "PRIVATE KEY")
        found = chain and key and '"tls_certificate":{"certificate_chain":' .. chain .. ',"private_key":' .. key .. "}"
      end
      if not found then h:headers():replace(":status", "502") return end
      due[name], pause[name], calls[name] = os.time() + longest, nil, nil
      h:headers():replace("content-length", h:body():setBytes(
        '{"resources":[{"@type":"type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret","name":"'
        .. name .. '",' .. found .. "}]}"))
    end
    """#

  static let retries = 2

  /// A secret has at most 65,536 bytes, and JSON escapes some of them.
  private static let secretBytes = 200_000
}
