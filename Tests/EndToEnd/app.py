"""The application of the tests, and its peers: servers on the ports given as [IP:]PORT/KIND.

Kinds: http (JSON about the request; /fetch?url= calls another server, /slow?s= takes its time),
http2 (without TLS), grpc (echo), tls, proxy (an HTTP forward proxy that allows CONNECT),
greet (speaks first), echo (the client speaks first), otlp and xray (print what arrives), ads (see
ads_server.py).
On SIGTERM it waits for the requests in flight.
"""
import http.server
import json
import os
import signal
import socketserver
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

in_flight = 0


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        global in_flight
        in_flight += 1
        try:
            self.answer()
        finally:
            in_flight -= 1

    do_POST = do_PUT = do_GET

    def do_CONNECT(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"tunnel to " + self.path.encode() + b"\n")
        self.close_connection = True

    def answer(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        reply = {
            "name": os.environ.get("CONTAINER_NAME", "peer"),
            "uid": os.getuid(),
            "path": self.path,
            "version": self.request_version,
            "remote": self.client_address[0],
            "headers": {name.lower(): value for name, value in self.headers.items()},
        }
        if url.path == "/slow":
            print("begins /slow", flush=True)
            time.sleep(float(query.get("s", "3")))
        if url.path == "/fetch":
            reply["fetched"] = fetch(query["url"])
        body = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        print(self.client_address[0], format % arguments, flush=True)


def fetch(url):
    context = ssl._create_unverified_context()
    try:
        with urllib.request.urlopen(url, timeout=5, context=context) as response:
            body = response.read().decode()
            return {"status": response.status, "body": body, "headers": dict(response.headers)}
    except urllib.error.HTTPError as error:
        return {"status": error.code, "body": error.read().decode()}
    except OSError as error:
        return {"error": repr(error)}


class Threaded(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


class HTTPServer(http.server.ThreadingHTTPServer):
    request_queue_size = 128


def http_server(address):
    return HTTPServer(address, Handler)


def tls_server(address):
    """With a certificate of its own for an hour."""
    folder = f"/tmp/app-tls-{os.getpid()}"
    os.makedirs(folder, exist_ok=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "1", "-subj", "/CN=peer", "-keyout", f"{folder}/key.pem",
         "-out", f"{folder}/cert.pem"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/cert.pem", f"{folder}/key.pem")
    server = HTTPServer(address, Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return server


class Greeter(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall(b"220 hello\r\n")
        self.request.recv(100)


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(4096):
            self.request.sendall(data)


class HTTP2(socketserver.BaseRequestHandler):
    """200 and the request's path, to every stream."""

    def handle(self):
        import h2.config
        import h2.connection
        import h2.events

        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        self.request.sendall(connection.data_to_send())
        while data := self.request.recv(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    path = dict(event.headers)[b":path"]
                    connection.send_headers(event.stream_id, [(":status", "200")])
                    connection.send_data(event.stream_id, b"http2 " + path, end_stream=True)
            self.request.sendall(connection.data_to_send())


class Datagrams(socketserver.BaseRequestHandler):
    def handle(self):
        print("xray", self.request[0].decode(), flush=True)


def grpc_server(address, kind):
    """Any unary call: `grpc` returns what it got, `otlp` prints whose spans came."""
    import concurrent.futures

    import grpc

    class Any(grpc.GenericRpcHandler):
        def service(self, call):
            def reply(data, context):
                print(kind, call.method, len(data), data, flush=True)
                return data if kind == "grpc" else b""
            return grpc.unary_unary_rpc_method_handler(reply)

    server = grpc.server(concurrent.futures.ThreadPoolExecutor(8))
    server.add_generic_rpc_handlers((Any(),))
    server.add_insecure_port(f"{address[0]}:{address[1]}")
    server.start()
    return server


SERVERS = {
    "http": http_server,
    "proxy": http_server,
    "tls": tls_server,
    "http2": lambda address: Threaded(address, HTTP2),
    "greet": lambda address: Threaded(address, Greeter),
    "echo": lambda address: Threaded(address, Echo),
    "xray": lambda address: socketserver.ThreadingUDPServer(address, Datagrams),
}


def finish(*_):
    def wait():
        while in_flight:
            time.sleep(0.02)
        os._exit(0)
    print("SIGTERM, in flight:", in_flight, flush=True)
    threading.Thread(target=wait).start()


def main():
    signal.signal(signal.SIGTERM, finish)
    kept = []
    for text in sys.argv[1:]:
        where, _, kind = text.partition("/")
        host, _, port = where.rpartition(":")
        address = (host or "0.0.0.0", int(port))
        if kind in ("grpc", "otlp"):
            kept.append(grpc_server(address, kind))
        elif kind == "ads":
            import ads_server
            kept.append(ads_server.start(address))
        else:
            server = SERVERS[kind or "http"](address)
            threading.Thread(target=server.serve_forever, daemon=True).start()
    print("listening", sys.argv[1:], flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
