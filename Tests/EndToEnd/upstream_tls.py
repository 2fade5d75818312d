"""TLS from Envoy to upstreams: names, authorities, mutual TLS, versions.

    upstream_tls.py serve FOLDER

serves in the peers' namespace. The task is taskdefs/web.json with these options; ECS reads the secrets
ca, chain and key:

    --upstream payments=payments.internal:9541/https     the server's own name, a public authority
    --upstream two=db.internal:9541/https                a name that is not in its certificate
    --upstream rpc=payments.internal:9542/grpcs
    --upstream nine=payments.internal:9543/https         wants a certificate, of a private authority
    --upstream-certificate nine=env:CHAIN,env:KEY --upstream-authority nine=env:CA
    --upstream secure.test=payments.internal:9543/https  the same server, without a certificate
    --upstream-authority secure.test=env:CA
"""
import http.server
import json
import os
import ssl
import subprocess
import sys
import threading

from network import LIBRARIES, PYTHON, sh

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
SERVER = "payments.internal"


def make(folder):
    """Two authorities, `public` and `private`, and a leaf of each for the server and for a client."""
    os.makedirs(folder)
    for authority in ("public", "private"):
        ca = f"{folder}/{authority}"
        sh("openssl", "req", "-x509", *KEY, "-subj", f"/CN={authority}", "-keyout", f"{ca}.key",
           "-out", f"{ca}.pem")
        for leaf, name in (("server", SERVER), ("client", "orders")):
            sh("openssl", "req", "-x509", *KEY, "-CA", f"{ca}.pem", "-CAkey", f"{ca}.key",
               "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
               "-addext", "basicConstraints=CA:FALSE", "-keyout", f"{ca}-{leaf}.key",
               "-out", f"{ca}-{leaf}.pem")


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers what the server knows of the connection."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        subject = dict(pair[0] for pair in (self.connection.getpeercert() or {}).get("subject", ()))
        body = json.dumps({
            "version": self.connection.version(), "sni": self.server.sni,
            "client": subject.get("commonName"), "host": self.headers["host"]}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        pass


def serve_http(port, folder, authority, wants_certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/{authority}-server.pem", f"{folder}/{authority}-server.key")
    if wants_certificate:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(f"{folder}/{authority}.pem")
    server = http.server.ThreadingHTTPServer(("0.0.0.0", port), Handler)
    server.sni = None
    context.sni_callback = lambda _, name, __: setattr(server, "sni", name)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def serve_grpc(port, folder):
    import concurrent.futures

    import grpc

    class Any(grpc.GenericRpcHandler):
        def service(self, call):
            return grpc.unary_unary_rpc_method_handler(lambda data, context: data)

    pair = [open(f"{folder}/public-server.{kind}", "rb").read() for kind in ("key", "pem")]
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(8))
    server.add_generic_rpc_handlers((Any(),))
    server.add_secure_port(f"0.0.0.0:{port}", grpc.ssl_server_credentials([tuple(pair)]))
    server.start()
    return server


def prepare(s):
    """Before the task starts."""
    folder = f"{s.task.folder}/tls"
    make(folder)
    s.task.network.authorities = f"{folder}/public.pem"
    arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:"
    s.task.containers[s.envoy].secrets = {
        arn + name: open(f"{folder}/private{file}").read()
        for name, file in (("ca", ".pem"), ("chain", "-client.pem"), ("key", "-client.key"))}


def scenario(s):
    from scenario import APP_UID
    from traffic import GRPC_CALL
    network = s.task.network
    server = subprocess.Popen(
        ["ip", "netns", "exec", network.peer, PYTHON, __file__, "serve", f"{network.folder}/tls"],
        env={**os.environ, "PYTHONPATH": LIBRARIES}, stdout=subprocess.PIPE, text=True)
    try:
        server.stdout.readline()
        https(s)
        reply = network.inside(GRPC_CALL.format("rpc:80"), APP_UID)
        s.check("gRPC inside TLS", "b'hi'" in reply.stdout, reply.stdout + reply.stderr)
        mutual(s)
    finally:
        server.kill()
        server.wait()
    text = s.task.output(s.envoy)
    s.check("Envoy warns of nothing", "[warning]" not in text and "[error]" not in text, text)


def https(s):
    seen = json.loads(s.curl("http://payments/pay"))
    s.check("the newest version, the server's name, and the Host header as it was", seen == {
        "version": "TLSv1.3", "sni": SERVER, "client": None, "host": "payments"}, seen)
    reply = s.curl("http://payments:9541/pay")
    s.check("on the upstream's own port", '"TLSv1.3"' in reply, reply)
    code = "-o /dev/null -w '%{http_code}'"
    reply = s.curl(f"{code} http://two/")
    s.check("a server of another name is refused", reply == "503", reply)
    s.check("because of its name", stat(s, "two", "ssl.fail_verify_san") > 0)


def mutual(s):
    seen = json.loads(s.curl("http://nine/pay"))
    s.check("the server sees Envoy's certificate", seen["client"] == "orders", seen)
    code = "-o /dev/null -w '%{http_code}'"
    reply = s.curl(f"{code} http://secure.test/")
    s.check("without a certificate the server refuses", reply == "503", reply)
    s.check("not for its authority", stat(s, "secure.test", "ssl.fail_verify_error") == 0)


def stat(s, cluster, name):
    text = s.task.network.inside(f"curl -sS 127.0.0.1:9901/stats?filter={cluster}", 1337).stdout
    values = dict(line.rsplit(": ", 1) for line in text.splitlines() if ": " in line)
    return int(values.get(f"cluster.{cluster}.{name}", -1))


if __name__ == "__main__":
    folder = sys.argv[2]
    serve_http(9541, folder, "public", False)
    kept = serve_grpc(9542, folder)
    serve_http(9543, folder, "private", True)
    print("listening", flush=True)
    threading.Event().wait()
