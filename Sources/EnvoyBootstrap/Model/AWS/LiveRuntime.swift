internal import LosslessJSON

/// Runtime keys that Envoy reads again and again from an object in S3 while it runs.
///
/// The object is a JSON object of keys and whole numbers. It can set the weights of compiled routes and the
/// share of logged requests, and nothing else: ``RuntimeScript`` passes on no other key.
public struct LiveRuntime: Hashable, Sendable {
  /// A route whose requests are divided by weights. Envoy reads each weight from the runtime key
  /// `PREFIX.CLUSTER`.
  public struct Route: Hashable, Sendable {
    public var prefix: String
    public var clusters: [WeightedCluster]

    public init(prefix: String, clusters: [WeightedCluster]) {
      self.prefix = prefix
      self.clusters = clusters
    }

    /// The runtime keys, with the compiled weights.
    public var weights: [(key: String, weight: Int)] {
      clusters.map { ("\(prefix).\($0.name)", $0.weight) }
    }
  }

  public var bucket: String
  public var key: String
  public var region: AWSRegion
  /// See ``PolledSource``.
  public var interval: Duration
  public var routes: [Route]
  /// Whether the configuration has a sampled access log.
  public var hasSampling: Bool

  public init(
    bucket: String, key: String, region: AWSRegion, interval: Duration, routes: [Route],
    hasSampling: Bool = false
  ) {
    self.bucket = bucket
    self.key = key
    self.region = region
    self.interval = interval
    self.routes = routes
    self.hasSampling = hasSampling
  }

  /// The service that the object is read from.
  public var service: AWSService {
    AWSService(
      host: "\(bucket)\(Self.hostInfix)\(region.name).\(region.domain)", signingName: "s3",
      region: region, script: RuntimeScript.text(routes, hasSampling: hasSampling))
  }

  private static let hostInfix = ".s3."

  /// The layer of Envoy's runtime. Its name is the key of the object.
  var json: JSONValue {
    [
      "name": "live",
      "rtds_layer": ["name": .string(key), "rtds_config": service.source(every: interval).json],
    ]
  }

  /// Reads the bucket and the key in a runtime layer. `nil` if the layer is another one.
  static func object(in layer: JSONValue) -> (bucket: String, key: String)? {
    guard let layer = layer["rtds_layer"], let key = layer["name"]?.string,
      let host = layer["rtds_config"]?["api_config_source"]?["cluster_names"]?.array?.first?.string,
      let bucket = host.split(separator: ".").first, host.hasPrefix(bucket + hostInfix)
    else { return nil }
    return (String(bucket), key)
  }

  /// Whether a name can be part of keys and of the object's path: letters, digits, and `._-`.
  public static func isUsable(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}

/// Turns a request for a runtime layer into a conditional `GET` of an object, and the object into the layer.
///
/// The object must be a flat JSON object of numbers. The answer contains only keys of compiled routes, with
/// weights from 0 to 100. The object is rejected as a whole if a weight is out of range, or if all weights
/// of a route would be 0: Envoy would answer 404. The answer to a rejected object becomes 502, and Envoy
/// keeps what it has.
enum RuntimeScript {
  static func text(_ routes: [LiveRuntime.Route], hasSampling: Bool) -> String {
    let table = routes.map { route in
      let weights = route.clusters.map { "[\"\($0.name)\"]=\($0.weight)" }.joined(separator: ",")
      return "[\"\(route.prefix)\"]={\(weights)}"
    }
    return "local routes = {\(table.joined(separator: ","))}\n"
      + "local sampled = \(hasSampling ? sampledMaximum : -1)\n" + functions
  }

  /// The access log samples in millionths.
  private static let sampledMaximum = 1_000_000

  private static let objectBytes = 65_536

  private static let functions = #"""
    local etag
    function envoy_on_request(h)
      local name = asked(h)
      h:headers():replace(":method", "GET")
      h:headers():replace(":path", "/" .. name)
      h:headers():remove("content-type")
      h:body():setBytes("")
      h:headers():replace("content-length", "0")
      if etag then h:headers():replace("if-none-match", etag) end
      h:streamInfo():dynamicMetadata():set("aws", "asked", name)
    end
    local function layer(object)
      local given, inner = {}, object:gsub("%s+", " "):match("^ ?{(.*)} ?$")
      if not inner then return end
      local rest = (inner .. ","):gsub(' ?"([^"\\]*)" ?: ?(%d+) ?,', function(k, v) given[k] = tonumber(v) return "" end)
      if not rest:match("^ ?,? ?$") then return end
      local keys = {}
      for prefix, clusters in pairs(routes) do
        local sum = 0
        for cluster, compiled in pairs(clusters) do
          local key = prefix .. "." .. cluster
          local weight = given[key]
          if weight then
            if weight > 100 then return end
            keys[#keys + 1] = '"' .. key .. '":' .. weight
          end
          sum = sum + (weight or compiled)
        end
        if sum == 0 then return end
      end
      local share = given["access_log.sampled"]
      if share and sampled >= 0 then
        if share > sampled then return end
        keys[#keys + 1] = '"access_log.sampled":' .. string.format("%d", share)
      end
      return table.concat(keys, ",")
    end
    function envoy_on_response(h)
      if h:headers():get(":status") ~= "200" then return end
      local long = tonumber(h:headers():get("content-length") or 0) > \#(objectBytes)
      local keys = not long and layer(text(h))
      if not keys then h:headers():replace(":status", "502") return end
      etag = h:headers():get("etag")
      h:headers():replace("content-length", h:body():setBytes('{"versionInfo":"' .. (etag or ""):gsub("[^%w-]", "")
        .. '","resources":[{"@type":"type.googleapis.com/envoy.service.runtime.v3.Runtime","name":"'
        .. h:streamInfo():dynamicMetadata():get("aws")["asked"] .. '","layer":{' .. keys .. "}}]}"))
    end
    """#
}
