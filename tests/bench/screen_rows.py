# SPDX-License-Identifier: MIT
"""The rows of the bench that are seen on the screen: start, keys, search while typing, idleness, memory."""
import os
import time

from process import pss_kb, running_ms, tree, wakeups, written
from table import head, middle, row
from terminal import Terminal

WIDE, HIGH = 160, 45
STARTS = 15
IDLE_S = 3
FLOOR_WORDS = "Floor of all"


def start_rows(top, readers, titles):
    """From exec to the first headline, against the least that a program with curses takes."""
    head("start to the first headline (median of %d)" % STARTS)
    floor, ours = [], [[] for _ in readers]
    size = [0] * len(readers)
    for _ in range(STARTS):  # by turns, so that noise meets all alike
        floor.append(first_ms([os.path.join(top, "tests/bench/floor")], readers[0].env, FLOOR_WORDS)[0])
        for i, reader in enumerate(readers):
            ms, size[i] = first_ms(reader.argv(), reader.env, titles[i][:12])
            ours[i].append(ms)
    row("a program with curses", middle(floor), "ms", None, "least %.1f ms" % min(floor))
    for i, reader in enumerate(readers):
        row("%d stories" % reader.stories, middle(ours[i]), "ms", 2.3 * middle(floor),
            "%d bytes; least %.1f ms" % (size[i], min(ours[i])))
    # The least of each: a machine that others work on too only adds.
    row("%d against %d stories, least" % (readers[1].stories, readers[0].stories), min(ours[1]) / min(ours[0]), "x", 1.1)
    row("against the program with curses, least", min(ours[1]) / min(floor), "x", 2.3)


def first_ms(argv, env, words):
    terminal = Terminal(argv, env, WIDE, HIGH)
    found = terminal.until(words)
    terminal.close()
    if not found:
        raise SystemExit("bench: '%s' never came on the screen" % words)
    return found


def screen_rows(reader, title):
    head("keys: %d stories" % reader.stories)
    for columns in (80, 200):
        step_rows(reader, title, columns, False)
    step_rows(reader, title, WIDE, True)
    terminal = opened(reader, title, WIDE, True)
    open_rows(terminal)
    search_rows(terminal, reader)
    terminal.close()
    idle_rows(reader, title)


def opened(reader, title, columns, preview):
    """A screen that has come to rest."""
    config = reader.config
    if not preview:
        config = os.path.join(reader.dir, "still.yaml")
        with open(reader.config, encoding="utf-8") as have, open(config, "w", encoding="utf-8") as f:
            f.write(have.read() + "reading: {preview: false}\n")
    argv = [config if word == reader.config else word for word in reader.argv()]
    terminal = Terminal(argv, reader.env, columns, HIGH)
    if not terminal.until(title[:12]):
        raise SystemExit("bench: no headline on the screen")
    terminal.quiet()
    return terminal


def step_rows(reader, title, columns, preview):
    """Steps down, apart enough that each is a single one."""
    terminal = opened(reader, title, columns, preview)
    steps = [terminal.key("j", 0.12) for _ in range(15)]
    terminal.close()
    name = "step down, %d columns%s" % (columns, ", with preview" if preview else "")
    spread = "%d to %d; last byte %.2f ms" % (
        min(s.bytes for s in steps), max(s.bytes for s in steps), middle([s.last_ms for s in steps]))
    row(name + ": bytes", middle([s.bytes for s in steps]), "B", None if preview else 60, spread)
    row(name + ": first byte", middle([s.first_ms for s in steps]), "ms", 1)


def open_rows(terminal):
    there, back = [], []
    for _ in range(9):
        terminal.key("j", 0.2)
        there.append(terminal.key("\r", 0.08))
        back.append(terminal.key("q", 0.08))
    row("open a story", middle([b.first_ms for b in there]), "ms", 10,
        "%d bytes; last %.1f ms" % (middle([b.bytes for b in there]), middle([b.last_ms for b in there])))
    row("back", middle([b.first_ms for b in back]), "ms", 10,
        "%d bytes; last %.1f ms" % (middle([b.bytes for b in back]), middle([b.last_ms for b in back])))


def search_rows(terminal, reader):
    """/ and words, letter by letter: the rows that follow the last letter. What comes later is the related pane."""
    words = reader.world.tongue.words
    for what, query in (
            ("the", "the"), ("a word", words[3]), ("three letters", words[5][:3]), ("two words", "the " + words[4]),
            ("either", "%s OR %s" % (words[300], words[301])), ("a phrase", '"the of"'), ("a title", "title:" + words[2]),
            ("of a source", "source:7 the"), ("unread", "is:unread " + words[6]), ("without", "-the")):
        terminal.key("/", 0.2)
        for letter in query[:-1]:
            terminal.key(letter, 0.12)
        terminal.quiet(0.3)
        cpu = running_ms(terminal.pid)
        burst = terminal.key(query[-1], 0.06)
        cpu = running_ms(terminal.pid) - cpu
        terminal.quiet()
        row("search while typing, %s" % what, cpu, "ms", 20, "CPU; wall %.1f ms to the last of %d bytes"
            % (burst.last_ms, burst.bytes))
        terminal.key("\x1b", 0.4)
        terminal.key("\x1b", 0.4)


def idle_rows(reader, title):
    head("at rest")
    terminal = opened(reader, title, WIDE, True)
    terminal.quiet(2.0)
    before = wakeups(terminal.pid), written(terminal.pid)
    time.sleep(IDLE_S)
    row("wake-ups in %d s" % IDLE_S, wakeups(terminal.pid) - before[0], "", 0)
    row("bytes written", written(terminal.pid) - before[1], "B", 0)
    row("screen process, PSS", pss_kb(terminal.pid) / 1024, "MB", 6, "%d processes" % len(tree(terminal.pid)))
    with open("/proc/%d/maps" % terminal.pid, encoding="utf-8", errors="replace") as f:
        maps = f.read()
    heavy = [name for name in ("libcurl", "libxml2", "gumbo", "cjson") if name in maps]
    row("libraries that the screen must not map", len(heavy), "", 0, " ".join(heavy))
    terminal.close()
