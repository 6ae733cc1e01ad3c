# SPDX-License-Identifier: MIT
"""Whole articles: pages of several parts, pages that do not come, pages ahead of time, pages that change. The screen's
part runs without a terminal, by courant-script."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(__file__))
from harness import TOP, Home, Page, Server, equal, main, rss

SCRIPT = os.path.join(TOP, "courant-script")
TITLE = "The long walk of the surveyors"


def para(n):
    return ("<p>The surveyors of valley %d began their walk before sunrise, carrying chains, two barometers and a small "
            "boat made of tarred canvas, because the bridges had gone in spring and nobody had rebuilt them since.</p>" % n)


def page(body, head="", title=TITLE):
    return Page("<!doctype html><html><head><title>%s</title>%s</head><body><header><nav><a href='/'>Home</a> "
                "<a href='/news'>News</a></nav></header><article><h1>%s</h1>%s</article><footer>Imprint</footer></body>"
                "</html>" % (title, head, title, body), "text/html")


def feed(server, items):
    rows = "".join("<item><guid isPermaLink='false'>%s</guid><title>%s</title><link>%s</link><description>%s</description>"
                   "<pubDate>Mon, 02 Nov 2026 %02d:00:00 +0000</pubDate></item>" %
                   (path, title, server.url(path), text, 20 - n) for n, (path, title, text) in enumerate(items))
    return Page("<?xml version='1.0'?><rss version='2.0'><channel><title>Valley Post</title><link>%s</link>%s</channel>"
                "</rss>" % (server.url("/"), rows))


class Paper:
    """A server with one feed and its pages, and a home that reads it."""

    def __init__(self, items, pages, more="reading: {prefetch: 0}\n", full_text="auto"):
        self.server = Server(dict(pages))
        self.set_feed(items)
        self.home = Home(more=more)
        with open(self.home.config, "a", encoding="utf-8") as f:
            f.write("sources:\n  - {name: Valley Post, url: '%s', section: News, full_text: %s}\n" %
                    (self.server.url("/feed.xml"), full_text))

    def set_feed(self, items):
        self.server.pages["/feed.xml"] = feed(self.server, items)

    def script(self, *lines):
        """Runs a script; what it printed. The server's log holds what it asked for."""
        self.server.log.clear()
        path = os.path.join(self.home.dir, "test.script")
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(("config " + self.home.config, "data " + self.home.data) + lines) + "\n")
        done = subprocess.run([SCRIPT, path], env=self.home.env(), capture_output=True, timeout=120)
        assert done.returncode == 0, (done.stderr + done.stdout).decode()
        return done.stdout.decode()

    def asked(self):
        return sorted(path for path, _, _ in self.server.log if path != "/feed.xml")

    def end(self):
        self.server.close()
        self.home.remove()


def holds(text, *words):
    for word in words:
        assert word in text, "%r is not in\n%s" % (word, text)


PARTS = {
    "/walk": page(para(1) + para(2) + para(3), "<link rel='next' href='/walk/2'>"),
    "/walk/2": page(para(1) + para(4) + para(5), "<link rel='next' href='/walk/3'>"),
    "/walk/3": page(para(6), "<link rel='next' href='/another-story'>"),
}


def shown_whole():
    """show joins the pages of an article, without what they repeat and without the next article"""
    paper = Paper([], PARTS)
    text = paper.home.run("show", "--text", paper.server.url("/walk")).out
    holds(text, *("valley %d began" % n for n in range(1, 7)))
    equal(text.count("valley 1 began"), 1)
    equal(paper.asked(), ["/walk", "/walk/2", "/walk/3"])
    paper.end()


def endless():
    """ten pages are fetched and no more"""
    pages = {"/walk/%d" % n if n > 1 else "/walk": page(para(n) + para(n + 100), "<link rel='next' href='/walk/%d'>" % (n + 1))
             for n in range(1, 15)}
    paper = Paper([], pages)
    text = paper.home.run("show", "--text", paper.server.url("/walk")).out
    holds(text, "valley 10 began")
    equal(len(paper.asked()), 10)
    paper.end()


