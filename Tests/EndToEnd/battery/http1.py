"""Exchanges over HTTP/1: name -> steps of a conversation."""
HOST = b"Host: shop.test\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def get(path=b"/", headers=b"", method=b"GET", body=b"", version=b"HTTP/1.1"):
    return method + b" " + path + b" " + version + b"\r\n" + HOST + headers + b"\r\n" + body


def answered(request, answer=OK):
    return [("c", request), ("s", answer)]


def sized(body, status=b"200 OK", headers=b""):
    return b"HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s" % (status, headers, len(body), body)


def upgrade(protocol, request=b"hello", answer=b"world"):
    head = b"Connection: Upgrade\r\nUpgrade: " + protocol + b"\r\n"
    switching = b"HTTP/1.1 101 Switching Protocols\r\n" + head + b"\r\n"
    return [("c", get(headers=head)), ("s", switching), ("c", request), ("s", answer)]


CHUNKED = b"Transfer-Encoding: chunked\r\n"
METHODS = ("HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "MKCOL",
           "REPORT", "PURGE", "X-CUSTOM")
STATUSES = (b"201 Created", b"302 Found", b"404 Nothing Here", b"418 I'm a teapot",
            b"500 Internal Server Error", b"503 Come Back Later", b"599 Custom")


def exchanges():
    all_ = {
        "get": answered(get()),
        "path": answered(get(b"/a//b/../c/%2F%7e?x=1&y=%20")),
        "fragment": answered(get(b"/a#b")),
        "query": answered(get(b"/?token=secret&a=b;c")),
        "header case": answered(get(headers=b"X-Mixed-CASE: Yes\r\nx-lower: no\r\nETag: a\r\n")),
        "answer's header case": answered(
            get(), sized(b"ok", headers=b"ETag: \"x\"\r\nWWW-Authenticate: NTLM\r\nSet-Cookie: a=b\r\n")),
        "two cookies": answered(
            get(headers=b"Cookie: a=b\r\n"), sized(b"", headers=b"Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n")),
        "own Server header": answered(get(), sized(b"ok", headers=b"Server: gunicorn\r\n")),
        "own Date header": answered(get(), sized(
            b"ok", headers=b"Date: Sat, 28 Nov 2026 12:00:00 GMT\r\n")),
        "own request id": answered(get(headers=b"X-Request-Id: mine\r\n")),
        "forwarded for": answered(get(headers=b"X-Forwarded-For: 203.0.113.9\r\n")),
        "forwarded proto": answered(get(headers=b"X-Forwarded-Proto: https\r\n")),
        "health path of the application": answered(get(b"/envoy/healthz")),
        "chunked request": answered(get(
            method=b"POST", headers=CHUNKED, body=b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")),
        "chunked answer": answered(get(), b"HTTP/1.1 200 OK\r\n" + CHUNKED + b"\r\n3\r\nabc\r\n0\r\n\r\n"),
        "trailers": answered(
            get(method=b"POST", headers=CHUNKED,
                body=b"3\r\nabc\r\n0\r\nX-Sum: 7\r\n\r\n"),
            b"HTTP/1.1 200 OK\r\n" + CHUNKED + b"\r\n3\r\nabc\r\n0\r\nX-End: yes\r\n\r\n"),
        "body": answered(get(method=b"POST", headers=b"Content-Length: 5\r\n", body=b"hello")),
        "large body": answered(get(
            method=b"POST", headers=b"Content-Length: 1000000\r\n", body=b"x" * 1_000_000)),
        "large answer": answered(get(), sized(b"y" * 1_000_000)),
        "answer until the end": [
            ("c", get()), ("s", b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall"), ("s", "close")],
        "150 headers": answered(get(headers=b"".join(b"X-%d: v\r\n" % i for i in range(150)))),
        "150 headers in the answer": answered(
            get(), sized(b"", headers=b"".join(b"X-%d: v\r\n" % i for i in range(150)))),
        "header of 70 KB": answered(get(headers=b"X-Big: " + b"v" * 70_000 + b"\r\n")),
        "header of 70 KB in the answer": answered(
            get(), sized(b"", headers=b"X-Big: " + b"v" * 70_000 + b"\r\n")),
        "two requests": answered(get(b"/1")) + answered(get(b"/2")),
        "continue": [
            ("c", get(method=b"POST", headers=b"Expect: 100-continue\r\nContent-Length: 2\r\n")),
            ("s", b"HTTP/1.1 100 Continue\r\n\r\n"), ("c", b"hi"), ("s", OK)],
        "slow body": [
            ("c", get(method=b"POST", headers=b"Content-Length: 4\r\n")), ("c", b"ab"), ("c", b"cd"),
            ("s", OK)],
        "events": [
            ("c", get(headers=b"Accept: text/event-stream\r\n")),
            ("s", b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + CHUNKED + b"\r\n"),
            ("s", b"9\r\ndata: 1\n\n\r\n"), ("s", b"9\r\ndata: 2\n\n\r\n"), ("s", b"0\r\n\r\n")],
        "HTTP/1.0": answered(get(version=b"HTTP/1.0"), b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"),
        "no content": answered(get(), b"HTTP/1.1 204 No Content\r\n\r\n"),
        "not modified": answered(get(), b"HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n"),
        "early hints": [
            ("c", get()), ("s", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"), ("s", OK)],
        "CONNECT": [
            ("c", b"CONNECT shop.test:443 HTTP/1.1\r\nHost: shop.test:443\r\n\r\n"),
            ("s", b"HTTP/1.1 200 Connection established\r\n\r\n"), ("c", b"hello"), ("s", b"world")],
        "offer of TLS": answered(
            get(headers=b"Connection: Upgrade\r\nUpgrade: TLS/1.2\r\n")),
        "websocket": upgrade(b"websocket", b"\x81\x85abcd\0\0\0\0\0", b"\x81\x05hello"),
        "upgrade to tcp": upgrade(b"tcp"),
        "upgrade to SPDY": upgrade(b"SPDY/3.1"),
        "server ends": [("c", get()), ("s", OK), ("s", "close")],
        "client ends": [("c", get()), ("s", OK), ("c", "close")],
    }
    for method in METHODS:
        text = method.encode()
        body = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        all_["method " + method] = answered(get(b"/m", method=text), body)
    for status in STATUSES:
        all_["status " + status.decode()] = answered(get(), sized(b"ok", status))
    return all_
