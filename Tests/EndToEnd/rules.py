"""The iptables rules that ECS writes for a proxyConfiguration.

After aws-appmesh in https://github.com/aws/amazon-vpc-cni-plugins
(plugins/aws-appmesh/plugin/commands.go), with the same checks. IPv4 only.
"""
import ipaddress

PROPERTIES = {
    "IgnoredUID", "IgnoredGID", "AppPorts", "ProxyIngressPort", "ProxyEgressPort",
    "EgressIgnoredPorts", "EgressIgnoredIPs",
}
# The ECS agent appends these to EgressIgnoredIPs itself (agent/api/appmesh/appmesh.go).
ALWAYS_IGNORED = ["169.254.170.2", "169.254.169.254"]
# iptables' multiport takes no more; the plugin silently drops the rest.
MULTIPORT = 15


class Refused(Exception):
    """ECS would not register or start this."""


def split(text):
    """The agent splits at commas and trims addresses only, so blanks in ports are refused."""
    return text.split(",") if text else []


def port(text):
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Refused(f"invalid port [{text}] specified")
    return text


def addresses(text):
    ips = [ip.strip() for ip in split(text)]
    for ip in ips:
        try:
            ipaddress.ip_network(ip, strict=False)
        except ValueError as error:
            raise Refused(f"invalid IP or CIDR block in EgressIgnoredIPs: {error}") from error
    v4 = [ip for ip in ips if ":" not in ip]
    return v4 + [ip for ip in ALWAYS_IGNORED if ip not in v4]


def iptables(configuration, executable="iptables"):
    """Argument lists, to be run in the task's network namespace."""
    given = {p["name"]: p.get("value", "") for p in configuration.get("properties", [])}
    if unknown := set(given) - PROPERTIES:
        raise Refused(f"unknown proxyConfiguration properties {sorted(unknown)}")
    uid, gid = given.get("IgnoredUID"), given.get("IgnoredGID")
    ingress, egress = given.get("ProxyIngressPort"), given.get("ProxyEgressPort")
    app_ports = [port(p) for p in split(given.get("AppPorts"))]
    ignored_ports = [port(p) for p in split(given.get("EgressIgnoredPorts"))]
    if not uid and not gid:
        raise Refused("missing required parameter IgnoredGID or IgnoredUID")
    if not egress:
        raise Refused("missing required parameter ProxyEgressPort")
    if bool(ingress) != bool(app_ports):
        raise Refused("AppPorts and ProxyIngressPort go in pairs")

    def append(chain, *rule):
        return [executable, "-w", "-t", "nat", "-A", chain, *rule]

    def create(chain):
        return [executable, "-w", "-t", "nat", "-N", chain]

    def tcp_ports(ports):
        return ["-p", "tcp", "-m", "multiport", "--dports", ",".join(ports[:MULTIPORT])]

    rules = []
    if ingress:
        rules += [
            create("APPMESH_INGRESS"),
            append("APPMESH_INGRESS", *tcp_ports(app_ports),
                   "-j", "REDIRECT", "--to-port", port(ingress)),
            append("PREROUTING", "-p", "tcp", "-m", "addrtype", "!", "--src-type", "LOCAL",
                   "-j", "APPMESH_INGRESS"),
        ]
    rules.append(create("APPMESH_EGRESS"))
    if uid:
        rules.append(append("APPMESH_EGRESS", "-m", "owner", "--uid-owner", uid, "-j", "RETURN"))
    if gid:
        rules.append(append("APPMESH_EGRESS", "-m", "owner", "--gid-owner", gid, "-j", "RETURN"))
    if ignored_ports:
        rules.append(append("APPMESH_EGRESS", *tcp_ports(ignored_ports), "-j", "RETURN"))
    rules += [
        append("APPMESH_EGRESS", "-p", "tcp", "-d",
               ",".join(addresses(given.get("EgressIgnoredIPs"))), "-j", "RETURN"),
        append("APPMESH_EGRESS", "-p", "tcp", "-j", "REDIRECT", "--to", port(egress)),
        append("OUTPUT", "-p", "tcp", "-m", "addrtype", "!", "--dst-type", "LOCAL",
               "-j", "APPMESH_EGRESS"),
    ]
    return rules
