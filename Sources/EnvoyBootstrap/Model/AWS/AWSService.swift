internal import LosslessJSON

/// An API of AWS that Envoy calls itself, in place of a management server.
///
/// Envoy asks a management server over REST with a POST whose body names the resources that it
/// wants. Three filters of the service's cluster make a call of AWS from it: `lua` writes the
/// request that AWS understands, `aws_request_signing` signs it with the keys of the task role, and
/// `upstream_codec` sends it. `lua` then turns AWS's answer into one of a management server.
///
/// Envoy keeps what it has when the call fails, and counts that as `update_failure`.
public struct AWSService: Hashable, Sendable {
  /// The host, and the name of the cluster: Envoy sends requests of REST subscriptions with the
  /// cluster's name as `Host`.
  public var host: String
  /// The service in signatures, such as `servicediscovery`. Statistics have `aws_` before it.
  public var signingName: String
  public var region: AWSRegion
  /// The functions `envoy_on_request` and `envoy_on_response` in Lua. They can use ``LuaLibrary``.
  public var script: String
  /// How often Envoy repeats a failed call at once, before the next poll.
  public var retries: Int

  public init(
    host: String, signingName: String, region: AWSRegion, script: String, retries: Int = 0
  ) {
    self.host = host
    self.signingName = signingName
    self.region = region
    self.script = script
    self.retries = retries
  }

  /// The environment variable that keeps Envoy from looking for keys where a task has none: in the
  /// metadata of an EC2 instance. It would log each failure.
  public static let environment = (name: "AWS_EC2_METADATA_DISABLED", value: "true")

  public var cluster: Cluster {
    var cluster = Cluster(
      name: host, discovery: .dns(SocketAddress(host, 443)), httpVersion: .http1,
      // Otherwise a call would now and then meet a connection that AWS is closing.
      idleTimeout: Cluster.remoteIdleTimeout,
      transportSocket: UpstreamTLS(
        sni: host, context: .init(validation: .init(trustedCA: .systemAuthorities))))
    cluster.connectTimeout = .seconds(2)
    cluster.statName = "aws_" + signingName
    cluster.bufferBytes = Self.answerBytes
    cluster.service = self
    return cluster
  }

  /// - Parameter interval: see ``PolledSource``.
  public func source(every interval: Duration) -> PolledSource {
    PolledSource(cluster: host, interval: interval)
  }

  /// The size of the largest answer that is read. 1,000 instances of Cloud Map take about half of it.
  static let answerBytes = 1_048_576

  /// The policy for ``retries``, of the whole cluster. Envoy waits a random time of up to one second before
  /// the first retry, and of up to two seconds before the second.
  var retryPolicy: JSONValue? {
    guard retries > 0 else { return nil }
    return [
      "retry_on": "5xx,reset,connect-failure",
      "num_retries": .integer(retries),
      "retry_back_off": [
        "base_interval": .duration(.seconds(1)), "max_interval": .duration(.seconds(2)),
      ],
    ]
  }

  /// The filters of the cluster, in their order.
  var filters: JSONValue {
    [
      .typedExtension(
        "envoy.filters.http.lua",
        .message(
          "envoy.extensions.filters.http.lua.v3.Lua",
          ["default_source_code": ["inline_string": .string(LuaLibrary.text + script)]])),
      .typedExtension(
        "envoy.filters.http.aws_request_signing",
        .message(
          "envoy.extensions.filters.http.aws_request_signing.v3.AwsRequestSigning",
          [
            "service_name": .string(signingName),
            "region": .string(region.name),
            // Requests then wait for the keys. Otherwise the first ones would leave unsigned.
            "use_unsigned_payload": false,
          ])),
      .typedExtension(
        "envoy.filters.http.upstream_codec",
        .message("envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec")),
    ]
  }
}

/// The Lua functions that the scripts of all services share.
enum LuaLibrary {
  /// `text` is the body of a request or response. `asked` is the name of the resource that Envoy asks for.
  ///
  /// Each request of Envoy has a list of all its extensions, some 100 KB before the name, so `asked` looks at
  /// the end first. To read all of it took a third of the processor time of a poll (measured).
  static let text = #"""
    local function part(h, from)
      local b = h:body()
      local n = b and b:length() or 0
      from = math.max(0, n - from)
      return n > 0 and b:getBytes(from, n - from) or ""
    end
    local function text(h) return part(h, math.huge) end
    local function asked(h)
      local names = '"resource_?[nN]ames"%s*:%s*%[%s*"([^"]+)"'
      return part(h, 4096):match(names) or text(h):match(names)
    end

    """#
}

/// A management server over REST that Envoy asks again and again.
public struct PolledSource: Hashable, Sendable {
  /// The static ``Cluster`` that is the server.
  public var cluster: String
  /// The shortest time between two requests. Envoy adds a random time, up to as much again.
  public var interval: Duration

  public init(cluster: String, interval: Duration) {
    self.cluster = cluster
    self.interval = interval
  }

  /// How long Envoy's start waits for the first answer. The keys of the task role come after this
  /// time in any case (measured), so a longer one only delays the start.
  private static let initialFetchTimeout = Duration.milliseconds(500)

  private static let requestTimeout = Duration.seconds(5)

  var json: JSONValue {
    [
      "resource_api_version": "V3",
      "initial_fetch_timeout": .duration(Self.initialFetchTimeout),
      "api_config_source": [
        "api_type": "REST",
        "transport_api_version": "V3",
        "cluster_names": [.string(cluster)],
        "refresh_delay": .duration(interval),
        "request_timeout": .duration(Self.requestTimeout),
      ],
    ]
  }
}
