#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No setting without effect: each row of schema.def is read somewhere, and what is read is not said to come later."""
import os
import re
import sys

SRC = os.path.join(os.environ.get("top_srcdir", "."), "src")
ROW = re.compile(r'^(SET|KEY)\((?:([A-Z_0-9]+), )?"([^"]+)",(.*?)(?=^SET\(|^KEY\(|^#undef)', re.M | re.S)
# Keys of lists and maps that conf turns into records: where the record's field has another name.
FIELDS = {"auth": "user", "name": "name", "url": "url", "json": "mapping", "refresh": "refresh_s", "keep": "keep_s",
          "timeout": "timeout_s"}


def read_all():
    texts = {}
    for folder, _, names in os.walk(SRC):
        for name in names:
            if name.endswith((".c", ".h")):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as f:
                    texts[os.path.relpath(path, SRC)] = f.read()
    return texts


def rows(schema):
    for kind, ident, path, rest in ROW.findall(schema):
        yield ident if kind == "SET" else None, path, "SF_LATER" in rest


def problems(schema, texts):
    users = "\n".join(t for p, t in texts.items() if p not in ("conf/schema.c", "conf/schema.h", "conf/conf.c"))
    beyond = "\n".join(t for p, t in texts.items() if p.startswith(("app/", "ui/", "main")))
    for ident, path, later in rows(schema):
        if ident:
            used = re.search(rf"\bSET_{ident}\b", users)
        elif re.fullmatch(r"sources\[\]\.\w+", path):
            key = path.split(".")[1]
            used = re.search(rf"(->|\.){FIELDS.get(key, key)}\b", beyond)
        else:
            continue
        if ident and path in ("fetch.refresh", "store.keep"):  # they come to others by the records of sources
            used = re.search(rf"(->|\.){path.split('.')[1]}_s\b", beyond)
        if used and later:
            yield f"{path} is read, and said to come later"
        if not used and not later:
            yield f"{path} is read nowhere"


def main():
    texts = read_all()
    with open(os.path.join(SRC, "conf/schema.def"), encoding="utf-8") as f:
        schema = f.read()
    found = list(problems(schema, texts))
    count = len(list(rows(schema)))
    provoked = list(problems(schema + '\nSET(NOT_READ, "not.read", 0, N_("x"), NULL)\n#undef\n', texts))
    print("1..3")
    print(("ok" if count > 80 else "not ok") + f" 1 - the table has {count} rows")
    print(("not ok" if found else "ok") + " 2 - every setting is read")
    for line in found:
        print("# " + line)
    print(("ok" if "not.read is read nowhere" in provoked else "not ok") + " 3 - one that is not would be told")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
