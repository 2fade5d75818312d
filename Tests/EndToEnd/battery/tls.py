"""Exchanges over TLS: what each side agreed on and read."""
import os
import ssl
import subprocess
import threading

from battery.wire import PATIENCE

ALL = {
    "tls": {}, "tls with ALPN h2": {"alpn": ["h2"]},
    "tls with ALPN http/1.1": {"alpn": ["http/1.1", "h2"]},
    "tls without a server name": {"name": None},
    "tls 1.2": {"version": ssl.TLSVersion.TLSv1_2},
    "tls, 30 KB": {"size": 30_000},
}


def certificate(folder):
    files = [os.path.join(folder, name) for name in ("battery-cert.pem", "battery-key.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "1", "-subj", "/CN=shop.test", "-out", files[0], "-keyout", files[1]],
        check=True, capture_output=True)
    return files


def talk(side, seen, payload, size):
    side.settimeout(PATIENCE)
    side.sendall(payload)
    read = b""
    while len(read) < size and (data := side.recv(65536)):
        read += data
    seen += [str(side.selected_alpn_protocol()), str(side.version()), str(len(read)), repr(read[:40])]


def run(listener, connected, exchange, files):
    size = exchange.get("size", 5)
    seen = {"server": [], "client": []}
    accepting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    accepting.load_cert_chain(*files)
    accepting.set_alpn_protocols(["h2", "http/1.1"])
    accepting.sni_callback = lambda _, name, __: seen["server"].append(f"server name {name}")
    asking = ssl._create_unverified_context()
    if alpn := exchange.get("alpn"):
        asking.set_alpn_protocols(alpn)
    if version := exchange.get("version"):
        asking.maximum_version = version

    def serve():
        listener.settimeout(PATIENCE)
        try:
            with accepting.wrap_socket(listener.accept()[0], server_side=True) as side:
                talk(side, seen["server"], b"s" * size, size)
        except OSError as error:
            seen["server"].append(repr(error))
    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with asking.wrap_socket(
                connected, server_hostname=exchange.get("name", "shop.test")) as side:
            talk(side, seen["client"], b"c" * size, size)
    except OSError as error:
        seen["client"].append(repr(error))
    thread.join()
    listener.close()
    return {who: "\n".join(lines).encode() for who, lines in seen.items()}
