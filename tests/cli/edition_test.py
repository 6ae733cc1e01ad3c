# SPDX-License-Identifier: MIT
"""The bundled edition on the real path, with no network and an empty home."""
import csv
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(__file__))
from harness import COURANT, Home, main

EDITION = os.path.join(os.environ.get("top_srcdir", "."), "data", "edition")
ENGLISH = {"Ledger", "Potomac Courier", "Southern Cross", "Observatory Notes", "Signal", "Loom & Needle", "Harbour Post",
           "Touchline"}
home = Home()


def run(*words):
    env = home.env()
    env["XDG_CACHE_HOME"] = os.path.join(home.dir, "cache")
    done = subprocess.run([COURANT, "--demo", *words], env=env, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def stories():
    """list gives at least 120 stories of at least 8 sources"""
    rows = run("list", "--json")
    assert len(rows) >= 120, len(rows)
    assert len({r["source"] for r in rows}) >= 8
    newest = max(r["published"] for r in rows)
    assert newest.startswith("1969-07-21"), newest


def user_data():
    """the reader's own folders are not touched"""
    left = {name for name in os.listdir(home.dir)} - {"cache", "config.yaml"}
    assert not left, left


def same_event():
    """for events told by several sources the other reports come first, then what followed"""
    rows = {r["url"]: r for r in run("list", "--json")}
    events = {}
    with open(os.path.join(EDITION, "events.tsv"), encoding="utf-8") as f:
        for line in csv.reader(f, delimiter="\t"):
            if len(line) == 3 and line[2] in rows and rows[line[2]]["source"] in ENGLISH:
                events.setdefault(line[0], []).append(rows[line[2]])
    asked = right = 0
    for name, members in events.items():
        if len(members) < 3:
            continue
        related = run("related", "--json", "--limit", "10", members[0]["id"])
        kinds = [r["kind"] for r in related]
        first_other = kinds.index("follow-up") if "follow-up" in kinds else len(kinds)
        assert "same-event" not in kinds[first_other:], (name, kinds)
        urls = {m["url"] for m in members[1:]}
        same = [r for r in related if r["kind"] == "same-event"]
        asked += 1
        right += bool(same) and same[0]["url"] in urls
    assert asked >= 12, asked
    assert right >= 0.75 * asked, "%d of %d" % (right, asked)


main([stories, user_data, same_event])
