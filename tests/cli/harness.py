# SPDX-License-Identifier: MIT
"""What the tests of the whole program share: TAP, a folder of its own for each test, a loopback web server with ETag,
Last-Modified, delays and faults, and running courant with nothing of the machine's in its environment."""
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

TOP = os.environ.get("top_builddir", os.path.join(os.path.dirname(__file__), "..", "..", "build"))
COURANT = os.path.join(TOP, "courant")


class Page:
    """One address of the server."""

    def __init__(self, body, kind="application/xml", status=200, delay=0.0, headers=None):
        self.body = body if isinstance(body, bytes) else body.encode()
        self.kind, self.status, self.delay, self.headers = kind, status, delay, headers or {}
        self.etag = '"%x"' % (hash(self.body) & 0xFFFFFFFF)


class Server:
    """Pages by path; `log` has (path, status, conditional) of every request, `times` when it came, `sent` the headers
    of the last one, `busiest` how many were under way at once."""

    def __init__(self, pages):
        self.pages, self.log, self.sent, self.times = pages, [], {}, []
        self.busy = self.busiest = 0
        self.lock = threading.Lock()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with outer.lock:
                    outer.busy += 1
                    outer.busiest = max(outer.busiest, outer.busy)
                    outer.times.append(time.time())
                try:
                    self.answer()
                finally:
                    with outer.lock:
                        outer.busy -= 1

            def answer(self):
                page = outer.pages.get(self.path)
                if page is None:
                    page = Page("nothing here", "text/plain", 404)
                if page.delay:
                    time.sleep(page.delay)
                same = page.status == 200 and self.headers.get("If-None-Match") == page.etag
                status = 304 if same else page.status
                outer.sent[self.path] = dict(self.headers)
                outer.log.append((self.path, status, "If-None-Match" in self.headers))
                try:
                    self.send_response(status)
                    self.send_header("ETag", page.etag)
                    for name, value in page.headers.items():
                        self.send_header(name, value)
                    if not same:
                        self.send_header("Content-Type", page.kind)
                        self.send_header("Content-Length", str(len(page.body)))
                    self.end_headers()
                    if not same:
                        self.wfile.write(page.body)
                except (BrokenPipeError, ConnectionResetError):
                    pass

            def log_message(self, *args):
                pass

        self.httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = True
        self.port = self.httpd.server_address[1]
        threading.Thread(target=self.httpd.serve_forever, daemon=True).start()

    def url(self, path):
        return "http://127.0.0.1:%d%s" % (self.port, path)

    def close(self):
        self.httpd.shutdown()
        self.httpd.server_close()


class Home:
    """A folder with a configuration; runs courant in it."""

    def __init__(self, sources=(), more=""):
        self.dir = tempfile.mkdtemp(prefix="courant-test-")
        self.data = os.path.join(self.dir, "data")
        self.config = os.path.join(self.dir, "config.yaml")
        self.write(sources, more)

    def write(self, sources, more=""):
        with open(self.config, "w", encoding="utf-8") as f:
            f.write("version: 1\nsources:\n" if sources else "version: 1\n")
            for name, url, section in sources:
                f.write("  - {name: %s, url: '%s', section: %s}\n" % (name, url, section))
            f.write(more)

    def env(self):
        env = {k: v for k, v in os.environ.items() if k.startswith(("ASAN", "UBSAN", "LSAN", "TSAN"))}
        env.update(HOME=self.dir, PATH=os.environ["PATH"], LC_ALL="C.UTF-8", TZ="UTC")
        return env

    def run(self, *words, input=None, timeout=120):
        done = subprocess.run([COURANT, "-c", self.config, "-d", self.data, *words], env=self.env(),
                              input=input, capture_output=True, timeout=timeout)
        done.out = done.stdout.decode("utf-8")
        done.err = done.stderr.decode("utf-8")
        return done

    def start(self, *words):
        return subprocess.Popen([COURANT, "-c", self.config, "-d", self.data, *words], env=self.env(),
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def json(self, *words):
        done = self.run(*words)
        if done.returncode not in (0, 3):
            raise AssertionError("%s: exit %d: %s" % (" ".join(words), done.returncode, done.err))
        return json.loads(done.out)

    def remove(self):
        shutil.rmtree(self.dir, ignore_errors=True)


def rss(title, items):
    """A feed; items are (guid, title, text, date) with the text as escaped HTML."""
    rows = "".join(
        "<item><guid isPermaLink='false'>%s</guid><title>%s</title><link>http://paper.example/%s</link>"
        "<description>%s</description><pubDate>%s</pubDate></item>" % (g, t, g, text, date)
        for g, t, text, date in items)
    return ("<?xml version='1.0'?><rss version='2.0'><channel><title>%s</title><link>http://paper.example/</link>"
            "%s</channel></rss>" % (title, rows))


def equal(got, wanted):
    assert got == wanted, "%r is not %r" % (got, wanted)


def end(server, home):
    """The world of one test is over."""
    server.close()
    home.remove()


def main(tests):
    """Runs the functions, prints TAP."""
    print("1..%d" % len(tests), flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__doc__.strip().splitlines()[0]
        try:
            test()
            print("ok %d - %s" % (number, name), flush=True)
        except Exception as e:  # a test that breaks has failed
            failed += 1
            print("not ok %d - %s" % (number, name))
            for line in ("%s: %s" % (type(e).__name__, e)).splitlines():
                print("# " + line, flush=True)
    sys.exit(1 if failed else 0)
