# SPDX-License-Identifier: MIT
"""open and doctor: what the machine around the program gives, and what of it is in the way."""
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(__file__))
from harness import TOP, Home, Page, Server, end, equal, main, rss

SCRIPT = os.path.join(TOP, "courant-script")

FEED = rss("Gull", [("g1", "Storm tears the mole", "The sea took it.", "Mon, 02 Nov 2026 06:00:00 +0000"),
                    ("g2", "Rye bread", "It keeps.", "Mon, 02 Nov 2026 05:00:00 +0000")])


def world(more=""):
    server = Server({"/gull": Page(FEED)})
    home = Home([("Gull", server.url("/gull"), "Coast")], more)
    assert home.run("update").returncode == 0
    return server, home


def told(home, *words):
    rows = home.run("doctor", *words, "--json")
    return rows.returncode, {(r["check"], r["verdict"]): r for r in json.loads(rows.out)}


def open_runs_the_browser():
    """open gives the story's address to the browser as one word, and counts as reading"""
    server, home = world()
    seen, script = os.path.join(home.dir, "seen"), os.path.join(home.dir, "browser")
    with open(script, "w", encoding="utf-8") as f:
        f.write('#!/bin/sh\nprintf "%%s|" "$@" >"%s.part" && mv "%s.part" "%s"\n' % (seen, seen, seen))
    os.chmod(script, 0o755)
    home.write([("Gull", server.url("/gull"), "Coast")], "open: {browser: [%s, --new]}\n" % script)
    story = home.json("list", "--json", "title:mole")[0]
    assert not story["read"]
    done = home.run("open", story["id"])
    equal((done.returncode, done.out), (0, ""))
    for _ in range(200):
        if os.path.exists(seen):
            break
        time.sleep(0.05)
    with open(seen, encoding="utf-8") as f:
        equal(f.read(), "--new|%s|" % story["url"])
    equal(home.json("list", "--json", "title:mole")[0]["read"], True)
    equal(home.run("open", "4711").returncode, 3)
    equal(home.run("open").returncode, 2)
    os.rename(home.config, home.config + ".away")
    done = home.run("list")
    equal(done.returncode, 2)
    assert "there is no configuration " + home.config in done.err, done.err
    end(server, home)


def open_without_a_browser():
    """where no browser is, the address is printed and the status tells"""
    server, home = world()
    path, os.environ["PATH"] = os.environ["PATH"], "/nowhere"
    done = home.run("open", "https://paper.example/any")
    os.environ["PATH"] = path
    equal((done.returncode, done.out), (1, "https://paper.example/any\n"))
    end(server, home)


def doctor_finds_what_is_wrong():
    """doctor names a broken configuration, open files, dead sources; each with what mends it"""
    server, home = world()
    status, rows = told(home)
    assert ("configuration", "ok") in rows and ("sources", "ok") in rows and ("database", "ok") in rows, rows
    assert ("courant-parse", "ok") in rows and ("courant-fetch", "ok") in rows, rows
    os.chmod(os.path.join(home.data, "courant.db"), 0o644)
    home.write([("Gull", server.url("/missing"), "Coast")])
    home.run("update")
    status, rows = told(home)
    equal(status, 1)
    assert rows["database", "bad"]["mend"].startswith("chmod go= "), rows
    assert "Gull" in rows["sources", "bad"]["what"], rows
    with open(home.config, "a", encoding="utf-8") as f:
        f.write("layuot: {}\n")
    done = home.run("doctor")
    equal(done.returncode, 1)
    assert "layuot" in done.out and "→ courant check tells all of it" in done.out, done.out
    end(server, home)


def news_are_told_when_nobody_looks():
    """notify runs a program with the words after a minute without a key, and not before"""
    server, home = world()
    home.write([("Gull", server.url("/gull"), "Coast"), ("Pier", server.url("/pier"), "Coast")],
               "notify: [touch]\nfetch: {on_start: false}\nreading: {prefetch: 0}\n")
    script = os.path.join(home.dir, "news.script")
    for rest, told_of in ((0, False), (61000, True)):
        server.pages["/pier"] = Page(rss("Pier", [("p%d" % rest, "News of %d" % rest, "", "Mon, 02 Nov 2026 07:00:00 +0000")]))
        with open(script, "w", encoding="utf-8") as f:
            f.write("config %s\ndata %s\nsize 80 24\nwait idle\nrest %d\nrun refresh-all\nwait idle\nend\n" %
                    (home.config, home.data, rest))
        done = subprocess.run([SCRIPT, script], cwd=home.dir, env=home.env(), capture_output=True, timeout=120)
        equal((done.returncode, done.stderr), (0, b""))
        for _ in range(100 if told_of else 4):
            if os.path.exists(os.path.join(home.dir, "1 new story")):
                break
            time.sleep(0.05)
        equal(os.path.exists(os.path.join(home.dir, "1 new story")), told_of)
    end(server, home)


if __name__ == "__main__":
    main([open_runs_the_browser, open_without_a_browser, doctor_finds_what_is_wrong, news_are_told_when_nobody_looks])
