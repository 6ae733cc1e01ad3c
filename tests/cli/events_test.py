# SPDX-License-Identifier: MIT
"""Events, related stories, the brief and rules, as the commands tell them."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(__file__))
from harness import Home, Page, Server, end, equal, main, rss

WIRE = ("Forty metres of the north mole at Sandholm fell into the sea on Saturday night when waves of seven metres came "
        "over the wall. The harbour master Petra Lind closed the inner basin, and eleven boats were towed to the fish "
        "quay before dawn. Nobody was hurt, but the lamp at the head of the mole is gone with its tower. Divers will "
        "look at the foundations as soon as the swell allows it, the harbour office said.")
OWN = ("The sea took forty metres of the north mole of Sandholm on Saturday night. Petra Lind, the harbour master, closed "
       "the inner basin after waves of seven metres came over the wall and broke the lamp at its head.")
FILLER = ["Ink from oak galls, gathered in September", "How to read a barometer: tap the glass once",
          "Swifts leave on the first of August", "The bowline, and the rabbit that goes round the tree",
          "Bees hum in the avenue of limes", "A soup of nettles and two potatoes",
          "Luke Howard names the clouds", "Why thunder rolls from the far end", "Copper kettles and vinegar",
          "Vega stands overhead at eleven", "Chanterelles under spruce", "A clock without hands",
          "Paper boats, waxed once", "Moths and blue lanterns", "Heather tea dried in the shade",
          "On slow trains people wave", "Felt boots take an afternoon", "The oldest pear tree bears on one side"]


def date(hour, day=2):
    return "Mon, %02d Nov 2026 %02d:00:00 +0000" % (day, hour)


def world(more=""):
    pages = {
        "/gull": Page(rss("Gull", [("g1", "Storm tears forty metres out of the north mole", OWN, date(6)),
                                   ("g2", "Why rye bread keeps for a week", "A baker explains the storm in the dough.",
                                    date(5))])),
        "/pier": Page(rss("Pier", [("p1", "North mole of Sandholm broken by storm waves", WIRE, date(8)),
                                   ("p2", "Marathon on the dike road", "Starts at the sluice.", date(4))])),
        "/lamp": Page(rss("Lamp", [("l1", "Sandholm: sea breaks the north mole", WIRE.replace("Saturday night", "Sunday"),
                                    date(9))])),
        "/alma": Page(rss("Alma", [("a%d" % i, t, "", date(i % 24, 1)) for i, t in enumerate(FILLER)])),
    }
    server = Server(pages)
    home = Home([(p.capitalize(), server.url("/" + p), "Coast") for p in ("gull", "pier", "lamp", "alma")], more)
    assert home.run("update").returncode == 0
    return server, home


def folded_list():
    """list --events has one row for an event, the reader's first source before the others"""
    server, home = world()
    rows = home.json("list", "--events", "--json", "--limit", "3")
    equal(rows[0]["title"], "Storm tears forty metres out of the north mole")
    equal(rows[0]["event_size"], 3)
    equal(len(home.json("list", "--json", "event:" + rows[0]["event"])), 3)
    equal([r["event_size"] for r in rows[1:]], [1, 1])
    end(server, home)


def copies_are_told():
    """related --json gives each copy its own entry, marked"""
    server, home = world()
    wire = home.json("list", "--json", "title:broken")[0]["id"]
    rows = home.json("related", "--json", wire)
    kinds = {r["source"]: (r["kind"], r.get("near_copy", False)) for r in rows}
    equal(kinds["Lamp"], ("same-event", True))
    equal(kinds["Gull"], ("same-event", False))
    event = home.json("list", "--json", "title:broken")[0]["event"]
    fellows = {r["id"] for r in home.json("list", "--json", "event:" + event)} - {wire}
    assert fellows <= {r["id"] for r in rows}, "what the headlines fold is among the related"
    end(server, home)


def brief_tells_events():
    """the brief has the events with their outlets, and only those"""
    server, home = world()
    text = home.run("brief", "--since", "2026-11-01").out
    assert text.startswith("The largest events since Sun 1 Nov"), text
    assert " 1. Storm tears forty metres out of the north mole" in text, text
    assert "3 outlets: Gull, Pier, Lamp" in text and "rye bread" not in text, text
    assert max(len(line) for line in text.splitlines()) <= 78, text
    markdown = home.run("brief", "--since", "2026-11-01", "--markdown").out
    assert "1. **[Storm tears forty metres out of the north mole](http://paper.example/g1)**" in markdown, markdown
    rows = home.json("brief", "--since", "2026-11-01", "--json")
    equal([(r["event_size"], r["outlets"]) for r in rows], [(3, ["Gull", "Pier", "Lamp"])])
    assert rows[0]["dek"] and rows[0]["dek"][:40] in " ".join(text.split()), rows
    equal(home.run("brief", "--since", "2031-01-01").returncode, 3)
    end(server, home)


