#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""add, import, export: from any address or another program's file to sources of the configuration."""
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import COURANT, Home, Page, Server, main, rss

DATE = "Tue, 24 Nov 2026 08:00:00 GMT"
TIDE = rss("The Tide", [("t%d" % n, "Tide %d" % n, "Text.", DATE) for n in range(5)])
QUAY = rss("The Quay", [("q1", "Quay one", "Text.", DATE)])


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def put(home, name, text):
    path = os.path.join(home.dir, name)
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return path


def add_from_a_page():
    """add takes the first feed that a page names, shows all, keeps comments, refreshes"""
    page = """<html><head><title>x</title>
        <link rel=alternate type=application/rss+xml title=Comments href=/comments/feed>
        <link rel=alternate type=application/rss+xml href=/tide.xml>
        <link rel=alternate type=application/atom+xml href=/tide-again.xml>
        <link rel=alternate type=application/rss+xml href=/quay.xml></head><body>Hello</body></html>"""
    server = Server({"/news": Page(page, "text/html"), "/tide.xml": Page(TIDE), "/quay.xml": Page(QUAY),
                     "/tide-again.xml": Page(TIDE), "/comments/feed": Page(rss("Talk", []))})
    home = Home()
    with open(home.config, "w", encoding="utf-8") as f:
        f.write("# mine\nversion: 1\nmouse: true # here\n")
    try:
        done = home.run("add", "--section", "Sea", server.url("/news"))
        assert done.returncode == 0, done.err
        for words in ("1  The Tide", "2  The Quay", "3  Talk", "Tide 0", "Quay one", "5 new", "section: Sea"):
            assert words in done.out, (words, done.out)
        assert done.out.count("The Tide  http") == 1, done.out
        text = read(home.config)
        assert text.startswith("# mine\nversion: 1\nmouse: true # here\n"), text
        assert "name: The Tide" in text and server.url("/tide.xml") in text and "Quay" not in text, text
        assert len(home.json("list", "--json")) == 5
        done = home.run("add", "--pick", "2", "--name", "Q", server.url("/news"))
        assert done.returncode == 0 and "name: Q\n" in read(home.config), done.out
        before = read(home.config)
        done = home.run("add", server.url("/tide.xml"))
        assert done.returncode == 0 and "already" in done.out and read(home.config) == before, done.out
        assert home.run("check").returncode == 0
    finally:
        server.close()
        home.remove()


def add_without_help_of_the_page():
    """add tries the usual paths, follows what moved for good, and says when there is nothing"""
    server = Server({"/": Page("<html><body>Hello</body></html>", "text/html"), "/feed.xml": Page(TIDE),
                     "/old": Page("", "text/plain", 301, headers={"Location": "/feed.xml"}),
                     "/blank": Page("<p>Nothing</p>", "text/html"),
                     "/list.opml": Page("<opml><body><outline xmlUrl='http://a.example/'/></body></opml>")})
    bare = Server({"/": Page("<html><body>Hello</body></html>", "text/html"),
                   "/api": Page('[{"id": 1}]', "application/json"), "/paper": Page("%PDF-1.4", "application/pdf")})
    home = Home()
    try:
        done = home.run("add", server.url("/"))
        assert done.returncode == 0 and server.url("/feed.xml") in read(home.config), done.err + done.out
        os.remove(home.config)
        done = home.run("add", server.url("/old"))
        assert done.returncode == 0 and "url: '%s'" % "/old" not in read(home.config), done.err
        assert "/feed.xml" in read(home.config), read(home.config)
        before = read(home.config)
        for address, status, words in ((bare.url("/"), 3, "no feed"), (server.url("/list.opml"), 3, "import"),
                                       (server.url("/gone"), 3, "404"), ("file:///etc/passwd", 2, "http"),
                                       (bare.url("/api"), 3, "a JSON API needs a mapping"),
                                       (bare.url("/paper"), 3, "a PDF document"),
                                       ("http://127.0.0.1:1/x", 3, "")):
            done = home.run("add", address)
            assert done.returncode == status and words in done.err, (address, done.returncode, done.err)
            assert len(done.err.splitlines()) == 1 and not done.out, done.err
        assert read(home.config) == before
    finally:
        server.close()
        bare.close()
        home.remove()


OPML = """<?xml version='1.0'?><opml version='2.0'><head><title>S</title></head><body>
<outline text='News'><outline text='Europe'><outline type='rss' text='D &amp; W' xmlUrl='https://d.example/x'/></outline>
<outline text='B' xmlUrl='https://b.example/rss'/></outline>
<outline text='again' xmlUrl='https://b.example/rss/'/>
<outline text='evil one' xmlUrl='exec:touch %s'/><outline text='evil two' xmlUrl='|touch %s'/>
<outline text='a&quot;&#10;    command: [touch, %s]' xmlUrl='http://n.example/'/>
<outline text='passwd' xmlUrl='file:///etc/passwd'/></body></opml>"""


