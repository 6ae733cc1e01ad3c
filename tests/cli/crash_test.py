# SPDX-License-Identifier: MIT
"""Killed in the middle, and helpers that die: nothing read, starred or stored is lost."""
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(__file__))
from harness import Home, Page, Server, main, rss


def feed(n, day):
    return rss("Paper %d" % n, [
        ("%d-%d-%d" % (n, day, i), "Paper %d reports matter %d of day %d" % (n, i, day),
         "The council of town %d has decided matter %d with %d votes." % (n, i, 7 + i),
         "Mon, %02d Nov 2026 %02d:00:00 +0000" % (day, i % 24)) for i in range(40)])


def integrity(home):
    db = sqlite3.connect(os.path.join(home.data, "courant.db"))
    try:
        return db.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        db.close()


def killed_update():
    """kill -9 at random moments of an update loses nothing"""
    random.seed(7)
    pages = {"/%d.xml" % n: Page(feed(n, 1)) for n in range(12)}
    server = Server(pages)
    home = Home([("Paper%d" % n, server.url("/%d.xml" % n), "Town") for n in range(12)])
    home.run("update")
    before = {r["id"] for r in home.json("list", "--json")}
    assert len(before) == 12 * 40, len(before)
    for round_ in range(6):
        for n in range(12):
            server.pages["/%d.xml" % n] = Page(feed(n, 2 + round_))
        child = home.start("update", "--all")
        time.sleep(random.uniform(0.02, 0.25))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert integrity(home) == "ok"
        now = {r["id"] for r in home.json("list", "--json")}
        assert before <= now, "lost %d stories" % len(before - now)
        before = now
    done = home.run("update", "--all")
    assert done.returncode == 0, done.out + done.err
    server.close()
    home.remove()


def dead_parser():
    """a courant-parse killed in mid-feed is one line of that source, and the next source is parsed"""
    slow = Page(feed(1, 1))
    server = Server({"/a.xml": slow, "/b.xml": Page(feed(2, 1), delay=1.0)})
    home = Home([("First", server.url("/a.xml"), "Town"), ("Second", server.url("/b.xml"), "Town")])
    child = home.start("update")
    killed = 0
    end = time.time() + 20
    while child.poll() is None and time.time() < end and not killed:
        found = subprocess.run(["pgrep", "-P", str(child.pid), "courant-parse"], capture_output=True).stdout.split()
        for pid in found:
            os.kill(int(pid), signal.SIGKILL)
            killed += 1
        time.sleep(0.001)
    child.communicate()
    assert killed, "no parser was seen"
    rows = home.json("list", "--json")
    assert any(r["source"] == "Second" for r in rows), "the second source was not parsed"
    assert home.run("update", "--all").returncode == 0
    assert len(home.json("list", "--json")) == 80
    server.close()
    home.remove()


def two_updates():
    """two updates at once store every story once"""
    server = Server({"/%d.xml" % n: Page(feed(n, 1)) for n in range(8)})
    home = Home([("Paper%d" % n, server.url("/%d.xml" % n), "Town") for n in range(8)])
    home.run("list")
    children = [home.start("update") for _ in range(3)]
    for child in children:
        out, err = child.communicate(timeout=60)
        assert child.returncode == 0, (out, err)
        assert b"locked" not in err, err
    assert len(home.json("list", "--json")) == 8 * 40
    fetched = [entry for entry in server.log if entry[1] == 200]
    assert len(fetched) == 8, "%d bodies were fetched for 8 sources" % len(fetched)
    server.close()
    home.remove()


main([killed_update, dead_parser, two_updates])
