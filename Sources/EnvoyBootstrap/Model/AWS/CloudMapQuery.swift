/// A question to AWS Cloud Map: which instances of a service have these attributes?
///
/// Its ``text`` is the name of an endpoint resource, from which ``CloudMapScript`` makes the call.
public struct CloudMapQuery: Hashable, Sendable {
  /// The kinds of addresses that an instance can have.
  public enum Family: Character, Hashable, Sendable {
    case v4 = "4"
    case v6 = "6"
  }

  public var namespace: String
  public var service: String
  /// The attributes that the instances must have, in order.
  public var attributes: [Attribute]
  /// The port of instances whose registration does not have one.
  public var port: UInt16
  /// Whether ``port`` holds for all instances: a registration has room for one port only.
  public var hasFixedPort: Bool
  /// Which address of an instance is used: the first one that it has.
  public var families: [Family]

  public struct Attribute: Hashable, Sendable {
    public var key: String
    public var value: String

    public init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  public init(
    namespace: String, service: String, attributes: [Attribute] = [], port: UInt16,
    hasFixedPort: Bool = false, families: [Family] = [.v4, .v6]
  ) {
    self.namespace = namespace
    self.service = service
    self.attributes = attributes
    self.port = port
    self.hasFixedPort = hasFixedPort
    self.families = families
  }

  /// `NAMESPACE/SERVICE[?KEY=VALUE[&KEY=VALUE…]]#PORT[!]/FAMILIES`
  var text: String {
    let conditions = attributes.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    return "\(namespace)/\(service)" + (conditions.isEmpty ? "" : "?" + conditions)
      + "#\(port)" + (hasFixedPort ? "!" : "") + "/" + String(families.map(\.rawValue))
  }

  /// Reads the namespace and the service in ``text``; `nil` if it is something else.
  static func service(in text: String) -> (namespace: String, service: String)? {
    let target = text.prefix { $0 != "?" && $0 != "#" }
    let parts = target.split(separator: "/", omittingEmptySubsequences: false)
    guard target.count < text.count, parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      return nil
    }
    return (String(parts[0]), String(parts[1]))
  }

  /// The first of its words with a character that ``text`` cannot hold; `nil` if there is none.
  public var unusableWord: String? {
    ([namespace, service] + attributes.flatMap { [$0.key, $0.value] }).first { word in
      word.isEmpty || !word.utf8.allSatisfy(Self.isUsable)
    }
  }

  /// Printable ASCII that means nothing in ``text``, and that JSON does not escape.
  private static func isUsable(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && !#"/?&=#"\<>%"#.utf8.contains(byte)
  }
}

extension AWSService {
  /// Cloud Map, which answers ``CloudMapQuery``.
  public static func cloudMap(in region: AWSRegion) -> AWSService {
    AWSService(
      host: "data-servicediscovery.\(region.name).\(region.domain)",
      signingName: "servicediscovery", region: region, script: CloudMapScript.text)
  }
}

/// Turns a request for endpoints into `DiscoverInstances`, and its answer into the endpoints.
///
/// Instances are grouped by Availability Zone. If there is none, the answer becomes 304: Envoy keeps
/// the endpoints that it has. An answer that is too long or not complete becomes 502, with the same effect.
/// Escapes and brackets inside strings are replaced before the answer is read, so that an attribute cannot
/// end the list of instances. The API returns at most 1,000 instances, and has no pages.
///
/// - SeeAlso: <https://docs.aws.amazon.com/cloud-map/latest/api/API_DiscoverInstances.html>
enum CloudMapScript {
  static let text = #"""
    local function parts(name) return name:match("^([^/]+)/([^?#]+)%??([^#]*)#(%d+)(!?)/([46]+)$") end
    function envoy_on_request(h)
      local name = asked(h)
      local namespace, service, query = parts(name)
      local wanted = {}
      for k, v in query:gmatch("([^=&]+)=([^&]+)") do wanted[#wanted + 1] = '"' .. k .. '":"' .. v .. '"' end
      h:headers():replace("content-length", h:body():setBytes('{"NamespaceName":"' .. namespace
        .. '","ServiceName":"' .. service .. '","MaxResults":1000,"HealthStatus":"HEALTHY","QueryParameters":{'
        .. table.concat(wanted, ",") .. "}}"))
      h:headers():replace(":path", "/")
      h:headers():replace("content-type", "application/x-amz-json-1.1")
      h:headers():replace("x-amz-target", "Route53AutoNaming_v20170314.DiscoverInstances")
      h:streamInfo():dynamicMetadata():set("aws", "asked", name)
    end
    function envoy_on_response(h)
      if h:headers():get(":status") ~= "200" then return end
      if tonumber(h:headers():get("content-length") or 0) > \#(AWSService.answerBytes) then h:headers():replace(":status", "502") return end
      local name = h:streamInfo():dynamicMetadata():get("aws")["asked"]
      local _, _, _, port, fixed, families = parts(name)
      local answer = text(h):gsub("\\.", "_"):gsub('"[^"]*"', function(s) return (s:gsub("[{}%[%]]", "_")) end)
      local list = answer:match("^%s*%b{}%s*$") and answer:match('"Instances"%s*:%s*(%b[])')
      if not list then h:headers():replace(":status", "502") return end
      local zones, order, count = {}, {}, 0
      for a in list:gmatch('"Attributes"%s*:%s*(%b{})') do
        count = count + 1
        local ip
        for f in families:gmatch(".") do ip = ip or a:match('"AWS_INSTANCE_IPV' .. f .. '"%s*:%s*"([%x.:]+)"') end
        if ip then
          local own = fixed == "" and a:match('"AWS_INSTANCE_PORT"%s*:%s*"(%d+)"') or port
          local zone = a:match('"AVAILABILITY_ZONE"%s*:%s*"([%w-]+)"') or ""
          if not zones[zone] then zones[zone] = {} order[#order + 1] = zone end
          table.insert(zones[zone], '{"endpoint":{"address":{"socket_address":{"address":"' .. ip
            .. '","port_value":' .. own .. "}}}}")
        end
      end
      if count >= 1000 then h:logWarn("Cloud Map names 1000 instances, its maximum: " .. name) end
      if #order == 0 then
        h:headers():replace("content-length", h:body():setBytes(""))
        h:headers():replace(":status", "304")
        return
      end
      table.sort(order)
      for i, zone in ipairs(order) do
        table.sort(zones[zone])
        order[i] = '{"locality":{"zone":"' .. zone .. '"},"lb_endpoints":[' .. table.concat(zones[zone], ",") .. "]}"
      end
      h:headers():replace("content-length", h:body():setBytes(
        '{"resources":[{"@type":"type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment","cluster_name":"'
        .. name .. '","endpoints":[' .. table.concat(order, ",") .. "]}]}"))
    end
    """#
}