def import_and_export():
    """import takes http and https, names the rest, doubles nothing; export gives the same list back"""
    home = Home()
    try:
        with open(home.config, "w", encoding="utf-8") as f:
            f.write("version: 1\nsources: # my own\n  - name: Mine # kept\n    url: https://mine.example/\n"
                    "  - {name: Prog, command: [prog]}\n  - {name: F, url: 'file:///x'}\n"
                    "  - {name: Api, url: 'https://api.example/', json: {items: /x}}\n"
                    "  - {name: Secret, url: 'https://me:pw@s.example/f?a=1&b'}\n")
        canary = os.path.join(home.dir, "canary")
        path = put(home, "subs.opml", OPML % (canary, canary, canary))
        done = home.run("import", path)
        assert done.returncode == 0, done.err
        for name in ("evil one", "evil two", "passwd"):
            assert "left out: " + name in done.err, done.err
        assert "canary" not in done.err and not os.path.exists(canary)
        for words in ("3 sources added", "section: News/Europe", "url: https://b.example/rss"):
            assert words in done.out, done.out
        text = read(home.config)
        assert "sources: # my own\n  - name: Mine # kept\n" in text, text
        assert "\n    command: [touch" not in text, text
        before = read(home.config)
        done = home.run("import", "--from", "opml", path)
        assert done.returncode == 0 and "Nothing new" in done.out and read(home.config) == before, done.out
        assert home.run("check").returncode == 0
        done = home.run("export")
        assert done.returncode == 0 and "pw" not in done.out and "https://s.example/f?a=1&amp;b" in done.out
        for name in ("Prog", "F", "Api"):
            assert "left out: " + name in done.err and 'text="%s"' % name not in done.out, done.err
        other = Home()
        again = other.run("import", put(home, "again.opml", done.out))
        os.path.exists(other.config) and os.remove(other.config)
        again = other.run("import", "-", input=done.out.encode())
        assert again.returncode == 0 and "5 sources added" in again.out and not again.err, again.out + again.err
        assert other.run("export").out == done.out
        other.remove()
    finally:
        home.remove()


def import_refuses():
    """import of what is no list changes nothing and says so in one line"""
    home = Home()
    try:
        put(home, "config.yaml", "version: 1\n")
        for name, body, words in (("empty", "", "empty"), ("feed", TIDE, "not a subscription list"),
                                  ("none.opml", "<opml><body><outline text='x'/></body></opml>", "no subscriptions"),
                                  ("page", "<html><p>x</p></html>", "web page"),
                                  ("binary", b"\x00\x01\x02", "")):
            done = home.run("import", put(home, name, body))
            assert done.returncode == 2 and words in done.err and len(done.err.splitlines()) == 1, (name, done.err)
            assert not done.out and read(home.config) == "version: 1\n"
        path = put(home, "urls", 'http://a.example/ t "~A"\n"exec:touch /tmp/x" "~E"\n')
        for words in (["import", "--from", "tin", path], ["import"], ["import", path, path], ["import", "nowhere"]):
            assert home.run(*words).returncode == 2
        put(home, "config.yaml", "version: 1\nsources: 3\n")
        assert home.run("import", path).returncode == 2
        put(home, "config.yaml", "{version: 1}\n")
        assert home.run("import", path).returncode == 2 and read(home.config) == "{version: 1}\n"
        put(home, "config.yaml", "version: 1\n")
        done = home.run("import", "--with-commands", "--section", "Misc", path)
        assert done.returncode == 0 and "command: [touch, \"/tmp/x\"]\n    section: Misc" in read(home.config), done.err
    finally:
        home.remove()


def import_of_tags():
    """newsboat: each tag of a source is one tab, which holds all sources that bear it"""
    server = Server({"/tide": Page(TIDE), "/quay": Page(QUAY)})
    home = Home()
    try:
        path = put(home, "urls", "%s Sea News\n%s News\n" % (server.url("/tide"), server.url("/quay")))
        done = home.run("import", "--from", "newsboat", path)
        assert done.returncode == 0 and not done.err, done.err
        text = read(home.config)
        assert "section: Sea" in text and "section: News" in text and "sections:\n  - name: News\n" in text, text
        assert home.run("update").returncode == 0
        script = put(home, "tabs.script", "config %s\ndata %s\nsize 100 20\nwait idle\nexpect [All 6] Sea 5  \u2605  News\n"
                     "key 4\nwait idle\nexpect Quay one\nexpect Tide 0\nend\n" % (home.config, home.data))
        done = subprocess.run([os.path.join(os.path.dirname(COURANT), "courant-script"), script], env=home.env(),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        assert done.returncode == 0, done.stdout.decode()
    finally:
        server.close()
        home.remove()


main([add_from_a_page, add_without_help_of_the_page, import_and_export, import_refuses,
      import_of_tags])
