#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What servers see of a refresh: how many requests at once, how many at all, when, and with which conditions. Told by
the server's log. Time passes by moving the moments in the database, except where a second counts."""
import os
import sqlite3
import subprocess
import sys
import time
from email.utils import formatdate

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import COURANT, Home, Page, Server, main, rss

DAY_S = 86400
DATE = "Tue, 24 Nov 2026 08:00:00 GMT"


def feed(name, n=3, head=""):
    text = rss(name, [("%s%d" % (name, i), "%s %d" % (name, i), "Text %d." % i, DATE) for i in range(n)])
    return text.replace("<channel>", "<channel>" + head, 1)


class Case:
    """One server, one reader; sources by name, each with its page."""

    def __init__(self, pages, more="", keys=""):
        self.server = Server({"/" + name: page for name, page in pages.items()})
        self.home = Home()
        with open(self.home.config, "w", encoding="utf-8") as f:
            f.write("version: 1\n%ssources:\n" % more)
            for name in pages:
                f.write("  - {name: %s, url: '%s'%s}\n" % (name, self.server.url("/" + name), keys))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.close()
        self.home.remove()

    def page(self, name, page):
        self.server.pages["/" + name] = page

    def update(self, *words):
        """Runs update; what was asked for meanwhile, in order."""
        del self.server.log[:], self.server.times[:]
        self.done = self.home.run("update", *words)
        assert self.done.returncode in (0, 1), self.done.err
        return [path[1:] for path, _, _ in self.server.log]

    def stay_on_screen(self):
        """:stay there and back; what was asked for meanwhile."""
        del self.server.log[:]
        script = os.path.join(os.path.dirname(self.home.config), "stay.script")
        with open(script, "w", encoding="utf-8") as f:
            f.write("config %s\ndata %s\nsize 100 30\nwait idle\n" % (self.home.config, self.home.data))
            for told in ("where it moved to", "at its own address"):
                f.write("key :\ntype stay A\nkey enter\nwait idle\nexpect a is asked %s again\n" % told)
            f.write("end\n")
        done = subprocess.run([os.path.join(os.path.dirname(COURANT), "courant-script"), script],
                              env=self.home.env(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        assert done.returncode == 0, done.stdout
        return [path[1:] for path, _, _ in self.server.log]

    def await_busy(self, n):
        for _ in range(30):
            if self.server.busiest >= n:
                break
            time.sleep(0.01)
        return 0.02

    def sql(self, text):
        db = sqlite3.connect(os.path.join(self.home.data, "courant.db"))
        try:
            rows = db.execute(text).fetchall()
            db.commit()
            return rows
        finally:
            db.close()

    def wait(self):
        """Seconds from the last answer until each source is due, by name."""
        return dict((name, due - last) for name, due, last in
                    self.sql("SELECT name,next_due,last_at FROM source"))

    def pass_time(self, s):
        self.sql("UPDATE source SET next_due=next_due-%d,last_at=last_at-%d,hold_until=hold_until-%d" % (s, s, s))


def at_once():
    """never more than per_host requests of one host at once, and not fewer where more wait"""
    names = ["s%02d" % i for i in range(14)]

    class Together(Page):
        """Kept back until as many are under way as may be, or no more come."""
        delay = property(lambda self: self.case.await_busy(self.per_host), lambda self, _: None)

    for per_host in (1, 2, 5):
        Together.per_host = per_host
        with Case({n: Together(feed(n)) for n in names}, "fetch: {per_host: %d}\n" % per_host) as c:
            Together.case = c
            asked = c.update()
            assert sorted(asked) == names, asked
            assert c.server.busiest == per_host, (per_host, c.server.busiest)


def conditions():
    """what was stored is asked for with its validators, always, and nothing is stored twice"""
    stamp = formatdate(time.time() - DAY_S, usegmt=True)
    with Case({"a": Page(feed("a"), headers={"Last-Modified": stamp}), "b": Page(feed("b"))}) as c:
        c.update()
        assert [x[1:] for x in c.server.log] == [(200, False)] * 2, c.server.log
        for _ in range(3):
            c.update("--all")
            assert [x[1:] for x in c.server.log] == [(304, True)] * 2, c.server.log
            assert c.server.sent["/a"]["If-Modified-Since"] == stamp
            assert "0 stories" in c.done.out.splitlines()[-1], c.done.out
        c.page("a", Page(feed("a", 5)))
        c.update("--all")
        assert dict((x[0], x[1]) for x in c.server.log) == {"/a": 200, "/b": 304}, c.server.log
        assert "2 stories stored in" in c.done.out, c.done.out
        c.update("--all")
        assert [x[1:] for x in c.server.log] == [(304, True)] * 2, c.server.log
        assert "If-Modified-Since" not in c.server.sent["/a"], "a date that the server took back is still sent"


def retry_after():
    """Retry-After is kept to the second, in seconds and as a date, also when asked by hand"""
    for as_date in (False, True):
        with Case({"a": Page(feed("a"))}) as c:
            c.update()
            until = int(time.time()) + 4
            wish = formatdate(until, usegmt=True) if as_date else "3"
            c.page("a", Page("busy", "text/plain", 429, headers={"Retry-After": wish}))
            assert c.update("--all") == ["a"]
            told = c.server.times[-1] if not as_date else until - 3
            c.page("a", Page(feed("a")))
            begun = time.time()
            while not c.update("--all"):
                assert "asked to wait until" in c.done.out, c.done.out
                assert begun < told + 4, "not asked though begun after %.2f s" % (begun - told)
                time.sleep(0.1)
                begun = time.time()
            waited = c.server.times[-1] - told
            assert waited >= 3, "asked after %.2f s" % waited


def retry_after_of_the_host():
    """what waits for a host that asks to wait is not sent either, and comes when that time is over"""
    busy = Page("busy", "text/plain", 503, headers={"Retry-After": "600"})
    names = ["s%d" % i for i in range(8)]
    with Case({n: busy for n in names}, "fetch: {per_host: 1}\n") as c:
        assert len(c.update()) == 1, c.server.log
        assert c.update("--all") == [], c.server.log
        for n in names:
            c.page(n, Page(feed(n)))
        c.pass_time(540)
        assert c.update("--all") == [], c.server.log
        c.pass_time(62)
        assert sorted(c.update("--all")) == names, c.server.log


def when_due():
    """no request before a source is due, one when it is"""
    with Case({"a": Page(feed("a")), "b": Page(feed("b"))}, "fetch: {refresh: 1h}\n") as c:
        assert sorted(c.update()) == ["a", "b"]
        assert c.update() == []
        assert c.wait() == {"a": 3600, "b": 3600}, c.wait()
        c.pass_time(3540)
        assert c.update() == []
        c.sql("UPDATE source SET next_due=next_due-60 WHERE name='b'")
        assert c.update() == ["b"]


def own_pace():
    """max-age, ttl, sy:update*, skipHours and skipDays make the pause longer, never shorter"""
    hour = time.gmtime(time.time() + 3600).tm_hour
    skip = "<skipHours>%s</skipHours>" % "".join("<hour>%d</hour>" % ((hour + i) % 24) for i in range(-1, 4))
    sy = ("<sy:updatePeriod xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>daily</sy:updatePeriod>"
          "<sy:updateFrequency xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>4</sy:updateFrequency>")
    pages = {"plain": Page(feed("plain")), "maxage": Page(feed("m"), headers={"Cache-Control": "max-age=7200"}),
             "short": Page(feed("s"), headers={"Cache-Control": "max-age=5"}),
             "ttl": Page(feed("t", head="<ttl>180</ttl>")), "sy": Page(feed("y", head=sy)),
             "skip": Page(feed("k", head=skip)),
             "long": Page(feed("l"), headers={"Cache-Control": "max-age=99999999"})}
    with Case(pages, "fetch: {refresh: 1h}\n") as c:
        c.update()
        wait = c.wait()
        assert 3 * 3600 < wait.pop("skip") <= 5 * 3600, wait
        assert wait == {"plain": 3600, "maxage": 7200, "short": 3600, "ttl": 3 * 3600, "sy": 6 * 3600,
                        "long": DAY_S}, wait
        c.update("--all")  # 304: the document's pace is still known
        assert c.wait()["ttl"] == 3 * 3600 and c.wait()["sy"] == 6 * 3600, c.wait()


def learned_pace():
    """refresh: auto follows the source's rhythm within bounds"""
    def every(s, n=12):
        return rss("r", [("%d" % i, "Story %d" % i, "Text.", formatdate(time.time() - i * s, usegmt=True))
                         for i in range(n)])
    with Case({"minutes": Page(every(60)), "hours": Page(every(4 * 3600)), "months": Page(every(30 * DAY_S)),
               "unknown": Page(every(60, 1))}, keys=", refresh: auto") as c:
        c.update()
        wait = c.wait()
        assert wait["minutes"] == 600 and wait["months"] == DAY_S, wait
        assert abs(wait["hours"] - 2 * 3600) < 60 and wait["unknown"] == 1800, wait


def back_off():
    """failures double the pause up to a day, with a jitter that differs by source; an answer ends it"""
    names = ["s%d" % i for i in range(6)]
    with Case({n: Page("no", "text/plain", 500) for n in names}, "fetch: {refresh: 1h, per_host: 8}\n") as c:
        for least in (1, 2, 4, 8, 16, 24, 24):
            c.update("--all")
            wait = c.wait()
            assert all(least * 3600 <= w <= least * 3600 * 9 / 8 for w in wait.values()), (least, wait)
            assert len(set(wait.values())) > 1, wait
            c.pass_time(4 * DAY_S)
        for n in names:
            c.page(n, Page(feed(n)))
        assert sorted(c.update()) == names
        assert set(c.wait().values()) == {3600}, c.wait()


def moved_for_good():
    """an address that moved for good three times is asked where it went, which is told; until it fails there"""
    new = Page(feed("a"))
    with Case({"a": Page("", "text/plain", 301, headers={"Location": "/new"})}) as c:
        c.server.pages["/new"] = new
        for turn in range(3):
            assert c.update("--all") == ["a", "new"], c.server.log
            assert ("moved for good" in c.done.out) == (turn == 2), c.done.out
        assert c.update("--all") == ["new"], c.server.log
        assert "moved to" in c.home.run("check", "--sources").out
        with open(c.home.config, encoding="utf-8") as f:
            assert c.server.url("/a") in f.read()
        del c.server.pages["/new"]
        c.page("a", Page(feed("a", 4)))
        assert c.update("--all") == ["new"], c.server.log
        assert c.update("--all") == ["a"], c.server.log
        assert "1 story stored" in c.done.out, c.done.out
        c.page("a", Page("", "text/plain", 302, headers={"Location": "/new"}))
        c.server.pages["/new"] = new
        for _ in range(5):
            assert c.update("--all") == ["a", "new"], "a move for now is followed, not kept: %s" % c.server.log


def stays_at_home():
    """--stay takes back that a moved address is followed: for that place, until it is taken back or another is named"""
    with Case({"a": Page("", "text/plain", 301, headers={"Location": "/new"})}) as c:
        c.server.pages["/new"] = Page(feed("a"))
        assert c.home.run("update", "--stay", "a").returncode == 3, "nothing stored"
        c.update("--all")
        done = c.home.run("update", "--stay", "a")
        assert (done.returncode, "asked at its own address" in done.err) == (3, True), done.err
        assert c.home.run("update", "--stay").returncode == 2
        assert c.home.run("update", "--stay", "b").returncode == 2
        c.update("--all"), c.update("--all")
        assert c.update("--all") == ["new"], c.server.log
        for turn in ("--stay", "--all", "--all", "--all"):
            assert c.update(turn, *(["a"] if turn == "--stay" else [])) == ["a", "new"], (turn, c.server.log)
        assert "stays, though" in c.home.run("check", "--sources").out
        assert c.stay_on_screen() == ["new", "a", "new"], c.server.log
        c.page("a", Page("", "text/plain", 301, headers={"Location": "/other"}))
        c.server.pages["/other"] = Page(feed("a", 4))
        for turn in range(3):
            assert c.update("--all") == ["a", "other"], c.server.log
        assert c.update("--all") == ["other"], c.server.log


def gone_for_good():
    """410 stops a source until it is asked for by hand"""
    with Case({"a": Page(feed("a"))}) as c:
        c.update()
        c.page("a", Page("gone", "text/plain", 410))
        assert c.update("--all") == ["a"]
        assert "stopped until it is asked by hand" in c.home.run("check", "--sources").out
        c.pass_time(400 * DAY_S)
        assert c.update() == [], c.done.out
        c.page("a", Page(feed("a", 4)))
        assert c.update("a") == ["a"] and "1 new" in c.done.out, c.done.out
        c.pass_time(DAY_S)
        assert c.update() == ["a"], c.done.out


def same_bytes():
    """a body that is the same byte by byte is not stored again, where there are no validators"""
    class Bare(Page):
        @property
        def etag(self):
            return os.urandom(4).hex()

        @etag.setter
        def etag(self, _):
            pass
    with Case({"a": Bare(feed("a"))}) as c:
        c.update()
        before = c.sql("SELECT max(id),max(fetched) FROM story")
        c.update("--all")
        assert c.server.log[0][1] == 200 and "0 stories" in c.done.out.splitlines()[-1], c.done.out
        assert c.sql("SELECT max(id),max(fetched) FROM story") == before


def state_of_each():
    """check --sources: last code, reason, next time, rate and bytes of each source"""
    with Case({"good": Page(feed("good")), "bad": Page("no", "text/plain", 503)}, "fetch: {refresh: 2h}\n") as c:
        c.update()
        done = c.home.run("check", "--sources")
        assert done.returncode == 1, done.returncode
        good, bad = done.out.splitlines()
        assert "200" in good and "3 stories" in good and " B" in good and "last now" in good, good
        assert "next 2h" in good or "next 1h" in good or "next 120m" in good, good
        assert "503 Service Unavailable" in bad and "  next " in bad, bad


def many_at_once():
    """four updates and three screens on one database: each story once, each mark kept, nobody is told of a lock"""
    names = ["s%d" % i for i in range(12)]
    with Case({n: Page(feed(n, 30), delay=0.02) for n in names}, "fetch: {on_start: true}\n") as c:
        first = Home()
        c.home.run("update", "s0")
        stars = [r["id"] for r in c.home.json("list", "--json")[:5]]
        del c.server.log[:]
        script = os.path.join(first.dir, "star.script")
        with open(script, "w", encoding="utf-8") as f:
            f.write("config %s\ndata %s\nsize 100 30\nwait idle\nkey j\nkey Enter\nwait idle\nend\n"
                    % (c.home.config, c.home.data))
        screen = os.path.join(os.path.dirname(COURANT), "courant-script")
        running = [subprocess.Popen([screen, script], env=first.env(), stdout=subprocess.PIPE,
                                    stderr=subprocess.STDOUT) for _ in range(3)]
        running += [c.home.start("update") for _ in range(4)]
        running += [c.home.start("mark", "--star", str(i)) for i in stars]
        for child in running:
            out, err = child.communicate(timeout=120)
            assert child.returncode == 0, (child.args, out, err)
            assert b"locked" not in out + (err or b"") and b"busy" not in out + (err or b""), (out, err)
        assert len(c.home.json("list", "--json", "--limit", "1000")) == 12 * 30
        assert {r["id"] for r in c.home.json("list", "--json", "is:starred")} == set(stars)
        assert c.home.json("list", "--json", "is:read"), "what a screen opened is not read"
        bodies = [x for x in c.server.log if x[1] == 200]
        assert len(bodies) == 11, "%d bodies were fetched for 11 sources" % len(bodies)
        assert c.sql("SELECT count(*) FROM (SELECT 1 FROM story GROUP BY source,guid HAVING count(*)>1)") == [(0,)]
        assert c.sql("SELECT count(*) FROM source WHERE lease_until IS NOT NULL") == [(0,)]
        assert c.sql("PRAGMA integrity_check") == [("ok",)]
        first.remove()


main([at_once, conditions, retry_after, retry_after_of_the_host, when_due, own_pace, learned_pace, back_off,
      moved_for_good, stays_at_home, gone_for_good, same_bytes, state_of_each, many_at_once])