def stored_whole():
    """an opened article is stored with all its pages; one that is missing is told"""
    paper = Paper([("/walk", TITLE, "They began before sunrise.")], PARTS)
    screen = paper.script("size 100 60", "wait idle", "key enter", "wait idle", "screen whole")
    holds(screen, "valley 6 began")
    paper.script("size 100 60", "wait idle", "key enter", "wait idle")
    equal(paper.asked(), [])
    text = paper.home.json("show", "--json", paper.home.json("list", "--json")[0]["id"])["text"]
    holds(text, "valley 1 began", "valley 6 began")
    paper.end()
    paper = Paper([("/walk", TITLE, "They began before sunrise.")], dict(PARTS, **{"/walk/3": Page("", status=500)}))
    screen = paper.script("size 100 60", "wait idle", "key enter", "wait idle", "screen cut")
    holds(screen, "valley 5 began", "The rest did not come. o opens it · r tries again")
    paper.server.pages["/walk/3"] = PARTS["/walk/3"]
    screen = paper.script("size 100 60", "wait idle", "key enter", "wait idle", "key r", "wait idle", "screen whole")
    holds(screen, "valley 6 began")
    assert "The rest did not come" not in screen, screen
    paper.end()


def told():
    """what is no article is told in words, on the screen and on the command line"""
    robot = Page("<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1><p>Please verify "
                 "you are a human. Enable JavaScript and cookies to continue.</p></body></html>", "text/html")
    items = [("/walk", TITLE, "They began before sunrise.")]
    rows = [
        (Page("no", "text/plain", 403), "The page did not come: 403 from 127.0.0.1. o opens it · r", 2),
        (Page("<p></p>", "text/html"), "The page holds no more than this.", 3),
        (Page("%PDF-1.4 of no use", "application/pdf"), "The page did not come: it is application/pdf, no page", 0),
        (robot, "The page did not come: 127.0.0.1 asks for consent, or whether", 2),
    ]
    for answer, words, status in rows:
        paper = Paper(items, {"/walk": answer, "/walk?again": answer})
        screen = paper.script("size 140 30", "wait idle", "key enter", "wait idle", "screen told")
        holds(screen, words, "They began before sunrise.")
        equal(status and paper.home.run("show", paper.server.url("/walk?again")).returncode, status)
        paper.end()


def again():
    """a page that failed comes by r; opening the story anew within the session does not ask"""
    paper = Paper([("/walk", TITLE, "They began before sunrise."), ("/other", "Bread", "Rye, salt, water.")],
                  {"/walk": Page("no", "text/plain", 503), "/other": page("<p>Knead it twice.</p>", title="Bread")})
    screen = paper.script("size 100 40", "wait idle", "key enter", "wait idle", "keys J", "wait idle", "expect Knead",
                          "keys K", "wait idle", "screen failed")
    holds(screen, "503 from")
    equal(paper.asked().count("/walk"), 1)
    paper.script("size 100 40", "wait idle", "key enter", "wait idle", "key r", "wait idle")
    equal(paper.asked().count("/walk"), 2)
    paper.end()


