"""What may differ between an exchange through the sidecar and the direct one.

One row a difference. `exchanges` and `direction` say where, as patterns of names; `side` is who sees
it, or how a connection stands there at the end. `pattern` is taken out of what that side received
through the sidecar, and out of what it received directly where `both`. Without a pattern that side
may differ in any way.
"""
import dataclasses
import fnmatch
import re

SLOW = 0.45  # seconds more than directly, which a listener filter's time-out would take


@dataclasses.dataclass
class Row:
    exchanges: str
    side: str
    pattern: bytes | None
    reason: str
    direction: str = "*"
    both: bool = False
    used: bool = False

    def holds(self, name, direction):
        return (any(fnmatch.fnmatchcase(name, one) for one in self.exchanges.split("|"))
                and fnmatch.fnmatchcase(direction, self.direction))

    def apply(self, side, through, direct):
        """Both texts without this difference."""
        if not fnmatch.fnmatchcase(side, self.side):
            return through, direct
        if self.pattern is None:
            self.used = self.used or through != direct
            return direct, direct
        if not isinstance(through, bytes):
            return through, direct
        left = re.sub(self.pattern, b"", through)
        right = re.sub(self.pattern, b"", direct) if self.both else direct
        self.used = self.used or (left, right) != (through, direct)
        return left, right


def table():
    return [
        Row("*", "server", rb"(?i)x-forwarded-proto: http(\r\n|\n|$)",
            "Envoy says how the client spoke; a load balancer's value stays"),
        Row("*", "server", rb"(?i)x-forwarded-for: 10\.213\.0\.1(\r\n|\n|$)",
            "the client's address, which the application does not see on its connection",
            direction="in"),
        Row("*forwarded*", "server", rb",10\.213\.0\.1(?=\r\n|\n|$)",
            "the client's address is appended to what the client sent", direction="in"),
        Row("*", "client", rb"(?i)date: [^\r\n]* GMT(\r\n|\n|$)",
            "Envoy adds the date where the server does not send one", both=True),
        Row("method *", "server", rb"content-length: 0\r\n",
            "Envoy says that a request without a body is empty, for methods that may have one"),
        Row("chunked *|trailers*", "*", rb"\r\n[0-9a-f]+\r\n",
            "the bounds between chunks are not kept", both=True),
        Row("trailers*", "*", rb"(?i)x-(sum|end)", "names of trailers are in lower case", both=True),
        Row("offer of TLS*", "server", rb"Connection: Upgrade\r\nUpgrade: TLS/1\.2\r\n",
            "an offer that servers ignore is not passed on", both=True),
        Row("answer until the end*", "client*", None,
            "an answer that ends with its connection becomes chunked, and the connection stays"),
        Row("server ends*", "client end", None,
            "a kept connection to the client stays when the server ends its own"),
        Row("client ends*", "server end", None,
            "a server's connection ends some seconds after the client's: Envoy drops it when idle"),
        Row("HTTP/1.0*", "*", None, "HTTP/1.0 becomes 1.1 at the server, and its connection ends"),
        Row("fragment*", "*", None, "400: servers disagree about a fragment, so Envoy refuses it"),
        Row("method X-CUSTOM*", "*", None,
            "400: Envoy's setting for it is work in progress and warns at every start"),
    ]


def compare(rows, name, direction, through, direct):
    """What is left of the differences: side -> (through the sidecar, directly)."""
    rows = [row for row in rows if row.holds(name, direction)]
    left = {}
    for side in through:
        if side == "seconds":
            continue
        pair = through[side], direct[side]
        for row in rows:
            pair = row.apply(side, *pair)
        if isinstance(pair[0], bytes):
            pair = tuple(text.strip(b"\n") for text in pair)
        if pair[0] != pair[1]:
            left[side] = pair
    more = through.get("seconds", 0) - direct.get("seconds", 0)
    if more > SLOW and not any(row.side == "*" and row.pattern is None for row in rows):
        left["seconds"] = through["seconds"], direct["seconds"]
    return left
