# SPDX-License-Identifier: MIT
"""Made-up worlds of news for the bench, the same at each run: feeds in RSS 2.0, Atom and JSON Feed, pages with the
furniture of a newspaper's, and a loopback web server with ETag that counts what it is asked. It measures nothing."""
import asyncio
import json
import os
import random
import signal
import socket
import urllib.request
from email.utils import formatdate
from xml.sax.saxutils import escape

WORDS = 20000  # of the made-up language
STREAM = 300000  # words said before they come again
PER_EVENT = 4  # stories of one event
HOSTS = 8  # addresses of the loopback network
SMALL = "the of to and in a is that for it as was with be by on not at are this have from or an they".split()
PARTS = "ba ker lin to sha ver mon dri pe ga sto ri fen lu cor zem hal ny tur wes".split()


class Tongue:
    """Words by a steep distribution, as in speech."""

    def __init__(self, seed):
        r = random.Random(seed)
        self.words = ["".join(r.choice(PARTS) for _ in range(r.randint(2, 4))) for _ in range(WORDS)]
        every = SMALL + self.words
        self.stream = r.choices(every, [1.0 / (3 + k) for k in range(len(every))], k=STREAM)

    def say(self, r, n, names=()):
        at = r.randrange(STREAM - n)
        words = self.stream[at:at + n]
        for name in names:
            words[r.randrange(n)] = name
        text = " ".join(words)
        return text[0].upper() + text[1:]


class World:
    """`feeds` feeds of `items` stories; the newest story is a little older than `now`."""

    def __init__(self, feeds, items, now, seed=1):
        self.n_feeds, self.n_items, self.now = feeds, items, now
        self.tongue = Tongue(seed)
        self.r = random.Random("%d/%d/%d" % (seed, feeds, items))
        self.text_bytes = 0
        n = feeds * items
        self.events = [[self.r.choice(self.tongue.words).capitalize() for _ in range(6)]
                       for _ in range(n // PER_EVENT + 1)]
        self.bodies = [self.feed(i) for i in range(feeds)]

    def story(self, feed, item):
        event = (item * self.n_feeds + feed) // PER_EVENT
        names = self.events[event]
        title = self.tongue.say(self.r, self.r.randint(6, 11), names[:3])
        length = self.r.choice((25, 40, 60, 120, 300))
        text = self.tongue.say(self.r, length, names * 2)
        when = self.now - 60 - (item * self.n_feeds + feed) * 20
        self.text_bytes += len(title) + len(text)
        return title, text, when, "http://paper%d.example/%d-%s" % (feed, item, title[:20].replace(" ", "-"))

    def feed(self, feed):
        stories = [self.story(feed, item) for item in range(self.n_items)]
        return (self.rss, self.rss, self.atom, self.json)[feed % 4](feed, stories)

    @staticmethod
    def rss(feed, stories):
        rows = "".join(
            "<item><title>%s</title><link>%s</link><guid>%s</guid><pubDate>%s</pubDate><description>%s</description>"
            "</item>\n" % (escape(t), u, u, formatdate(w), escape("<p>%s</p>" % x)) for t, x, w, u in stories)
        return ("<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>Paper %d</title>"
                "<link>http://paper%d.example/</link>\n%s</channel></rss>" % (feed, feed, rows)).encode()

    @staticmethod
    def atom(feed, stories):
        rows = "".join(
            "<entry><title>%s</title><link href='%s'/><id>%s</id><updated>%s</updated>"
            "<content type='html'>%s</content></entry>\n" % (escape(t), u, u, rfc3339(w), escape("<p>%s</p>" % x))
            for t, x, w, u in stories)
        return ("<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
                "<title>Paper %d</title><id>urn:paper:%d</id>\n%s</feed>" % (feed, feed, rows)).encode()

    @staticmethod
    def json(feed, stories):
        items = [{"id": u, "url": u, "title": t, "content_html": "<p>%s</p>" % x, "date_published": rfc3339(w)}
                 for t, x, w, u in stories]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Paper %d" % feed,
                           "items": items}).encode()

    def page(self, n):
        """An HTML page with an article of n paragraphs among menus, lists and scripts."""
        say = self.tongue.say
        menu = "".join("<li><a href='/s/%d' class='nav-link'>%s</a></li>" % (i, say(self.r, 2)) for i in range(60))
        body = "".join("<p>%s. <a href='/t/%d'>%s</a>, %s.</p>\n"
                       % (say(self.r, 40), i, say(self.r, 3), say(self.r, 25)) for i in range(n))
        more = "".join("<li class='card'><a href='/m/%d'><h3>%s</h3></a><p>%s</p></li>"
                       % (i, say(self.r, 8), say(self.r, 15)) for i in range(40))
        script = "<script>var a = {%s};</script>" % ",".join("'k%d':'%s'" % (i, say(self.r, 4)) for i in range(200))
        return ("<!doctype html><html lang='en'><head><title>%s</title>%s</head><body><nav><ul>%s</ul></nav>"
                "<main><article><h1>%s</h1><p class='byline'>By A. Writer</p>%s</article></main>"
                "<aside><ul>%s</ul></aside><footer>%s</footer></body></html>"
                % (say(self.r, 8), script, menu, say(self.r, 8), body, more, menu)).encode()


def rfc3339(seconds):
    from time import gmtime, strftime
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(seconds))


class Server:
    """The feeds of a world, by a process of its own: /0, /1, …; /counts tells what was asked, by status."""

    def __init__(self, world):
        self.sockets, self.port = listen()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                asyncio.run(serve(world, self.sockets))
            finally:
                os._exit(0)
        for s in self.sockets:
            s.close()

    def url(self, feed):
        return "http://127.0.0.%d:%d/%d" % (2 + feed % HOSTS, self.port, feed)

    def counts(self):
        """Requests since the last call, by status."""
        with urllib.request.urlopen("http://127.0.0.2:%d/counts" % self.port) as f:
            return {int(k): v for k, v in json.load(f).items()}

    def close(self):
        os.kill(self.pid, signal.SIGTERM)
        os.waitpid(self.pid, 0)


def listen():
    while True:
        sockets, port = [], 0
        try:
            for host in range(HOSTS):
                sockets.append(socket.create_server(("127.0.0.%d" % (2 + host), port), backlog=1024))
                port = sockets[0].getsockname()[1]
            return sockets, port
        except OSError:  # the first one's port is taken on another address
            for s in sockets:
                s.close()


async def serve(world, sockets):
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    counts = {}

    async def talk(reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(answer(world, counts, head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    servers = [await asyncio.start_server(talk, sock=s) for s in sockets]
    await asyncio.gather(*(s.serve_forever() for s in servers))


def answer(world, counts, head):
    path = head.split(b" ", 2)[1].decode()
    if path == "/counts":
        body = json.dumps(counts).encode()
        counts.clear()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    if not path[1:].isdigit() or int(path[1:]) >= world.n_feeds:
        counts[404] = counts.get(404, 0) + 1
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    feed = int(path[1:])
    etag = b'"e%d"' % feed
    status = 304 if b"if-none-match: " + etag in head.lower() else 200
    counts[status] = counts.get(status, 0) + 1
    if status == 304:
        return b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % etag
    kind = b"application/feed+json" if feed % 4 == 3 else b"application/xml"
    body = world.bodies[feed]
    return (b"HTTP/1.1 200 OK\r\nETag: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            % (etag, kind, len(body))) + body
