# SPDX-License-Identifier: MIT
"""What courant costs, row by row of the table that the project promises: a figure, its bound, the ratio. Worlds of
its own making on the loopback network; fails on no time, only when something does not work at all.
Usage: bench.py [quick|large|FEEDSxITEMS]"""
import glob
import json
import os
import shutil
import sys
import tempfile
import time

from process import Run
from screen_rows import screen_rows, start_rows
from table import head, middle, row
from world import Server, World

TOP = os.path.abspath(os.environ.get("top_builddir", "."))
SIZES = {"quick": (100, 50), "large": (1000, 100)}
SMALL = (12, 50)
REFRESH_PER_FEED = 5.5 / 1000  # CPU seconds, at 100 stories each
SEEN_PER_FEED = 0.45 / 1000
INDEX_PER_STORY = 0.15 / 1000 + 0.15 / 1000  # full text with postings, and events


class Reader:
    """courant with a folder of its own, on the feeds of one world."""

    def __init__(self, top, feeds, items):
        self.dir = os.path.join(top, "%dx%d" % (feeds, items))
        self.stories, self.feeds = feeds * items, feeds
        os.mkdir(self.dir)
        self.data, self.config = os.path.join(self.dir, "data"), os.path.join(self.dir, "config.yaml")
        self.env = {"HOME": self.dir, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        self.world = World(feeds, items, int(time.time()))
        self.server = Server(self.world)
        with open(self.config, "w", encoding="utf-8") as f:
            f.write("version: 1\nfetch: {on_start: false}\nsources:\n")
            for i in range(feeds):
                f.write("  - {name: Paper %d, url: '%s', section: S%d}\n" % (i, self.server.url(i), i % 8))

    def argv(self, *words):
        return [os.path.join(TOP, "courant"), "-c", self.config, "-d", self.data, *words]

    def run(self, *words, **how):
        done = Run(self.argv(*words), self.env, **how)
        if done.code not in (0, 3):
            sys.exit("bench: %s: exit %d: %s" % (" ".join(words), done.code, done.err or done.out[-400:]))
        return done


def refresh_rows(reader):
    head("refresh: %d feeds of %d stories" % (reader.feeds, reader.stories // reader.feeds))
    share = reader.stories / (reader.feeds * 100)
    cold = reader.run("update", lines=reader.feeds)
    row("cold: CPU until the last feed is stored", cold.cpu_lines_s, "s", REFRESH_PER_FEED * share * reader.feeds,
        "wall %.1f s" % cold.lines_s)
    row("cold: CPU of the indexes after that", cold.cpu_s - cold.cpu_lines_s, "s", INDEX_PER_STORY * reader.stories,
        "wall %.1f s" % (cold.wall_s - cold.lines_s))
    row("cold: largest process, PSS", cold.peak_one_kb / 1024, "MB", 30)
    row("cold: all processes, PSS", cold.peak_sum_kb / 1024, "MB", 60)
    row("cold: requests with a body", reader.server.counts().get(200, 0), "", reader.feeds)
    seen = reader.run("update", "--all", sample_s=0)
    counts = reader.server.counts()
    row("again, nothing new: CPU", seen.cpu_s, "s", SEEN_PER_FEED * reader.feeds,
        "wall %.1f s; with the start of three programs" % seen.wall_s)
    row("again: bodies", counts.get(200, 0), "", 0, "%d answers 304" % counts.get(304, 0))


def disk_row(reader):
    size = sum(os.path.getsize(f) for f in glob.glob(os.path.join(reader.data, "**"), recursive=True)
               if os.path.isfile(f))
    bound = 300 + 0.8 * reader.world.text_bytes / reader.stories
    row("disk per story, all indexes", size / reader.stories, "B", bound,
        "%d B of text, words by chance" % (reader.world.text_bytes / reader.stories))




def longest(reader, rows):
    """The row with the most text: a short one is a teaser, whose page would be fetched."""
    return max((len(reader.run("show", "--text", r["id"], sample_s=0).out), r["id"]) for r in rows)[1]


def command_rows(reader):
    """Commands as a script sees them: the whole life of a process."""
    head("commands: %d stories (the whole process, median of 7)" % reader.stories)
    floor = middle([reader.run("--version", sample_s=0).wall_s for _ in range(7)]) * 1000
    row("--version, for comparison", floor, "ms")
    first = json.loads(reader.run("list", "--json", "--limit", "20", sample_s=0).out)
    word, whole = reader.world.tongue.words[3], longest(reader, first)
    for what, bound, words in (
            ("count is:unread", 10, ("count", "is:unread")),
            ("count section:S3", 10, ("count", "section:S3")),
            ("list, 20 rows", None, ("list", "--json", "--limit", "20")),
            ("search, a common word", 20, ("search", "--json", "--limit", "20", "the")),
            ("search, a rare word", 20, ("search", "--json", "--limit", "20", word)),
            ("related to a story", 20, ("related", "--json", first[5]["id"])),
            ("show a story", 10, ("show", "--text", whole))):
        runs = [reader.run(*words, sample_s=0) for _ in range(7)]
        note = "%.1f ms CPU" % (middle([r.cpu_s for r in runs]) * 1000)
        row(what, middle([r.wall_s for r in runs]) * 1000, "ms", bound, note)
    return first


def extract_row(reader):
    head("extraction")
    files = []
    for i, paragraphs in enumerate((4, 8, 12, 20, 40, 80)):
        files.append(os.path.join(reader.dir, "%d.html" % i))
        with open(files[-1], "wb") as f:
            f.write(reader.world.page(paragraphs))
    done = Run([os.path.join(TOP, "tests/bench/extract_bench"), "20", *files], reader.env, sample_s=0)
    if done.code:
        sys.exit("bench: extract_bench: " + done.err)
    speed, size, articles = done.out.split()
    row("articles from pages, one process", float(speed), "MB/s", -15,
        "%.1f MB, %s articles" % (int(size) / 1e6, articles))


def main():
    size = sys.argv[1] if len(sys.argv) > 1 else "quick"
    try:
        feeds, items = SIZES.get(size) or (int(n) for n in size.split("x"))
    except ValueError:
        sys.exit("usage: bench.py [quick|large|FEEDSxITEMS]")
    top = tempfile.mkdtemp(prefix="courant-bench-")
    readers = []
    try:
        print("%-44s %10s %-6s %-9s %-7s" % ("what", "figure", "", "bound", "ratio"))
        for shape in (SMALL, (feeds, items)):
            readers.append(Reader(top, *shape))
        refresh_rows(readers[1])
        disk_row(readers[1])
        readers[0].run("update", sample_s=0)
        firsts = [json.loads(r.run("list", "--json", "--limit", "20", sample_s=0).out) for r in readers]
        start_rows(TOP, readers, [first[0]["title"] for first in firsts])
        screen_rows(readers[1], firsts[1][0]["title"])
        command_rows(readers[1])
        extract_row(readers[1])
    finally:
        for reader in readers:
            reader.server.close()
        shutil.rmtree(top, ignore_errors=True)


if __name__ == "__main__":
    main()
