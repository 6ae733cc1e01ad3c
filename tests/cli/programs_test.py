#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sources that are more than an address: programs, filters, files, and what a request carries besides."""
import base64
import os
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import Home, Page, Server, equal, main, rss

TIDE = rss("The Tide", [("t1", "Tide one", "Text.", "Tue, 24 Nov 2026 08:00:00 GMT")])


def program(home, name, body):
    path = os.path.join(home.dir, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write("#!/bin/sh\n%s\n" % body)
    os.chmod(path, 0o755)
    return path


def refreshed(home, source, more=""):
    """A source's lines refreshed: (exit, its row, the titles that are stored)."""
    with open(home.config, "w", encoding="utf-8") as f:
        f.write("%ssources:\n  - name: S\n    %s\n" % (more, "\n    ".join(source)))
    done = home.run("update", "--all")
    return done.returncode, done.out.splitlines()[0] if done.out else done.err, [
        row["title"] for row in home.json("list", "--json")]


def commands():
    """a program's output is a feed; each word is one argument, and no shell sees it"""
    home = Home()
    try:
        item = '<rss><channel><item><guid>%d</guid><title>[%%s]</title></item></channel></rss>'
        echo = program(home, "echo", 'printf "%s" "$#:$*"' % (item % 1).replace('"', '\\"'))
        status, row, titles = refreshed(home, ["command: [%s, 'a b', '; touch x', '$HOME']" % echo])
        equal((status, titles), (0, ["[3:a b ; touch x $HOME]"]))
        assert "1 new" in row, row
        api = ["command: [echo, '[{\"id\": 1, \"t\": \"From JSON\"}]']", "json: {id: /id, title: /t}"]
        equal(refreshed(home, api)[2][0], "From JSON")
    finally:
        home.remove()


def commands_that_fail():
    """what went wrong with a program stands in its line: its last words, its time, its size, its absence"""
    home = Home()
    try:
        rows = [("fails", "echo oops >&2; exit 3", [], "ended with status 3: oops"),
                ("hangs", "sleep 60", ["timeout: 1s"], "took too long and was stopped"),
                ("big", "head -c 3000000 /dev/zero", ["max_size: 1MiB"], "wrote more than 1048576 bytes"),
                ("page", "echo '<html><body>x</body></html>'", [], "a web page that names no feed"),
                ("silent", "true", [], "the document is empty")]
        for name, body, more, words in rows:
            begin = time.monotonic()
            status, row, titles = refreshed(home, ["command: [%s]" % program(home, name, body)] + more)
            assert status == 1 and words in row and not titles, (name, status, row)
            assert time.monotonic() - begin < 30, name
            told = home.run("check", "--sources").out
            assert words in told, told
        body = "printf 'careful\\033[2J\\nmore\\n' >&2; cat <<'X'\n%s\nX" % TIDE
        speaks = program(home, "speaks", body)
        for source in (["command: [%s]" % speaks], ["url: file://%s" % speaks, "filter: [%s]" % speaks]):
            status, row, titles = refreshed(home, source)
            assert (status, titles) == (0, ["Tide one"]) and "speaks says: careful[2J" in row, (status, row)
            told = home.run("check", "--sources").out
            assert "  says: careful[2J\n" in told, told
        assert "says" not in refreshed(home, ["command: [%s]" % program(home, "quiet", "cat %s" % speaks)])[1]
        status, row, _ = refreshed(home, ["command: [%s/nowhere]" % home.dir])
        assert status == 1 and "cannot start" in row, row
    finally:
        home.remove()


def files_and_filters():
    """a file is a source, and a filter stands between what came and the parser"""
    home = Home()
    server = Server({"/tide": Page(TIDE)})
    try:
        path = os.path.join(home.dir, "tide.xml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(TIDE)
        upper = program(home, "upper", "sed 's/Tide one/TIDE ONE/'")
        equal(refreshed(home, ["url: file://%s" % path])[2], ["Tide one"])
        status, row, titles = refreshed(home, ["url: '%s'" % server.url("/tide"), "filter: [%s]" % upper])
        equal((status, titles), (0, ["TIDE ONE"]))
        status, row, _ = refreshed(home, ["url: file://%s" % path, "filter: [false]"])
        assert status == 1 and "ended with status 1" in row, row
        api = Page('[{"id": 1, "a": "First", "b": "Second"}]', "application/json")
        server.pages["/api"] = api
        for title in ("a", "b"):  # the same bytes, read otherwise
            lines = ["url: '%s'" % server.url("/api"), "json: {id: /id, title: /%s}" % title]
            wanted = "First" if title == "a" else "Second"
            equal(refreshed(home, lines)[2][0], wanted)
        equal(refreshed(home, lines)[1].split()[1], "304")
        for place, words in (("/nothing", "No such file"), ("", "not a regular file")):
            status, row, _ = refreshed(home, ["url: file://%s%s" % (home.dir, place)])
            assert status == 1 and words in row, row
    finally:
        server.close()
        home.remove()


def pages():
    """a web page is asked for the feed that it names, which is asked alone from the fourth time on; secrets do not go there"""
    home = Home()
    server = Server({"/": Page("<html><a href='/tide'>RSS</a></html>", "text/html"), "/tide": Page(TIDE)})
    source = ["url: '%s'" % server.url("/")]
    try:
        for turn, words in enumerate(("its feed is", "its feed is", "asked from now on", "0 new")):
            server.log.clear()
            status, row, titles = refreshed(home, source)
            equal((status, titles), (0, ["Tide one"]))
            assert words in row, row
            equal([p for p, _, _ in server.log], ["/", "/tide"] if turn < 3 else ["/tide"])
        server.pages["/tide"] = Page("<html>moved</html>", "text/html")
        status, row, _ = refreshed(home, source)
        assert status == 1 and "a web page that names no feed" in row, row
        server.pages["/tide"] = Page(TIDE)
        server.log.clear()
        equal(refreshed(home, source)[0], 0)
        equal([p for p, _, _ in server.log], ["/", "/tide"])
        server.log.clear()
        status, row, _ = refreshed(home, source + ["headers: {X-Key: hush}"])
        assert status == 1 and "the feed that it names is " + server.url("/tide") in row, row
        equal([p for p, _, _ in server.log], ["/"])
    finally:
        server.close()
        home.remove()


def episodes():
    """transcript and chapters of an episode stand as links below its text"""
    home = Home()
    server = Server({"/show": Page("""<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>
        <title>Show</title><item><title>One</title><description>About it.</description>
        <enclosure url="http://e.example/1.mp3" type="audio/mpeg"/>
        <podcast:transcript url="http://e.example/1.srt" type="application/x-subrip"/>
        <podcast:transcript url="http://e.example/1.html" type="text/html"/>
        <podcast:chapters url="http://e.example/1.json"/></item></channel></rss>""")})
    try:
        equal(refreshed(home, ["url: '%s'" % server.url("/show")])[2], ["One"])
        shown = home.json("show", "--json", home.json("list", "--json")[0]["id"])
        equal(shown["text"].split(), "About it. Transcript · Chapters".split())
        equal(shown["links"], ["http://e.example/1.html", "http://e.example/1.json"])
    finally:
        server.close()
        home.remove()


def what_a_request_carries():
    """password, cookies and headers go to their source; the password comes from its program"""
    home = Home()
    server = Server({"/tide": Page(TIDE)})
    try:
        status, row, _ = refreshed(home, [
            "url: '%s'" % server.url("/tide"), "auth: {user: me, password_command: [echo, 'p:w']}",
            "cookies: {a: '1', b: {command: [echo, two]}}", "headers: {X-One: uno, X-Two: {command: [echo, due]}}"])
        equal(status, 0)
        sent = server.sent["/tide"]
        equal(sent.get("Authorization"), "Basic " + base64.b64encode(b"me:p:w").decode())
        equal(sorted(sent.get("Cookie", "").split("; ")), ["a=1", "b=two"])
        equal((sent.get("X-One"), sent.get("X-Two")), ("uno", "due"))
        status, row, _ = refreshed(home, ["url: '%s'" % server.url("/tide"),
                                          "auth: {user: me, password_command: [false]}"])
        assert status == 1 and "gave no" in row, row
    finally:
        server.close()
        home.remove()


def through_a_proxy():
    """a source's proxy is asked in place of its host; null goes past the general one"""
    home = Home()
    page = Server({"/tide": Page(TIDE)})
    proxy = Server({"http://paper.example/tide": Page(TIDE)})
    try:
        status, row, _ = refreshed(home, ["url: http://paper.example/tide", "proxy: '%s'" % proxy.url("")])
        equal((status, [p for p, _, _ in proxy.log]), (0, ["http://paper.example/tide"]))
        status, row, _ = refreshed(home, ["url: '%s'" % page.url("/tide"), "proxy: null"],
                                   "fetch: {proxy: '%s'}\n" % proxy.url(""))
        equal((status, len(proxy.log), len(page.log)), (0, 1, 1))
    finally:
        page.close()
        proxy.close()
        home.remove()


main([commands, commands_that_fail, files_and_filters, pages, episodes, what_a_request_carries, through_a_proxy])
