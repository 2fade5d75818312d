"""The application of the tests, and its peers: servers on the ports given as [IP:]PORT/KIND.

Kinds: http (see web.py), http2 (see http2.py), grpc (echo), tls, proxy (an HTTP forward proxy that
allows CONNECT), greet (speaks first), echo (the client speaks first), hold (see hold.py), otlp and
xray (print what arrives), ads (see ads_server.py).
On SIGTERM it waits for the requests in flight.
"""
import http.server
import os
import signal
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading
import time

import hold
import http2
import web


class Threaded(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


class HTTPServer(http.server.ThreadingHTTPServer):
    request_queue_size = 128


def http_server(address):
    return HTTPServer(address, web.Handler)


def tls_server(address):
    """With a certificate of its own for a day."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
             "-nodes", "-days", "1", "-subj", "/CN=peer", "-keyout", f"{folder}/key.pem",
             "-out", f"{folder}/cert.pem"], check=True, capture_output=True)
        context.load_cert_chain(f"{folder}/cert.pem", f"{folder}/key.pem")
    server = HTTPServer(address, web.Handler)
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
    "http2": lambda address: Threaded(address, http2.Handler),
    "greet": lambda address: Threaded(address, Greeter),
    "echo": lambda address: Threaded(address, Echo),
    "xray": lambda address: socketserver.ThreadingUDPServer(address, Datagrams),
}


def finish(*_):
    def wait():
        while web.in_flight:
            time.sleep(0.02)
        os._exit(0)
    print("SIGTERM, in flight:", web.in_flight, flush=True)
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
        elif kind == "hold":
            threading.Thread(target=hold.run, args=(address,), daemon=True).start()
        else:
            server = SERVERS[kind or "http"](address)
            threading.Thread(target=server.serve_forever, daemon=True).start()
    print("listening", sys.argv[1:], flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
