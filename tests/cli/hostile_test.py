#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Documents that attack: feeds, JSON, subscription lists and configurations of each class, through the commands that read
them. None may crash, hang, grow, read what it names, or let through what would reach a terminal."""
import json
import os
import re
import sys
import time
import unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import Home, main

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufff9-\ufffb\ud800-\udfff]")
INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]{9,}")
SECONDS = 20  # of a whole command, on a busy machine and under sanitizers


def rss(item, before="", root='rss version="2.0"'):
    return "<?xml version='1.0'?>%s<%s><channel><title>T</title><link>http://e.example/</link>%s</channel></%s>" % (
        before, root, item, root.split()[0])


def item(title="Sound", text="Words", more=""):
    return "<item><title>%s</title><link>http://e.example/1</link><description>%s</description>%s</item>" % (title, text, more)


def jsonfeed(**fields):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T",
                       "items": [dict({"id": "1", "title": "Sound", "content_text": "Words"}, **fields)]})


def strings(value):
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(part)


def check_text(name, text):
    assert not FORBIDDEN.search(text), (name, FORBIDDEN.search(text))
    assert not INVISIBLE.search(text), (name, "a run of invisible characters")
    marks = 0
    for c in text:
        marks = marks + 1 if unicodedata.category(c) in ("Mn", "Me") else 0
        assert marks <= 16, (name, "marks on one base")


def run(home, name, words, document):
    """Runs a command on a document; (exit, what it printed)."""
    path = os.path.join(home.dir, "document")
    with open(path, "wb") as f:
        f.write(document if isinstance(document, bytes) else document.encode("utf-8", "surrogatepass"))
    begin = time.monotonic()
    done = home.run(*words, path)
    assert time.monotonic() - begin < SECONDS, (name, "took too long")
    assert 0 <= done.returncode < 128 and "Sanitizer" not in done.err and "runtime error" not in done.err, (name, done.err)
    check_text(name, done.err)
    assert not os.path.exists(os.path.join(home.dir, "canary")), (name, "something ran")
    return done


def parsed(home, name, document, title="Sound", absent=(), error=None):
    """A feed that is read all the same, with an item of that title, or refused with one line."""
    done = run(home, name, ["parse"], document)
    if error is not None:
        assert done.returncode == 2 and not done.out and error in done.err, (name, done.returncode, done.out, done.err)
        assert done.err.startswith("courant: ") and len(done.err.splitlines()) == 1, (name, done.err)
        return None
    assert done.returncode == 0, (name, done.err)
    feed = json.loads(done.out)
    for text in strings(feed):
        check_text(name, text)
    assert any(title in (it.get("title") or "") for it in feed["items"]), (name, done.out[:500])
    for word in absent:
        assert word not in done.out, (name, word)
    return feed


def each(rows):
    """A test of rows (name, document, what parsed() is to find)."""
    home = Home()
    try:
        for name, document, *more in rows:
            parsed(home, name, document, **(more[0] if more else {}))
    finally:
        home.remove()


def controls():
    """escape sequences by byte, by reference, by JSON escape, twice encoded, in every field"""
    sequences = ["\x1b]0;owned\x07", "\x1b[2J", "\x9b31m", "\x90q\x9c", "\x1bc", "\x08\x08", "\r", "\x7f", "\x00", "\x0e"]
    rows = []
    for s in sequences:
        rows.append(("json %r" % s, jsonfeed(title="Sound" + s, content_html="<p>%s</p>" % s, summary=s, id="1" + s,
                                             tags=[s + "t"], authors=[{"name": "A" + s}], url="http://e.example/" + s)))
        refs = "".join("&#%d;" % ord(c) for c in s)
        rows.append(("xml %r" % s, rss(item("Sound" + refs, refs, "<author>A%s</author><category>%s</category>"
                                            "<guid>%s</guid>" % (refs, refs, refs)))))
        rows.append(("twice %r" % s, rss(item("Sound" + refs.replace("&", "&amp;"), refs.replace("&", "&amp;")))))
        rows.append(("raw %r" % s, rss(item("Sound" + s, s))))
    each(rows)


def direction():
    """overriding directions and floods of marks go, honest Hebrew, Persian and emoji stay"""
    each([("override", rss(item("Sound \u202egpj.exe\u202c \u2066x\u2069"))),
          ("marks", rss(item("Sound" + "\u0301" * 3000))), ("joiners", jsonfeed(title="Sound" + "\u200d" * 3000)),
          ("tags", rss(item("Sound" + "".join(chr(0xE0041 + i % 26) for i in range(300))))),
          ("lines", jsonfeed(title="Sound\u2028and\u2029on\ufff9")),
          ("hebrew", rss(item("שלום Sound")), {"title": "שלום Sound"}),
          ("persian", rss(item("می\u200cخواهم")), {"title": "می\u200cخواهم"}),
          ("family", rss(item("👩\u200d👩\u200d👧 Sound")), {"title": "👩\u200d👩\u200d👧 Sound"})])


def entities():
    """outside entities are not read, inside ones do not explode"""
    laughs = "".join('<!ENTITY a%d "%s">' % (n, "&a%d;" % (n - 1) * 10) for n in range(1, 12))
    outside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY %% y SYSTEM "http://127.0.0.1:9/y"> %%y;]>'
    home = Home()
    try:
        parsed(home, "file", rss(item("Sound &x;"), outside.replace("%%", "%")), absent=["root:"])
        parsed(home, "include", rss(item("Sound <xi:include xmlns:xi='http://www.w3.org/2001/XInclude' "
                                         "href='/etc/passwd' parse='text'/>")), absent=["root:"])
        bounds = "grow beyond all bounds"
        parsed(home, "laughs", rss(item("&a11;"), '<!DOCTYPE rss [<!ENTITY a0 "ha">%s]>' % laughs), error=bounds)
        parsed(home, "in a value", rss("<item a='&a11;'><title>Sound</title></item>",
                                       '<!DOCTYPE rss [<!ENTITY a0 "ha">%s]>' % laughs), error=bounds)
        parsed(home, "quadratic", rss(item(text="&a;" * 20000), '<!DOCTYPE rss [<!ENTITY a "%s">]>' % ("x" * 20000)),
               error=bounds)
        parsed(home, "itself", rss(item("Sound&a;"), '<!DOCTYPE rss [<!ENTITY a "&a;">]>'))
        parsed(home, "defaults", rss(item(), "<!DOCTYPE rss [%s]>" % "".join(
            '<!ATTLIST item a%d CDATA "%s">' % (n, "x" * 100) for n in range(3000))))
    finally:
        home.remove()


def malformed():
    """XML and JSON that are not well-formed, cut, of another kind"""
    flood = " ".join('xmlns:n%d="http://n.example/%d"' % (n, n) for n in range(10000))
    each([("cut", rss(item())[:-30]), ("one byte", "<", {"error": "no feed"}), ("words", "words", {"error": "plain text"}),
          ("page", "<!doctype html><title>x</title>", {"error": "a web page"}), ("nothing", "", {"error": "empty"}),
          ("program", b"\x7fELF" + bytes(200), {"error": "a program"}), ("namespaces", rss(item(), root="rss " + flood)),
          ("attributes", rss("<item %s><title>Sound</title></item>" % " ".join("a%d='1'" % n for n in range(40000)))),
          ("json cut", jsonfeed()[:-40], {"error": "not valid JSON"}), ("no feed", "{}", {"error": "no feed"}),
          ("quotes", "{'version': 1}", {"error": "not valid JSON"}), ("null", "null", {"error": "no feed"}),
          ("types", jsonfeed(url=7, authors={"name": []}, tags="a", attachments=[[], 3], date_published={})),
          ("surrogate", '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"Sound\\ud800x"}]}'),
          ("twice", jsonfeed().replace('"items"', '"items": [], ' * 1000 + '"items"', 1)),
          ("latin", rss(item("Sound \xe9")).encode("latin-1")), ("utf-16", rss(item()).encode("utf-16")),
          ("half a letter", rss(item()).encode() .replace(b"Words", b"Wor\xe2\x82 ds\xff"))])


def deep_and_huge():
    """depth and length cost no more than they must"""
    deep = "<div>" * 20000 + "x" + "</div>" * 20000
    each([("elements", rss(item(more="<a>" * 50000 + "</a>" * 50000))),
          ("xhtml", "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Sound</title><content type='xhtml'>"
                    "<div xmlns='http://www.w3.org/1999/xhtml'>%s</div></content></entry></feed>" % deep),
          ("brackets", "[" * 500000, {"error": "nested deeper"}),
          ("objects", '{"a":' * 100000 + "1" + "}" * 100000, {"error": "nested deeper"}),
          ("word", rss(item("Sound" + "w" * 500000, "w" * 500000))), ("text", rss(item(text="words and " * 500000))),
          ("comment", rss("<!--%s-->" % ("x" * 4000000) + item())), ("value", rss("<item a='%s'/>" % ("x" * 4000000) + item())),
          ("items", rss(item() + "<item/>" * 200000)), ("same ids", rss(item() * 5000))])


def numbers_and_dates():
    """numbers and dates beyond all bounds are none"""
    home = Home()
    try:
        for date in ("9" * 500, "", "Tue, 99 Nov 2026 99:99:99 GMT", "0000-00-00T00:00:00Z", "-1", "9999-12-31T23:59:59-99:99"):
            feed = parsed(home, "date " + date[:20], rss(item(more="<pubDate>%s</pubDate>" % date)))
            assert "date_published" not in feed["items"][0], feed
        feed = parsed(home, "size", rss(item(more="<enclosure url='http://e.example/a' length='%s'/><ttl>%s</ttl>" % (
            "9" * 40, "9" * 40))))
        assert feed["items"][0]["attachments"][0].get("size_in_bytes", 0) < 2 ** 63
        parsed(home, "float", jsonfeed(attachments=[{"url": "http://e.example/a", "size_in_bytes": 1e308,
                                                     "duration_in_seconds": -1e308}]).replace("1e+308", "1e999"))
    finally:
        home.remove()


def addresses_and_words():
    """no address of another scheme, no word that a shell would run, no name that leaves its folder"""
    bad = ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "exec:touch canary", "|touch canary",
           "java\tscript:x", "vbscript:x", "../../etc/passwd\x00"]
    rows = [(url, rss(item(text="&lt;a href='%s'&gt;l&lt;/a&gt;" % url.replace("\x00", ""),
                           more="<enclosure url='%s'/>" % url.replace("\x00", ""))),
             {"absent": ["javascript:", "vbscript:", "data:text", "file:", "exec:", '"|']}) for url in bad]
    rows += [(word, jsonfeed(title="Sound " + word, id=word, tags=[word])) for word in (
        "$(touch canary)", "`touch canary`", "; touch canary", "-rf", "../../canary", "%s%n", "'\"\n- name: x")]
    each(rows)


def lists():
    """a subscription list smuggles in no program, no file, no line of configuration"""
    home = Home()
    try:
        outline = "<outline text='%s' xmlUrl='%s'/>"
        rows = [("exec:touch %s/canary" % home.dir, 2), ("file:///etc/passwd", 2), ("|touch canary", 2), ("", 2),
                ("http://e.example/&#10;    command: [touch, canary]", 0), ("https://e.example/" + "a" * 500000, 2)]
        for url, status in rows:
            with open(home.config, "w", encoding="utf-8") as f:
                f.write("version: 1\n")
            done = run(home, url[:40], ["import"], "<opml><body>%s</body></opml>" % (
                outline % ("A&quot;&#10;- command: [touch, canary]", url)))
            assert done.returncode in (0, status), (url[:40], done.returncode, done.err)
            with open(home.config, encoding="utf-8") as f:
                text = f.read()
            assert not re.search("^ *(- )?command:", text, re.M) and "passwd" not in text and "exec" not in text, text
            assert home.run("check").returncode == 0
        laughs = "".join('<!ENTITY a%d "%s">' % (n, "&a%d;" % (n - 1) * 10) for n in range(1, 12))
        for name, document in (("laughs", '<!DOCTYPE opml [<!ENTITY a0 "ha">%s]><opml><body>%s</body></opml>' % (
                laughs, outline % ("&a11;", "http://e.example/"))), ("feed", rss(item())), ("cut", "<opml><bo")):
            done = run(home, name, ["import"], document)
            assert done.returncode == 2 and not done.out and len(done.err.splitlines()) == 1, (name, done.err)
    finally:
        home.remove()


def configurations():
    """a configuration that is a bomb, or of wrong types, is told with its place"""
    home = Home()
    bomb = "a: &a [x, x]\n" + "".join("%s: &%s [%s]\n" % (b, b, ", ".join(["*" + a] * 9)) for a, b in zip("abcdefg", "bcdefgh"))
    rows = [("bomb", bomb), ("depth", "a: " + "[" * 100000), ("blocks", "\n".join(" " * n + "- " for n in range(200))),
            ("tag", "sources: !!python/object/apply:os.system ['touch canary']\n"), ("twice", "version: 1\nversion: 1\n"),
            ("second", "version: 1\n---\nversion: 1\n"), ("bytes", b"version: 1 # \xff\xfe\n"), ("tab", "sources:\n\t- x\n"),
            ("types", "sources: 7\nfetch: [1]\n"), ("range", "fetch: {parallel: 2147483648, timeout: 1e400s}\n"),
            ("scheme", "sources: [{name: a, url: 'gopher://e.example/'}]\n"), ("control", 'sources: [{name: "a\\eb", url: "http://e.example/"}]\n'),
            ("break", 'fetch: {user_agent: "a\\r\\nX: y"}\n'), ("version", "version: 99999999999999999999\n")]
    try:
        for name, document in rows:
            path = home.config
            with open(path, "wb") as f:
                f.write(document if isinstance(document, bytes) else document.encode())
            begin = time.monotonic()
            done = home.run("check")
            assert time.monotonic() - begin < SECONDS, name
            assert done.returncode == 2 and not done.out and done.err, (name, done.returncode, done.err)
            check_text(name, done.err)
            for line in done.err.splitlines():
                assert re.match(r"courant: .*config\.yaml(:\d+:\d+)?: ", line), (name, line)
    finally:
        home.remove()


main([controls, direction, entities, malformed, deep_and_huge, numbers_and_dates, addresses_and_words, lists, configurations])
