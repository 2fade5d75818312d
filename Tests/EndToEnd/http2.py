"""HTTP/2 without TLS, both sides: the server of app.py, and a client for one request.

The server says its port and the request's path; to gRPC calls it says that as the message.
"""
import socketserver
import struct

import h2.config
import h2.connection
import h2.events

GRPC = "application/grpc"


def message(data):
    """A gRPC message, not compressed."""
    return struct.pack(">BI", 0, len(data)) + data


def text(headers):
    return [tuple(part.decode() for part in pair) for pair in headers]


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        connection = h2.connection.H2Connection(
            h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        self.request.sendall(connection.data_to_send())
        while data := self.request.recv(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    self.answer(connection, event.stream_id, dict(text(event.headers)))
            self.request.sendall(connection.data_to_send())

    def answer(self, connection, stream, request):
        print("http2", request, flush=True)
        kind = request.get("content-type", "")
        if not kind.startswith(GRPC):
            connection.send_headers(stream, [(":status", "200")])
            connection.send_data(stream, f"http2 {request[':path']}".encode(), end_stream=True)
            return
        port = self.server.server_address[1]
        connection.send_headers(stream, [(":status", "200"), ("content-type", GRPC)])
        connection.send_data(stream, message(f"{port} {request[':path']}".encode()))
        connection.send_headers(stream, [("grpc-status", "0")], end_stream=True)


def request(connected, authority, path, headers=(), body=b"", method="GET"):
    """(headers and trailers, body) of the answer on a connected socket, which is closed."""
    connection = h2.connection.H2Connection()
    connection.initiate_connection()
    stream = connection.get_next_available_stream_id()
    connection.send_headers(stream, [
        (":method", method), (":scheme", "http"), (":authority", authority), (":path", path),
        *headers], end_stream=not body)
    if body:
        connection.send_data(stream, body, end_stream=True)
    answer, received, ended = {}, b"", False
    with connected:
        connected.sendall(connection.data_to_send())
        while not ended and (data := connected.recv(65536)):
            for event in connection.receive_data(data):
                if isinstance(event, (h2.events.ResponseReceived, h2.events.TrailersReceived)):
                    answer.update(text(event.headers))
                elif isinstance(event, h2.events.DataReceived):
                    received += event.data
                elif isinstance(event, (h2.events.StreamEnded, h2.events.StreamReset)):
                    ended = True
            connected.sendall(connection.data_to_send())
    return answer, received


def call(connected, authority, path, metadata=(), body=b""):
    """A gRPC call: (headers and trailers, message)."""
    headers = [("content-type", GRPC), ("te", "trailers"), *metadata]
    answer, received = request(
        connected, authority, path, headers, message(body), method="POST")
    return answer, received[5:]
