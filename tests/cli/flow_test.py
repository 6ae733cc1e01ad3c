# SPDX-License-Identifier: MIT
"""From a server's feeds to what the commands print."""
import os
import sys

sys.path.insert(0, os.path.dirname(__file__))
from harness import Home, Page, Server, equal, main, rss

STORM = ("A storm of unusual force crossed the island of Norderney on Monday night and tore the roofs off forty houses, "
         "the harbour master Petersen said. The ferry to Norddeich stays in port until Wednesday.")
ITEMS = [
    ("storm", "Storm tears roofs off forty houses on Norderney", STORM, "Mon, 02 Nov 2026 08:00:00 +0000"),
    ("bread", "Why rye bread keeps for a week", "A baker explains sourdough, acids and patience.",
     "Sun, 01 Nov 2026 08:00:00 +0000"),
]
OTHER = [
    ("sturm", "Forty houses on Norderney lose their roofs to the storm",
     "The storm that crossed Norderney on Monday night has torn the roofs off forty houses. Harbour master Petersen keeps "
     "the ferry to Norddeich in port.", "Mon, 02 Nov 2026 09:30:00 +0000"),
]


def world(**pages):
    served = {"/a.xml": Page(rss("Island Post", ITEMS)), "/b.xml": Page(rss("Coast Mail", OTHER))}
    served.update({"/" + k.replace("_", "."): v for k, v in pages.items()})
    server = Server(served)
    home = Home([("Island Post", server.url("/a.xml"), "Coast"), ("Coast Mail", server.url("/b.xml"), "Coast")])
    return server, home


def update_list_show():
    """update stores the stories, list and show print them"""
    server, home = world()
    done = home.run("update")
    equal(done.returncode, 0)
    assert "2 new" in done.out and "3 stories stored" in done.out, done.out
    rows = home.json("list", "--json")
    equal([r["title"] for r in rows], [OTHER[0][1], ITEMS[0][1], ITEMS[1][1]])
    equal(rows[1]["published"], "2026-11-02T08:00:00Z")
    equal(rows[1]["source"], "Island Post")
    story = home.json("show", "--json", rows[1]["id"])
    assert "harbour master Petersen" in story["text"], story
    equal(home.run("show", "--text", rows[1]["id"]).out.splitlines()[0], ITEMS[0][1])
    equal(home.run("show", "999999").returncode, 3)
    server.close()
    home.remove()


def second_update_has_no_body():
    """a second update asks conditionally and gets no body"""
    server, home = world()
    home.run("update")
    server.log.clear()
    equal(home.run("update", "--all").returncode, 0)
    equal(sorted(server.log), [("/a.xml", 304, True), ("/b.xml", 304, True)])
    server.log.clear()
    home.run("update")
    equal(server.log, [])
    equal(len(home.json("list", "--json")), 3)
    server.close()
    home.remove()


def failures_are_told():
    """a failing source is one line and exit 1; the others are stored"""
    server, home = world(b_xml=Page("no", "text/plain", 503))
    done = home.run("update")
    equal(done.returncode, 1)
    assert "503" in done.out, done.out
    equal(len(home.json("list", "--json")), 2)
    server.close()
    home.remove()


def search_and_count():
    """search finds words, count prints one number"""
    server, home = world()
    home.run("update")
    found = home.json("search", "--json", "sourdough")
    equal([r["title"] for r in found], [ITEMS[1][1]])
    equal(home.run("search", "--json", "zeppelin").out.strip(), "[]")
    equal(home.run("search", "--json", "zeppelin").returncode, 3)
    equal(home.run("count", "is:unread").out.strip(), "3")
    equal(home.run("count", "--section", "Coast").out.strip(), "3")
    equal(home.run("count", "storm").out.strip(), "2")
    wrong = home.run("list", "titel:x")
    equal(wrong.returncode, 2)
    assert "title:" in wrong.err, wrong.err
    server.close()
    home.remove()


def related_reports():
    """the other report of an event is related as same-event"""
    server, home = world()
    home.run("update")
    rows = home.json("list", "--json")
    related = home.json("related", "--json", rows[0]["id"])
    equal([(r["title"], r["kind"]) for r in related], [(ITEMS[0][1], "same-event")])
    equal(rows[0]["event"], rows[1]["event"])
    equal(len(home.json("list", "--json", "--events")), 2)
    server.close()
    home.remove()


def check_names_mistakes():
    """check tells every mistake with its place, those of keys and styles too"""
    home = Home(more="keys: {headlines: {z: zom}}\nfetch:\n  refesh: 30m\n  parallel: many\n"
                     "theme: {lnk: {bold: true}}\n")
    done = home.run("check")
    equal(done.returncode, 2)
    lines = done.err.splitlines()
    equal(len(lines), 4)
    for line, place, words in zip(lines, ("2:20", "4:3", "5:13", "6:9"),
                                  ("'zom'", "did you mean 'refresh'", "'many'", "did you mean 'link'")):
        assert line.startswith("courant: %s:%s: " % (home.config, place)) and words in line, line
    home.write([], "fetch: {refresh: 1h}\n")
    equal(home.run("check").returncode, 0)
    home.remove()


def usage():
    """unknown options and commands are told with the nearest one"""
    home = Home()
    for words, near in ((["--jsn"], ""), (["lst"], "list"), (["list", "--limt", "3"], "limit")):
        done = home.run(*words)
        equal(done.returncode, 2)
        assert near in done.err, done.err
        equal(done.out, "")
    for word in ("update", "list", "show", "related", "search", "count", "parse", "extract", "check"):
        done = home.run(word, "--help")
        equal(done.returncode, 0)
        assert word in done.out
    home.remove()


def parse_and_extract():
    """parse prints JSON Feed, extract the article of a page"""
    home = Home()
    feed = home.run("parse", "-", input=rss("Island Post", ITEMS).encode())
    equal(feed.returncode, 0)
    assert '"version":"https://jsonfeed.org/version/1.1"' in feed.out.replace(": ", ":"), feed.out
    bad = home.run("parse", "-", input=b"\x00\x01 nothing of the kind")
    equal(bad.returncode, 2)
    equal(bad.out, "")
    equal(len(bad.err.splitlines()), 1)
    page = "<html><head><title>Storm</title></head><body><nav>Home News</nav><article><h1>Storm</h1>%s</article></body></html>" % (
        "".join("<p>%s Paragraph %d.</p>" % (STORM, i) for i in range(4)))
    article = home.run("extract", "-", input=page.encode())
    equal(article.returncode, 0)
    assert "Petersen" in article.out and "Home News" not in article.out
    equal(home.run("extract", "-", input=b"<html><body></body></html>").returncode, 3)
    home.remove()


main([update_list_show, second_update_has_no_body, failures_are_told, search_and_count, related_reports,
      check_names_mistakes, usage, parse_and_extract])
