#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""courant-fetch against a loopback server of bad manners: what it asks, and what it answers."""
import base64
import gzip
import json
import os
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("top_builddir", ".")
FAILURES = ("OK BAD_URL DENIED DNS CONNECT TLS TIMEOUT TOO_BIG BROKEN REDIRECTS CANCELLED DEFERRED").split()
BOMB = gzip.compress(b"x" * 30_000_000, 9)


class Log:
    """Requests as they came, and how many were under way at once on each port."""

    def __init__(self):
        self.lock = threading.Lock()
        self.requests, self.now, self.most = [], {}, {}

    def begin(self, handler):
        port = handler.server.server_address[1]
        with self.lock:
            self.requests.append((port, handler.command, handler.path, dict(handler.headers.items())))
            self.now[port] = self.now.get(port, 0) + 1
            self.most[port] = max(self.most.get(port, 0), self.now[port])

    def end(self, handler):
        with self.lock:
            self.now[handler.server.server_address[1]] -= 1

    def of(self, path):
        with self.lock:
            return [r for r in self.requests if r[2] == path]


LOG = Log()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def reply(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        LOG.begin(self)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/post303":
            self.reply(303, Location="/method")
        else:
            self.reply(200, b"got " + body)
        LOG.end(self)

    def do_GET(self):
        LOG.begin(self)
        try:
            name = self.path.split("?")[0][1:].replace("/", "_") or "root"
            getattr(self, "get_" + name, self.get_unknown)()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            LOG.end(self)

    def get_unknown(self):
        self.reply(404, b"no such page" * 10)

    def get_feed(self):
        if self.headers.get("If-None-Match") == '"v1"':
            self.reply(304, ETag='"v1"', Cache_Control="max-age=600")
        else:
            self.reply(200, b"<rss/>", ETag='"v1"', Content_Type="application/rss+xml", Link="</p2>; rel=next")

    def get_gzip(self):
        self.reply(200, gzip.compress(b"hello " * 100), Content_Encoding="gzip")

    def get_badgzip(self):
        self.reply(200, b"\x1f\x8b\x08\0\0\0\0\0\0\3 this is none", Content_Encoding="gzip")

    def get_bomb(self):
        self.reply(200, BOMB, Content_Encoding="gzip")

    def get_endless(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while True:
            self.wfile.write(b"2000\r\n" + b"y" * 0x2000 + b"\r\n")

    def get_announced(self):
        self.send_response(200)
        self.send_header("Content-Length", "999999999999")
        self.end_headers()
        self.close_connection = True

    def get_flood(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for i in range(20000):
            self.wfile.write(b"X-%d: %s\r\n" % (i, b"z" * 80))
        self.wfile.write(b"\r\n")

    def get_longline(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"z" * 400_000 + b"\r\n\r\n")
        self.close_connection = True

    def get_hang(self):
        time.sleep(4)
        self.close_connection = True

    def get_slow(self):
        time.sleep(0.3)
        self.reply(200, b"slow")

    def get_cut(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"part")
        self.close_connection = True

    def get_reset(self):
        self.close_connection = True

    def get_loop(self):
        self.reply(302, Location="/loop?" + str(time.time()))

    def get_hop3(self):
        self.reply(301, b"moved", Location="hop2")

    def get_hop2(self):
        self.reply(308, Location="/hop1#part")

    def get_hop1(self):
        self.reply(302, Location="/feed")

    def get_tofile(self):
        self.reply(302, Location="file:///etc/passwd")

    def get_togopher(self):
        self.reply(302, Location="gopher://127.0.0.1:1/x")

    def get_toother(self):
        self.reply(302, Location="http://user:secret@127.0.0.1:%d/echo" % OTHER)

    def get_toself(self):
        self.reply(302, Location="/echo")

    def get_echo(self):
        self.reply(200, json.dumps(dict(self.headers.items())).encode())

    def get_method(self):
        self.reply(200, self.command.encode())

    def get_private(self):
        want = "Basic " + base64.b64encode(b"me:p w").decode()
        self.reply(200 if self.headers.get("Authorization") == want else 401, b"in")

    def get_digest(self):
        if (self.headers.get("Authorization") or "").startswith("Digest "):
            self.reply(200, b"in")
        else:
            self.reply(401, WWW_Authenticate='Digest realm="x", nonce="n", qop="auth"')

    def get_escape(self):
        self.wfile.write(b"HTTP/1.1 403 No\x1b]0;PWN\x07\xc2\x9b31m way\r\nContent-Length: 0\r\nETag: \"\x1b[2J\"\r\n\r\n")

    def get_cookie(self):
        if self.headers.get("Cookie") == "a=1":
            self.reply(200, b"eaten")
        else:
            self.reply(302, Location="/cookie", Set_Cookie="a=1")

    def get_busy(self):
        self.reply(429, Retry_After="7")

    def get_apierror(self):
        self.reply(400, b'{"message": "no key"}', Content_Type="application/json")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, request, client_address):
        pass


def serve(address="127.0.0.1"):
    server = Server((address, 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def serve_tls():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(HERE, "self_signed.pem"))
    server = Server(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


PORT, OTHER = serve(), serve()


def ask(*lines):
    """Runs courant-fetch once; answers by id, and the seconds that it took."""
    env = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    text = "\n".join("\t".join(f"{k}={v}" for k, v in line.items()) if isinstance(line, dict) else line
                     for line in ("settings",) * (not str(lines[0]).startswith("settings")) + lines)
    start = time.monotonic()
    run = subprocess.run([f"{BUILD}/tests/fetch/ask", f"{BUILD}/courant-fetch"], input=text.encode(), env=env,
                         capture_output=True, timeout=60)
    took = time.monotonic() - start
    answers = [json.loads(line) for line in run.stdout.decode().splitlines() if line != "waited"]
    assert run.returncode == 0, (run.returncode, run.stderr.decode(), answers)
    for a in answers:
        a["failure"] = FAILURES[a["failure"]]
    return {a["id"]: a for a in answers}, took


def one(path, port=None, **more):
    return ask(dict(id=1, url=f"http://127.0.0.1:{port or PORT}{path}", **more))[0][1]


def failed(path, failure, **more):
    a = one(path, **more)
    assert a["failure"] == failure and a["status"] == 0 and a["reason"] and a["body"] is None, a
    return a


def test_plain():
    a = one("/feed")
    assert (a["failure"], a["status"], a["reason"], a["body"]) == ("OK", 200, "200 OK", "<rss/>"), a
    assert a["etag"] == '"v1"' and a["content_type"] == "application/rss+xml" and a["link"] == "</p2>; rel=next", a
    sent = LOG.of("/feed")[-1][3]
    assert "gzip" in sent["Accept-Encoding"] and "rss" in sent["Accept"] and sent["User-Agent"].startswith("courant/")


def test_conditional():
    a = one("/feed", etag='"v1"', modified="Sun, 06 Nov 1994 08:49:37 GMT")
    assert a["not_modified"] and a["status"] == 304 and a["body"] is None and a["max_age"] == 600, a
    assert LOG.of("/feed")[-1][3]["If-Modified-Since"] == "Sun, 06 Nov 1994 08:49:37 GMT"


def test_gzip():
    a = one("/gzip")
    assert a["body_bytes"] == 600 and a["body"].startswith("hello") and a["wire_bytes"] < 300, a
    failed("/badgzip", "BROKEN")


def test_sizes():
    a = failed("/bomb", "TOO_BIG", max=1_000_000)
    assert "1.0 MB" in a["reason"], a
    failed("/endless", "TOO_BIG", max=500_000)
    failed("/announced", "TOO_BIG", max=500_000)
    failed("/flood", "BROKEN")
    assert one("/longline")["failure"] == "BROKEN"


def test_times():
    answers, took = ask(dict(id=1, url=f"http://127.0.0.1:{PORT}/hang", timeout=700))
    assert answers[1]["failure"] == "TIMEOUT" and took < 2.5, (answers, took)
    assert "700 ms" in answers[1]["reason"], answers


def test_broken():
    failed("/cut", "BROKEN")
    failed("/reset", "BROKEN")
    assert failed("/", "CONNECT", port=1)["reason"].startswith("127.0.0.1"), "no reason"
    assert ask(dict(id=1, url="http://no-such-host.invalid/"))[0][1]["failure"] == "DNS"
    assert ask(dict(id=1, url="ftp://127.0.0.1/x"))[0][1]["failure"] == "DENIED"
    assert ask(dict(id=1, url="file:///etc/passwd"))[0][1]["failure"] == "DENIED"


def test_redirects():
    a = one("/hop3")
    assert a["body"] == "<rss/>" and a["redirects"] == 3 and a["final_url"].endswith("/feed"), a
    assert a["permanent_url"] == f"http://127.0.0.1:{PORT}/hop1", a
    failed("/loop", "REDIRECTS")
    assert len([r for r in LOG.requests if r[2].startswith("/loop")]) == 11
    failed("/tofile", "DENIED", file=1)
    failed("/togopher", "DENIED")


def test_origin():
    more = dict(header="X-Key: k", user="me", password="p w")
    own, other = json.loads(one("/toself", **more)["body"]), json.loads(one("/toother", **more)["body"])
    assert own["X-Key"] == "k" and own["Authorization"].startswith("Basic "), own
    assert "X-Key" not in other and "Authorization" not in other, other
    assert one("/private", user="me", password="p w")["status"] == 200
    a = ask(dict(id=1, url=f"http://me:p%20w@127.0.0.1:{PORT}/private"))[0][1]
    assert a["status"] == 200 and "me:" not in a["final_url"], a
    assert one("/digest", user="me", password="x")["status"] == 200
    assert one("/digest")["status"] == 401


def test_certificate():
    a = ask(dict(id=1, url=f"https://127.0.0.1:{serve_tls()}/feed"))[0][1]
    assert a["failure"] == "TLS" and "certificate" in a["reason"], a


def test_guard():
    page = dict(id=1, purpose=1)
    here = f"127.0.0.1:{PORT}"
    for url, referrer, failure in ((f"http://{here}/feed", "news.example", "DENIED"),
                                   (f"http://{here}/feed", "127.0.0.1", "OK"),
                                   (f"http://{here}/feed", "10.1.1.1", "OK"),
                                   (f"http://localhost:{PORT}/feed", "news.example", "DENIED"),
                                   (f"http://2130706433:{PORT}/feed", "news.example", "DENIED"),
                                   (f"http://[::ffff:127.0.0.1]:{PORT}/feed", "news.example", "DENIED")):
        a = ask(dict(page, url=url, referrer=referrer))[0][1]
        assert a["failure"] == failure, (url, a)


def test_post():
    a = one("/api", body="x=1", purpose=2)
    assert a["body"] == "got x=1", a
    assert one("/post303", body="x=1", purpose=2)["body"] == "GET"
    assert one("/apierror", purpose=2)["body"] == '{"message": "no key"}'
    a = one("/nothing")
    assert a["status"] == 404 and a["reason"] == "404 Not Found" and a["body"] is None, a


def test_words_are_clean():
    a = one("/escape")
    assert a["status"] == 403 and a["reason"].startswith("403 No"), a
    assert not any(ord(c) < 32 or 0x7f <= ord(c) < 0xa0 for c in a["reason"] + (a["etag"] or "")), a


def test_cookie_of_a_page():
    assert one("/cookie", purpose=1, referrer="127.0.0.1")["body"] == "eaten"
    failed("/cookie", "REDIRECTS")


def test_wish_for_quiet():
    port = serve()
    url = f"http://127.0.0.1:{port}"
    answers, _ = ask("settings\tper_host=1", dict(id=1, url=url + "/busy"), dict(id=2, url=url + "/feed"), "wait",
                     dict(id=3, url=url + "/feed"))
    assert answers[1]["status"] == 429 and answers[1]["retry_after"] == 7, answers
    assert answers[2]["failure"] == answers[3]["failure"] == "DEFERRED", answers
    assert 5 <= answers[3]["retry_after"] <= 7, answers
    assert [r[2] for r in LOG.requests if r[0] == port] == ["/busy"]


def test_unreachable_host():
    answers, _ = ask("settings\tper_host=1", *(dict(id=i, url="http://127.0.0.1:9/") for i in range(1, 8)))
    got = [answers[i]["failure"] for i in range(1, 8)]
    assert sorted(got) == ["CONNECT"] * 3 + ["DEFERRED"] * 4, got


def test_per_host():
    port = serve()
    answers, took = ask("settings\tparallel=64\tper_host=3",
                        *(dict(id=i, url=f"http://127.0.0.1:{port}/slow?{i}") for i in range(1, 13)))
    assert all(a["status"] == 200 for a in answers.values()) and LOG.most[port] == 3, LOG.most
    assert took < 3, took


def test_good_do_not_wait():
    bad = [dict(id=i, url=f"http://127.0.0.{i + 20}:{HANGING}/hang", timeout=3500) for i in range(1, 15)]
    good = [dict(id=i, url=f"http://127.0.0.{i}:{HANGING}/feed?{i}") for i in range(101, 141)]
    answers, _ = ask("settings\tparallel=8\tper_host=2", *bad, *good)
    slowest = max(answers[i]["elapsed"] for i in range(101, 141))
    assert all(answers[i]["status"] == 200 for i in range(101, 141)) and slowest < 1000, slowest
    order = list(answers)
    assert max(order.index(i) for i in range(101, 141)) < min(order.index(i) for i in range(1, 15)), order


def test_cancel():
    answers, took = ask(dict(id=1, url=f"http://127.0.0.1:{OTHER}/hang"), dict(id=2, url=f"http://127.0.0.1:{OTHER}/hang"),
                        dict(id=3, url=f"http://127.0.0.1:{OTHER}/hang"), "sleep", "cancel\tid=0")
    assert [answers[i]["failure"] for i in (1, 2, 3)] == ["CANCELLED"] * 3 and took < 2, (answers, took)


def test_budget():
    urls = [dict(id=i, url=f"http://127.0.0.{i}:{HANGING}/bomb", max=40_000_000, timeout=30000) for i in range(1, 7)]
    answers, _ = ask("settings\tparallel=32\tbudget=1000000", *urls)
    assert all(answers[i]["body_bytes"] == 30_000_000 for i in range(1, 7)), answers


HANGING = serve("0.0.0.0")
TESTS = [(name[5:].replace("_", " "), fn) for name, fn in sorted(globals().items()) if name.startswith("test_")]


def main():
    print(f"1..{len(TESTS)}", flush=True)
    bad = 0
    for i, (name, fn) in enumerate(TESTS, 1):
        try:
            fn()
            print(f"ok {i} - {name}", flush=True)
        except Exception as e:  # any surprise is a failed test
            bad += 1
            why = f"{type(e).__name__}: {e}"[:700].replace("\n", "\n# ")
            print(f"not ok {i} - {name}\n# {why}", flush=True)
    return bad != 0


if __name__ == "__main__":
    sys.exit(main())
