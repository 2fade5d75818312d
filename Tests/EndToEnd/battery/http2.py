"""Exchanges over HTTP/2 and gRPC: what each side saw, decoded, in its order."""
import socket
import struct
import threading

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import h2.settings

from battery.wire import PATIENCE

GRPC = [("content-type", "application/grpc"), ("te", "trailers")]
EXTENDED_CONNECT = {h2.settings.SettingCodes.ENABLE_CONNECT_PROTOCOL: 1}


def message(data):
    return struct.pack(">BI", 0, len(data)) + data


def request(path="/", method="POST", headers=(), body=b"", trailers=(), answer=None, last=()):
    """`answer` is (headers, body), `last` the trailers of the answer."""
    pseudo = [(":method", method), (":scheme", "http"), (":authority", "shop.test"), (":path", path)]
    return {"headers": pseudo + list(headers), "body": body, "trailers": list(trailers),
            "answer": answer or ([(":status", "200")], b"ok"), "last": list(last)}


def call(name, body=b"hi", headers=(), answer=b"hello", status="0", extra=()):
    return request(
        "/echo.Echo/" + name, headers=GRPC + list(headers), body=message(body) if body else b"",
        answer=([(":status", "200"), GRPC[0]], message(answer) if answer else b""),
        last=[("grpc-status", status), *extra])


def websocket():
    asked = request("/chat", method="CONNECT", headers=[("sec-websocket-version", "13")])
    asked["headers"].insert(1, (":protocol", "websocket"))
    asked["body"] = b"\x81\x85abcd\0\0\0\0\0"
    return asked


HTTP2 = {
    "http2 get": request(method="GET"),
    "http2 body": request(body=b"b" * 30_000, answer=([(":status", "201")], b"a" * 30_000)),
    "http2 trailers": request(body=b"x", trailers=[("x-sum", "7")], last=[("x-end", "yes")]),
    "http2 150 headers": request(headers=[(f"x-{i}", "v") for i in range(150)]),
    "http2 method": request(method="REPORT"),
    "http2 status": request(answer=([(":status", "418")], b"")),
    "http2 own server": request(answer=([(":status", "200"), ("server", "mine")], b"ok")),
    "http2 forwarded": request(headers=[("x-forwarded-for", "203.0.113.9")]),
    "http2 websocket": websocket(),
}
RPC = {
    "grpc unary": call("Say"),
    "grpc error": call("Fail", answer=b"", status="5", extra=[("grpc-message", "not found")]),
    "grpc metadata": call("Say", headers=[("x-token", "t"), ("x-data-bin", "AAEC")]),
    "grpc 120 entries": call("Say", headers=[(f"m-{i}", "v") for i in range(120)]),
    "grpc deadline": call("Say", headers=[("grpc-timeout", "5S")]),
    "grpc large": call("Say", body=b"b" * 50_000, answer=b"a" * 50_000),
}


class Peer:
    """One side of a connection: sends what it is given, notes what it sees."""

    def __init__(self, connected, is_client):
        self.socket, self.seen = connected, []
        connected.settimeout(PATIENCE)
        self.h2 = h2.connection.H2Connection(h2.config.H2Configuration(
            client_side=is_client, validate_inbound_headers=False, validate_outbound_headers=False,
            normalize_inbound_headers=False))
        if not is_client:
            self.h2.local_settings.update(EXTENDED_CONNECT)
        self.h2.initiate_connection()
        self.flush()

    def flush(self):
        self.socket.sendall(self.h2.data_to_send())

    def send(self, stream, headers, body, trailers):
        self.h2.send_headers(stream, headers, end_stream=not body and not trailers)
        if body:
            for start in range(0, len(body), 16000):
                self.h2.send_data(stream, body[start:start + 16000])
            if not trailers:
                self.h2.end_stream(stream)
        if trailers:
            self.h2.send_headers(stream, trailers, end_stream=True)
        self.flush()

    def receive(self, answer=None, until_settings=False):
        """Until the other side has ended its message; answers it with `answer(stream)`."""
        body = b""
        while True:
            try:
                data = self.socket.recv(65536)
            except socket.timeout:
                return self.seen.append("nothing more comes")
            except OSError:
                return self.seen.append("reset")
            if not data:
                return self.seen.append("eof")
            try:
                events = self.h2.receive_data(data)
            except h2.exceptions.ProtocolError as error:
                return self.seen.append(repr(error))
            for event in events:
                if isinstance(event, h2.events.DataReceived):
                    body += event.data
                    self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                elif hasattr(event, "headers"):
                    lines = [f"{n.decode()}: {v.decode()}" for n, v in event.headers]
                    self.seen += lines
                    # A tunnel opens with the answer, not with the end of the request.
                    if answer and ":method: CONNECT" in lines:
                        answer(event.stream_id)
                        answer = None
                elif isinstance(event, h2.events.StreamReset):
                    self.seen.append(f"stream reset {event.error_code}")
                    return None
                elif isinstance(event, h2.events.RemoteSettingsChanged) and until_settings:
                    return self.flush()
                if isinstance(event, h2.events.StreamEnded):
                    self.seen.append(repr(body))
                    if answer:
                        answer(event.stream_id)
                    self.flush()
                    return None
            self.flush()


def run(listener, connected, exchange):
    """What server and client saw of an exchange, as lines."""
    server = []

    def serve():
        listener.settimeout(PATIENCE)
        try:
            peer = Peer(listener.accept()[0], is_client=False)
        except OSError:
            return
        headers, body = exchange["answer"]
        server.append(peer)
        peer.receive(lambda stream: peer.send(stream, headers, body, exchange["last"]))
    thread = threading.Thread(target=serve)
    thread.start()
    client = Peer(connected, is_client=True)
    try:
        # Whether extended CONNECT is allowed is in the first settings.
        client.receive(until_settings=True)
        client.send(client.h2.get_next_available_stream_id(), exchange["headers"], exchange["body"],
                    exchange["trailers"])
        client.receive()
    except (OSError, h2.exceptions.ProtocolError) as error:
        client.seen.append(repr(error))
    thread.join()
    for peer in (client, *server):
        peer.socket.close()
    listener.close()
    # HTTP/2 does not keep the order of different names.
    return {"server": "\n".join(sorted(server[0].seen) if server else ["no connection"]).encode(),
            "client": "\n".join(sorted(client.seen)).encode()}