def brief_names_some():
    """of many outlets the brief names some, and takes its lead from a report that has one"""
    pages = {"/%d" % i: Page(rss("P%d" % i, [("x", "North mole of Sandholm broken by storm waves", WIRE if i else "",
                                              date(6 + i))])) for i in range(9)}
    pages["/alma"] = Page(rss("Alma", [("a%d" % i, t, "", date(i % 24, 1)) for i, t in enumerate(FILLER * 3)]))
    server = Server(pages)
    home = Home([("P%d" % i, server.url("/%d" % i), "Coast") for i in range(9)] + [("Alma", server.url("/alma"), "Coast")])
    assert home.run("update").returncode == 0
    text = home.run("brief", "--since", "2026-11-01").out
    assert "9 outlets: P0, P1, P2, P3, P4, P5 and 3 more" in text, text
    assert "Forty metres of the north mole" in text, text
    equal(len(home.json("brief", "--since", "2026-11-01", "--json")[0]["outlets"]), 9)
    end(server, home)


RULES = """rules:
  - {match: 'title:bread', do: [hide]}
  - {match: 'mole', do: [star, tag harbour]}
  - {match: 'title:marathon', do: [hide], until: 2020-01-01}
"""


def rules_are_tried():
    """check --rules says what each rule would touch, and touches nothing"""
    server, home = world()
    with open(home.config, "a", encoding="utf-8") as f:
        f.write(RULES)
    rules = home.json("check", "--rules", "--json")
    equal([(r["do"], r["stories"], r["ended"]) for r in rules],
          [(["hide"], 1, False), (["star", "tag harbour"], 3, False), (["hide"], 1, True)])
    said = home.run("check", "--rules").out
    assert "1 story" in said and "Why rye bread keeps for a week" in said and "has ended" in said, said
    equal(home.json("list", "--json", "is:starred OR is:hidden OR tag:harbour"), [])
    end(server, home)


def rules_act_on_arrival():
    """a rule hides what arrives; is:hidden still finds it; a rule that has ended does nothing"""
    server, home = world(RULES)
    equal([r["title"] for r in home.json("list", "--json", "is:hidden")], ["Why rye bread keeps for a week"])
    equal(home.json("list", "--json", "bread"), [])
    equal(len(home.json("list", "--json", "bread is:hidden")), 1)
    equal(len(home.json("list", "--json", "marathon")), 1)
    equal(len(home.json("list", "--json", "is:starred tag:harbour")), 3)
    equal([r["stories"] for r in home.json("check", "--rules", "--json")], [1, 3, 1])
    end(server, home)


def search_is_ranked():
    """search has what stands in a title before what stands in a text; a wrong query names its column"""
    server, home = world()
    titles = [r["title"] for r in home.json("search", "--json", "storm")]
    assert titles[-1] == "Why rye bread keeps for a week" and len(titles) >= 3, titles
    wrong = home.run("search", "storm (mole")
    equal(wrong.returncode, 2)
    assert wrong.err.startswith("courant: column 7: "), wrong.err
    end(server, home)


def marks_by_query():
    """mark acts on what a query finds; copies share read, one that comes later too"""
    server, home = world()
    assert "3 stories changed" in home.run("mark", "--star", "mole").out
    equal(home.json("count", "is:starred"), 3)
    home.run("mark", "--read", home.json("list", "--json", "title:broken")[0]["id"])
    read = sorted(r["source"] for r in home.json("list", "--json", "is:read"))
    equal(read, ["Lamp", "Pier"])
    equal(home.run("mark", "--read", "nothing-like-this").returncode, 3)
    server.pages["/alma"] = Page(rss("Alma", [("w1", "The north mole of Sandholm is broken", WIRE, date(10))]))
    assert home.run("update", "--all").returncode == 0
    read = sorted(r["source"] for r in home.json("list", "--json", "is:read"))
    equal(read, ["Alma", "Lamp", "Pier"])
    end(server, home)


def options_after_words():
    """options may follow the words of a query, where -word is a part of it"""
    server, home = world()
    equal(len(home.json("search", "mole", "--json", "--limit", "1")), 1)
    both = int(home.run("count", "mole").out)
    less = int(home.run("count", "mole", "-towed").out)
    assert 0 < less < both, (less, both)
    equal(home.run("count", "mole", "--json").out.strip(), str(both))
    equal(home.run("count", "--", "mole").out.strip(), str(both))
    equal(home.run("count", "mole", "--jsno").returncode, 2)
    wire = home.json("list", "--json", "title:broken")[0]["id"]
    equal(home.run("show", wire, "--markdown").out, home.run("show", "--markdown", wire).out)
    end(server, home)


def check_json():
    """check --json is a list of problems with their places"""
    server, home = world()
    equal(home.json("check", "--json"), [])
    with open(home.config, "a", encoding="utf-8") as f:
        f.write("layuot: {measure: 60}\n")
    done = home.run("check", "--json")
    equal(done.returncode, 2)
    problems = json.loads(done.out)
    assert problems[0]["line"] > 0 and "layuot" in problems[0]["message"], problems
    end(server, home)


if __name__ == "__main__":
    main([folded_list, copies_are_told, brief_tells_events, rules_are_tried, rules_act_on_arrival, search_is_ranked,
          marks_by_query, check_json, options_after_words, brief_names_some])