def ahead():
    """the next unread pages come ahead of time; not with prefetch 0, not with full_text never, no failure twice"""
    titles = ("Rye bread keeps all week", "Harbour frozen over", "Chess without queens", "Comet seen at dusk",
              "Violins carved from maple", "Tunnel under Öresund")
    items = [("/s%d" % n, title, title.upper()) for n, title in enumerate(titles)]
    pages = {"/s%d" % n: page("<p>%s.</p>" % title * 3, title=title) for n, title in enumerate(titles)}
    pages["/s2"] = Page("no", "text/plain", 404)
    open_two = ("size 100 40", "wait idle", "key enter", "wait idle", "key J", "wait idle", "key J", "wait idle")
    paper = Paper(items, pages, "reading: {prefetch: 2}\n")
    paper.script("size 100 40", "wait idle", "key enter", "wait idle")
    equal(paper.asked(), ["/s0", "/s1", "/s2"])
    paper.end()
    paper = Paper(items, pages, "reading: {prefetch: 2}\n")
    screen = paper.script(*open_two, "screen failed")
    holds(screen, "404 from")
    equal(paper.asked(), ["/s0", "/s1", "/s2", "/s3", "/s4"])
    paper.end()
    paper = Paper(items, pages, "reading: {prefetch: 0}\n")
    paper.script("size 100 40", "wait idle", "key enter", "wait idle")
    equal(paper.asked(), ["/s0"])
    paper.end()
    paper = Paper(items, pages, "reading: {prefetch: 2}\n", "never")
    paper.script(*open_two)
    equal(paper.asked(), [])
    paper.end()


def changed():
    """a text that its source changes is fetched anew, and = shows what changed"""
    items = [("/walk", TITLE, "They began before sunrise.")]
    first = para(1) + para(2) + para(3) + "<p>The fee was ten pounds a day, and everybody thought that fair enough.</p>"
    paper = Paper(items, {"/walk": page(first)})
    screen = paper.script("size 100 40", "wait idle", "key enter", "wait idle", "keys =", "wait idle", "screen one")
    holds(screen, "One text of this article is stored")
    paper.server.pages["/walk"] = page(first.replace("ten pounds", "twelve pounds").replace(para(1), ""))
    paper.set_feed([("/walk", TITLE, "They began after sunrise.")])
    paper.script("size 100 40", "wait idle", "keys R", "wait idle")
    equal(paper.asked(), ["/walk"])
    screen = paper.script("size 100 40", "wait idle", "key enter", "wait idle", "keys =", "wait idle", "screen changes",
                          "keys =", "wait idle", "screen back")
    changes, back = screen.split("-- screen back")
    holds(changes, "Changed from", "[-ten-]{+twelve+}", "[-The surveyors of valley 1")
    assert "[-" not in back and "twelve pounds" in back, back
    paper.end()


def text_of(screen):
    """The article pane's first lines, without the mark of the last line seen."""
    return [line.split("│", 1)[-1].replace("›", " ").rstrip() for line in screen.splitlines()[1:8]]


def linked():
    """a link opens in this pane, stored or not, with the way back; the place is kept; marks are on the links"""
    pages = {"/hub": page(para(1) + "<p>Whoever has not heard of them before may want to "
                          "read of <a href='/loose'>the other walk</a>, which came to nothing, and of <a href='/walk'>the long "
                          "one</a>, of which the maps in the town hall are left, and to go <a href='/no'>nowhere</a>.</p>" +
                          "".join(para(n) for n in range(20, 40))),
             "/loose": page(para(7) + "<p>It is told in the books that the third of them "
                            "went <a href='/third'>further</a> than the two before it had gone together.</p>" + "".join(para(n) for n in range(40, 60)),
                            title="The other walk"),
             "/third": page(para(8), title="The third"), "/walk": page(para(9))}
    paper = Paper([("/hub", "A hub of walks", "A beginning."), ("/walk", TITLE, "They began before sunrise.")], pages)
    screen = paper.script(
        "size 100 30", "wait idle", "key enter", "wait idle", "keys L", "screen list", "key esc", "key space", "screen place",
        "keys f1", "wait idle", "screen loose", "key space", "screen deep", "keys f1", "wait idle", "expect The third",
        "keys (", "wait idle", "screen back once", "keys (", "wait idle", "screen back twice", "keys )", "wait idle",
        "keys )", "wait idle", "expect valley 8", "keys (", "wait idle", "keys (", "wait idle", "keys f2", "wait idle",
        "screen stored", "keys f1", "screen none", "keys (", "wait idle", "keys f3", "wait idle", "screen failed")
    shots = {s.split("\n", 1)[0].rsplit(" ", 1)[0]: s.split("\n", 1)[1] for s in screen.split("-- screen ")[1:]}
    holds(shots["list"], "[1] the other walk  http", "[2] the long one  http")
    holds(shots["loose"], "The other walk", "valley 7 began")
    holds(shots["failed"], "nowhere", "The page did not come: 404 from")
    equal(text_of(shots["back twice"]), text_of(shots["place"]))
    equal(text_of(shots["back once"]), text_of(shots["deep"]))
    holds(shots["stored"], TITLE, "valley 9 began")
    paper.end()


