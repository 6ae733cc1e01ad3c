# SPDX-License-Identifier: MIT
"""The table that the bench prints: a figure, its bound, and the ratio of both."""
import statistics


def row(what, figure, unit, bound=None, note=""):
    """One line. bound: the most that is wanted; negative: the least that is wanted; absent: there is none."""
    if figure is None:
        print("%-44s %10s %-6s %s" % (what, "-", unit, note), flush=True)
        return
    limit = ratio = ""
    if bound is not None:
        limit = "%s %g" % (">=" if bound < 0 else "<=", abs(bound))
        over = figure > bound if bound >= 0 else figure < -bound
        ratio = "%.2f%s" % (figure / abs(bound) if bound else figure, " !" if over else "")
    print("%-44s %10.4g %-6s %-9s %-7s %s" % (what, figure, unit, limit, ratio, note), flush=True)


def head(words):
    print("\n%s" % words, flush=True)


def middle(figures):
    return statistics.median(figures) if figures else None
