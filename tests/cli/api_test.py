#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""JSON APIs from end to end: the mappings are those of courant-config(5), the replies are of each API's shape."""
import json
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import Home, Page, Server, equal, main

HERE = os.environ.get("top_srcdir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))


def manual():
    """The examples of the manual, by their headings."""
    with open(os.path.join(HERE, "man", "courant-config.5"), encoding="utf-8") as f:
        text = f.read()
    found = re.findall(r"^\.S[sh] (.*)\n(?:(?!\.S[sh]).*\n)*?\.Bd -literal -offset indent\n((?:.*\n)*?)\.Ed", text, re.M)
    return {name: body.replace("\\e", "\\") for name, body in found}


def source(start, server, secret="key"):
    """The example whose heading starts so, at the loopback server."""
    body = next(body for name, body in manual().items() if name.startswith(start))
    body = re.sub(r"^(    url: |      detail: \"?)https://[^/]*", lambda m: m.group(1) + server.url(""), body, flags=re.M)
    return re.sub(r"command: \[pass,[^]]*\]", "command: [echo, %s]" % secret, body)


def page(value, **more):
    return Page(json.dumps(value), "application/json", **more)


class Case:
    """An example, the replies by path, and what it gives."""

    def __init__(self, start, pages):
        self.server, self.home = Server({}), Home()
        pages = pages(self.server) if callable(pages) else pages
        self.server.pages.update({k: v if isinstance(v, Page) else page(v) for k, v in pages.items()})
        with open(self.home.config, "w", encoding="utf-8") as f:
            f.write(source(start, self.server))

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.server.close()
        self.home.remove()

    def update(self, status=0):
        done = self.home.run("update", "--all", "--json")
        assert done.returncode == status, (done.returncode, done.out, done.err)
        return json.loads(done.out)["sources"][0]

    def stories(self, n):
        rows = self.home.json("list", "--json")
        assert len(rows) == n, rows
        return rows

    def show(self, row):
        return self.home.json("show", "--json", row["id"])

    def asked(self, path):
        return sum(1 for p, _, _ in self.server.log if p == path)


def every_example_is_good():
    """every example of the manual passes courant check"""
    home = Home()
    try:
        examples = manual()
        assert len(examples) >= 11, list(examples)
        for name, body in examples.items():
            with open(home.config, "w", encoding="utf-8") as f:
                f.write(body)
            done = home.run("check")
            assert done.returncode == 0 and not done.err, (name, done.err)
    finally:
        home.remove()


def algolia():
    """Hacker News by Algolia: pages from 0, a discussion without an address, the bound of pages"""
    def hit(n, **more):
        return dict({"objectID": str(n), "title": "Hit %d" % n, "url": "https://x.example/%d" % n, "author": "ann",
                     "created_at": "2026-11-24T08:00:0%dZ" % n, "created_at_i": 1, "points": 3}, **more)
    first = "/api/v1/search_by_date?tags=front_page"
    with Case("Hacker News by", {
            first: {"hits": [hit(1), hit(2, url=None, story_text="<p>Ask &amp; tell")], "page": 0, "nbPages": 9},
            first + "&page=1": {"hits": [hit(3), hit(2)], "page": 1, "nbPages": 9}}) as c:
        equal(c.update()["new"], 3)
        rows = c.stories(3)
        equal([r["title"] for r in rows], ["Hit 3", "Hit 2", "Hit 1"])
        equal(rows[1]["url"], "https://news.ycombinator.com/item?id=2")
        equal((rows[0]["byline"], rows[0]["published"]), ("ann", "2026-11-24T08:00:03Z"))
        assert "Ask & tell" in c.show(rows[1])["text"]
        equal(c.update()["new"], 0)
        equal(len([p for p, s, _ in c.server.log if s == 404]), 0)


def firebase():
    """Hacker News itself: one request for each new id, none for what is stored, lost items come next time"""
    def item(n, **more):
        return dict({"id": n, "type": "story", "by": "bob", "time": 1795507200 + n, "title": "Item %d" % n,
                     "url": "https://x.example/%d" % n}, **more)
    pages = {"/v0/topstories.json": [4, 3, 2, 1], "/v0/item/1.json": item(1), "/v0/item/2.json": item(2, url=""),
             "/v0/item/3.json": None, "/v0/item/4.json": Page("busy", "text/plain", 503)}
    with Case("Hacker News itself", pages) as c:
        equal(c.update()["new"], 2)
        equal({r["url"] for r in c.stories(2)}, {"https://x.example/1", "https://news.ycombinator.com/item?id=2"})
        c.server.pages["/v0/item/4.json"] = page(item(4))
        equal(c.update()["new"], 1)
        equal(c.asked("/v0/item/1.json"), 1)
        c.server.pages["/v0/topstories.json"] = page([5, 4, 3, 2, 1])
        c.server.pages["/v0/item/5.json"] = page(item(5))
        equal(c.update()["new"], 1)
        equal((c.asked("/v0/item/1.json"), c.asked("/v0/item/5.json")), (1, 1))
        equal(c.update()["new"], 0)
        equal(c.stories(4)[0]["published"], "2026-11-24T08:00:05Z")


def details_are_bounded():
    """a list of a thousand ids costs a hundred requests in one refresh, and the rest follow"""
    pages = {"/v0/item/%d.json" % n: page({"id": n, "title": "Item %d" % n, "time": n}) for n in range(1000)}
    pages["/v0/topstories.json"] = page(list(range(1000)))
    with Case("Hacker News itself", pages) as c:
        equal(c.update()["new"], 100)
        equal(len(c.server.log), 101)
        equal(c.update()["new"], 100)
        equal(len(c.server.log), 202)


def guardian():
    """Guardian: the key from a program, pages by number, its error in the reply"""
    def result(n):
        return {"id": "world/%d" % n, "webTitle": "Result %d" % n, "webUrl": "https://g.example/%d" % n,
                "webPublicationDate": "2026-11-24T07:00:0%dZ" % n, "sectionName": "World news",
                "fields": {"bodyText": "Body %d. a < b" % n, "trailText": "<b>Trail</b> %d" % n, "byline": "Cy Dee"}}
    first = "/search?section=world&show-fields=bodyText,trailText,thumbnail,byline"
    with Case("The Guardian", {
            first: {"response": {"status": "ok", "currentPage": 1, "pages": 2, "results": [result(1)]}},
            first + "&page=2": {"response": {"status": "ok", "currentPage": 2, "pages": 2, "results": [result(2)]}}}) as c:
        equal(c.update()["new"], 2)
        equal([c.server.sent[p].get("api-key") for p in (first, first + "&page=2")], ["key", "key"])
        row = c.stories(2)[1]
        equal((row["dek"], row["byline"]), ("Trail 1", "Cy Dee"))
        assert "a < b" in c.show(row)["text"]
        c.server.pages[first] = page({"response": {"status": "error", "message": "The quota\x1b[2J is used up"}})
        equal(c.update(1)["error"], "the API answers: The quota[2J is used up")
        c.server.pages[first] = page({"message": "Unauthorized"}, status=401)
        equal(c.update(1)["error"], "401 Unauthorized: the API answers: Unauthorized")
        c.stories(2)


def newsapi():
    """NewsAPI: the name of the paper where nobody signed, an error with its status"""
    path = "/v2/top-headlines?country=us"
    with Case("NewsAPI", {path: {"status": "ok", "totalResults": 1, "articles": [
            {"source": {"id": None, "name": "The Post"}, "author": None, "title": "One", "description": "Dek.",
             "url": "https://p.example/1", "urlToImage": "https://p.example/1.jpg",
             "publishedAt": "2026-11-24T06:00:00Z", "content": "Text… [+120 chars]"}]}}) as c:
        equal(c.update()["new"], 1)
        row = c.stories(1)[0]
        equal((row["byline"], row["dek"], c.server.sent[path]["X-Api-Key"]), ("The Post", "Dek.", "key"))
        c.server.pages[path] = page({"status": "error", "code": "apiKeyInvalid", "message": "Bad key"}, status=401)
        assert "Bad key" in c.update(1)["error"]


def gdelt():
    """GDELT: dates of its own form, errors in plain text"""
    path = "/api/v2/doc/doc?query=climate&mode=artlist&format=json"
    with Case("GDELT", {path: {"articles": [
            {"url": "https://p.example/c", "title": "Ice", "seendate": "20261124T053000Z", "domain": "p.example",
             "socialimage": "", "language": "English", "sourcecountry": "US"}]}}) as c:
        equal(c.update()["new"], 1)
        equal(c.stories(1)[0]["published"], "2026-11-24T05:30:00Z")
        c.server.pages[path] = Page("The specified phrase is too short.\nMore\x1b[31m words.", "text/html")
        equal(c.update(1)["error"], "not JSON, but: The specified phrase is too short.")


def reddit():
    """Reddit: twice escaped, relative addresses, seconds with a fraction, a cursor"""
    def post(n, **more):
        return {"kind": "t3", "data": dict({
            "name": "t3_%d" % n, "title": "Tom &amp; %d &lt;3" % n, "author": "eve", "created_utc": 1795507200.0 + n,
            "permalink": "/r/worldnews/comments/%d/" % n, "url": "/r/worldnews/comments/%d/" % n,
            "selftext_html": "&lt;div class=\"md\"&gt;&lt;p&gt;a &amp;amp; b&lt;/p&gt;&lt;/div&gt;",
            "link_flair_text": "Sea"}, **more)}
    first = "/r/worldnews/.json"
    with Case("Reddit", {first: {"kind": "Listing", "data": {"after": "t3_1", "children": [
            post(1), post(2, url_overridden_by_dest="https://x.example/2")]}},
            first + "?after=t3_1": {"data": {"after": None, "children": [post(3)]}}}) as c:
        equal(c.update()["new"], 3)
        rows = c.stories(3)
        equal([r["title"] for r in rows], ["Tom & 3 <3", "Tom & 2 <3", "Tom & 1 <3"])
        equal(rows[1]["url"], "https://x.example/2")
        assert rows[0]["url"].endswith("reddit.com/r/worldnews/comments/3/"), rows[0]
        equal(rows[0]["published"], "2026-11-24T08:00:03Z")
        assert "a & b" in c.show(rows[0])["text"]


def mastodon():
    """Mastodon: boosts, no titles, the Link: header, and no secret to where it leads"""
    def status(n, **more):
        return dict({"id": str(10 ** 17 + n), "created_at": "2026-11-24T08:00:0%d.123Z" % n, "spoiler_text": "",
                     "url": "https://m.example/@ann/%d" % n, "content": "<p>Post <b>%d</b></p>" % n, "reblog": None,
                     "media_attachments": [], "account": {"display_name": "Ann"}}, **more)
    first = "/api/v1/timelines/tag/journalism"
    boost = status(2, content="", reblog=status(5, account={"display_name": "Bo"}))
    with Case("Mastodon", lambda s: {
            first: page([status(1), boost], headers={"Link": '<%s?max_id=1>; rel="next", <%s>; rel="prev"' % (
                s.url(first), s.url("/no"))}),
            first + "?max_id=1": page([status(3)], headers={"Link": '<%s>; rel="next"' % s.url("/third")})}) as c:
        equal(c.update()["new"], 3)
        rows = c.stories(3)
        equal(sorted(r["url"][-1] for r in rows), ["1", "3", "5"])
        equal({r["byline"] for r in rows}, {"Ann", "Bo"})
        assert "Post 5" in c.show(next(r for r in rows if r["url"].endswith("5")))["text"]
        equal(c.asked("/third"), 0)


def lobsters():
    """lobste.rs: a list at the top, an author as object or word, no address of its own"""
    with Case("lobste.rs", {"/hottest.json": [
            {"short_id": "aa", "title": "One", "url": "https://x.example/1", "submitter_user": {"username": "kim"},
             "created_at": "2026-11-24T02:00:00.000-06:00", "tags": ["c", "unix"], "description": "",
             "comments_url": "https://lobste.rs/s/aa"},
            {"short_id": "bb", "title": "Two", "url": "", "submitter_user": "lee", "tags": [],
             "created_at": "2026-11-24T01:00:00.000-06:00", "description": "<p>Ask</p>",
             "comments_url": "https://lobste.rs/s/bb"}]}) as c:
        equal(c.update()["new"], 2)
        rows = c.stories(2)
        equal([r["byline"] for r in rows], ["kim", "lee"])
        equal((rows[1]["url"], rows[0]["published"]), ("https://lobste.rs/s/bb", "2026-11-24T08:00:00Z"))


def wordpress():
    """WordPress: rendered fields, an error of the server in words"""
    path = "/wp-json/wp/v2/posts?per_page=20&_embed=author"
    with Case("Any WordPress", {path: [
            {"id": 7, "title": {"rendered": "It&#8217;s <em>here</em>"}, "link": "https://b.example/7",
             "date_gmt": "2026-11-24T08:00:00", "modified_gmt": "2026-11-24T09:00:00",
             "excerpt": {"rendered": "<p>Short [&hellip;]</p>"}, "content": {"rendered": "<p>Long.</p><script>x</script>"},
             "_embedded": {"author": [{"name": "Max"}]}}]}) as c:
        equal(c.update()["new"], 1)
        row = c.stories(1)[0]
        equal((row["title"], row["byline"]), ("It’s here", "Max"))
        assert "script" not in c.show(row)["html"]
        c.server.pages[path] = page({"code": "rest_no_route", "message": "No route was found"}, status=404)
        assert "No route was found" in c.update(1)["error"]


def secrets_stay():
    """a page on another origin gets no secret; a program that gives none is an error"""
    other = Server({"/p2": page([{"id": 2, "title": "Two", "url": "https://x.example/2"}])})
    server = Server({"/": page([{"id": 1, "title": "One", "url": "https://x.example/1"}],
                               headers={"Link": '<%s>; rel=next' % other.url("/p2")})})
    home = Home()
    try:
        def write(command):
            with open(home.config, "w", encoding="utf-8") as f:
                f.write("sources:\n  - name: A\n    url: %s\n    headers: {X-Key: {command: %s}}\n    json:\n"
                        "      {id: /id, title: /title, url: /url, next: {link: next}, max_pages: 3}\n"
                        % (server.url("/"), command))
        write("[echo, hush]")
        assert home.run("update").returncode == 0
        equal(server.sent["/"].get("X-Key"), "hush")
        equal(other.sent["/p2"].get("X-Key"), None)
        equal(len(home.json("list", "--json")), 2)
        write("[false]")
        done = home.run("update", "--all")
        assert done.returncode == 1 and "gave no secret" in done.out, done.out
    finally:
        server.close()
        other.close()
        home.remove()


main([every_example_is_good, algolia, firebase, details_are_bounded, guardian, newsapi, gdelt, reddit, mastodon, lobsters,
      wordpress, secrets_stay])
