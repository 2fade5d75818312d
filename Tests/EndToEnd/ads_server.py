"""A management server (ADS, state of the world) for the tests.

Every node gets one listener that answers requests for port 8080 itself. Prints who asks, and
whether what it sent was taken (ACK) or not (NACK).
"""
import concurrent.futures

import grpc
from envoy.config.cluster.v3 import cluster_pb2  # noqa: F401 (registers the types below)
from envoy.config.listener.v3 import listener_pb2  # noqa: F401
from envoy.extensions.filters.http.router.v3 import router_pb2  # noqa: F401
from envoy.extensions.filters.listener.original_dst.v3 import original_dst_pb2  # noqa: F401
from envoy.extensions.filters.network.http_connection_manager.v3 import (  # noqa: F401
    http_connection_manager_pb2)
from envoy.service.discovery.v3 import ads_pb2_grpc, discovery_pb2
from google.protobuf import json_format

TYPE = "type.googleapis.com/"


def extension(name, message, **fields):
    return {"name": name, "typed_config": {"@type": TYPE + message, **fields}}


LISTENER = {
    "@type": TYPE + "envoy.config.listener.v3.Listener",
    "name": "ingress",
    "address": {"socket_address": {"address": "0.0.0.0", "port_value": 15000}},
    "listener_filters": [extension(
        "envoy.filters.listener.original_dst",
        "envoy.extensions.filters.listener.original_dst.v3.OriginalDst")],
    "filter_chains": [{
        "filter_chain_match": {"destination_port": 8080},
        "filters": [extension(
            "envoy.filters.network.http_connection_manager",
            "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
            stat_prefix="ingress",
            route_config={"virtual_hosts": [{
                "name": "all", "domains": ["*"], "routes": [{
                    "match": {"prefix": "/"},
                    "direct_response": {
                        "status": 200, "body": {"inline_string": "routed by xds"}}}]}]},
            http_filters=[extension(
                "envoy.filters.http.router",
                "envoy.extensions.filters.http.router.v3.Router")])]}],
}
RESOURCES = {"Listener": [LISTENER]}


class Discovery(ads_pb2_grpc.AggregatedDiscoveryServiceServicer):
    def StreamAggregatedResources(self, requests, context):
        for request in requests:
            kind = request.type_url.rsplit(".", 1)[1]
            if request.response_nonce:
                error = request.error_detail.message
                print("NACK" if error else "ACK", kind, error, flush=True)
                continue
            print("request", kind, request.node.id, request.node.cluster, flush=True)
            yield json_format.ParseDict(
                {"version_info": "1", "nonce": kind, "type_url": request.type_url,
                 "resources": RESOURCES.get(kind, [])}, discovery_pb2.DiscoveryResponse())


def start(address):
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(8))
    ads_pb2_grpc.add_AggregatedDiscoveryServiceServicer_to_server(Discovery(), server)
    server.add_insecure_port(f"{address[0]}:{address[1]}")
    server.start()
    return server
