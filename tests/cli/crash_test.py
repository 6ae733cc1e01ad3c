# SPDX-License-Identifier: MIT
"""Killed in the middle, and helpers that die: nothing read, starred or stored is lost."""
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(__file__))
from harness import COURANT, Home, Page, Server, main, rss


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
    first, killed = Page(feed(1, 1)), threading.Event()

    class Held(Page):
        """Comes when the parser of the first one is dead and buried."""
        delay = property(lambda self: not killed.wait(20), lambda self, _: None)

    server = Server({"/a.xml": first, "/b.xml": Held(feed(2, 1))})
    home = Home([("First", server.url("/a.xml"), "Town"), ("Second", server.url("/b.xml"), "Town")])
    child = home.start("update")
    end = time.time() + 20
    while child.poll() is None and time.time() < end and not killed.is_set():
        found = subprocess.run(["pgrep", "-P", str(child.pid), "courant-parse"], capture_output=True).stdout.split()
        for pid in found:
            os.kill(int(pid), signal.SIGKILL)
        while any(os.path.exists("/proc/" + pid.decode()) for pid in found) and time.time() < end:
            time.sleep(0.001)
        if found:
            killed.set()
        time.sleep(0.001)
    child.communicate()
    assert killed.is_set(), "no parser was seen"
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


CRASH = """import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE source SET ms=ms+1")
db.commit()
os._exit(9)
"""


def looked_over():
    """after an unclean end the database is looked over behind the first page, and damage is told"""
    server = Server({"/a.xml": Page(feed(1, 1))})
    home = Home([("First", server.url("/a.xml"), "Town")], "fetch: {on_start: false}\n")
    assert home.run("update").returncode == 0
    path = os.path.join(home.data, "courant.db")
    db = sqlite3.connect(path)
    page = db.execute("SELECT rootpage FROM sqlite_schema WHERE name='remote'").fetchone()[0]
    db.close()

    def screen(crashed):
        if crashed:
            subprocess.run([sys.executable, "-c", CRASH, path])
            assert os.path.getsize(path + "-wal") > 0
        script = os.path.join(home.dir, "look.script")
        with open(script, "w", encoding="utf-8") as f:
            f.write("config %s\ndata %s\nsize 100 20\nwait idle\nscreen\nend\n" % (home.config, home.data))
        done = subprocess.run([os.path.join(os.path.dirname(COURANT), "courant-script"), script], env=home.env(),
                              capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    seen = screen(True)
    assert "damaged" not in seen, seen
    with open(path, "r+b") as f:
        f.seek((page - 1) * 8192)
        f.write(b"\xff" * 64)
    assert "damaged" not in screen(False), "a clean end is no reason to read the whole file"
    seen = screen(True)
    assert "Paper 1 reports" in seen and "is damaged" in seen, seen
    server.close()
    home.remove()


main([killed_update, dead_parser, two_updates, looked_over])