def replaced():
    """a page that comes behind a text moves nothing of what is being read"""
    words = "".join(para(n) for n in range(1, 4))
    teaser = words.replace("<", "&lt;").replace(">", "&gt;") + "&lt;p&gt;And so on …&lt;/p&gt;"
    body = "<p>Told by our correspondent in the hills.</p>" + words + "".join(para(n) for n in range(4, 30))
    slow = page(body)
    slow.delay = 1.5
    paper = Paper([("/walk", TITLE, teaser)], {"/walk": slow})
    screen = paper.script("size 100 14", "wait idle", "key enter", "wait errands", "key space", "screen before", "wait idle",
                          "screen after", "key gg", "screen top")
    before, after, top = (s.split("\n", 1)[1].splitlines() for s in screen.split("-- screen ")[1:])
    holds("\n".join(before), "valley 3 began")
    equal(text_of("\n".join(after)), text_of("\n".join(before)))
    holds("\n".join(top), "our correspondent", "· page")
    paper.end()


def saved():
    """w writes what show prints, in text, Markdown and HTML"""
    paper = Paper([("/walk", TITLE, "They began before sunrise.")], {"/walk": page(para(1) + "<h2>Chains</h2>" + para(2))})
    names = [os.path.join(paper.home.dir, "walk" + ending) for ending in (".txt", ".md", ".html")]
    paper.script("size 60 20", "wait idle", "key enter", "wait idle", *(
        line for name in names for line in ("run save " + name, "wait idle")))
    story = paper.home.json("list", "--json")[0]["id"]
    for name, form in zip(names, (("--text", "--width", "72"), ("--markdown",), ("--html",))):
        with open(name, encoding="utf-8") as f:
            equal(f.read(), paper.home.run("show", *form, story).out)
    paper.end()


def other_form():
    """a page that is empty by itself is read in the form for AMP or print that it names, and asked for it once"""
    empty = "<html><head><title>%s</title>%%s</head><body><div id=app></div></body></html>" % TITLE
    full = page("".join(para(n) for n in range(1, 5)))
    rows = [
        ("<link rel=amphtml href='/amp/walk'>", full, ["/amp/walk", "/walk"], True),
        ("<link rel=alternate media=print href='/amp/walk'>", full, ["/amp/walk", "/walk"], True),
        ("<link rel=amphtml href='/amp/walk'>", Page("no", "text/plain", 404), ["/amp/walk", "/walk"], False),
        ("<link rel=amphtml href='/walk'>", full, ["/walk"], False),
    ]
    for head, other, asked, whole in rows:
        paper = Paper([("/walk", TITLE, "They began before sunrise.")],
                      {"/walk": Page(empty % head, "text/html"), "/amp/walk": other})
        screen = paper.script("size 100 40", "wait idle", "key enter", "wait idle", "screen other")
        equal(paper.asked(), asked)
        assert ("valley 4 began" in screen) == whole, screen
        assert whole or "The page holds no more than this." in screen, screen
        paper.end()
    rich = page("".join(para(n) for n in range(1, 5)), "<link rel=amphtml href='/amp/walk'>")
    paper = Paper([("/walk", TITLE, "They began before sunrise.")], {"/walk": rich, "/amp/walk": full})
    paper.script("size 100 40", "wait idle", "key enter", "wait idle")
    equal(paper.asked(), ["/walk"])
    paper.end()


main([shown_whole, endless, stored_whole, told, again, ahead, changed, linked, replaced, saved, other_form])
