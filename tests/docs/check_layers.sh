#!/bin/bash
# SPDX-License-Identifier: MIT
# The layer check holds for this tree, and would find each kind of breach.
set -u
: "${top_srcdir:=$(cd "$(dirname "$0")/../.." && pwd)}"
check=$top_srcdir/build-aux/check-layers
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
number=0

ok() { # STATUS WORDS
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; fi
}

fresh() { # a copy of the tree that may be written to
	rm -rf "$scratch/tree"
	mkdir "$scratch/tree"
	cp -R "$top_srcdir/src" "$scratch/tree/src"
	if [ -f "$top_srcdir/ARCHITECTURE.md" ]; then cp "$top_srcdir/ARCHITECTURE.md" "$scratch/tree/"; fi
	chmod -R u+w "$scratch/tree"
}

# Appends TEXT to FILE of a fresh copy and wants the check to fail there with WORDS.
breach() { # FILE TEXT WORDS
	local line
	fresh
	printf '\n%s\n' "$2" >>"$scratch/tree/$1"
	line=$(awk 'END { print NR }' "$scratch/tree/$1")
	if python3 "$check" "$scratch/tree" >"$scratch/out"; then
		ok 1 "finds: $3"
		return
	fi
	grep -q "^# $1:$line: .*$3" "$scratch/out"
	ok $? "finds: $3"
}

echo 1..14
python3 "$check" "$top_srcdir" >"$scratch/out"
status=$?
grep '^# ' "$scratch/out"
ok $status "the tree keeps to its layers"

breach src/base/mem.c '#include "text/utf8.h"' 'base/ may not include text/'
breach src/ui/added.c '#include "store/db.h"
#include "feed/feed_parse.h"' 'ui/ may not include feed/'
breach src/store/added.c '#	include "conf/conf.h"' 'store/ may not include conf/'
breach src/base/mem.c '#include "mem.h"' 'by its layer'
breach src/text/added.c '#include "base/proc_priv.h"' 'private to its folder'
breach src/app/added.c '#include <curl/curl.h>' 'in fetch/ only'
breach src/ui/added.c '#include <curses.h>' 'in ui/term.c only'
breach src/feed/added.c 'void f(char *a) { strcpy (a, "b"); }' 'strcpy() is banned'
breach src/base/mem.c 'void f(void) { /* one */ popen("x", "r"); }' 'popen() is banned'

# What only looks like a breach is none.
fresh
cat >>"$scratch/tree/src/base/mem.c" <<'TEXT'
/* strcpy( in a comment, #include "ui/term.h" too */
static const char *words = "system(1) \" gets(";
void my_system(struct thing *t) { t->system(1); t.gets(2); }
TEXT
python3 "$check" "$scratch/tree" >/dev/null
ok $? "words in comments, literals and other names pass"

fresh
echo 'int x;' >"$scratch/tree/src/base/added.c"
python3 "$check" "$scratch/tree" | grep -q '^# src/base/added.c:1: .*licence'
ok $? "finds: a file without its licence"

fresh
cat >"$scratch/tree/ARCHITECTURE.md" <<'TEXT'
# Architecture
## 2. Files
base/: what all stand on
- `mem.c .h`: the heap
- `gone.c`: was here once
TEXT
python3 "$check" "$scratch/tree" >"$scratch/out"
grep -q '^# src/base/str.c:1: .*does not list' "$scratch/out" && ! grep -q '^# src/base/mem[.]' "$scratch/out"
ok $? "finds: a file that ARCHITECTURE.md does not list"
grep -q '^# ARCHITECTURE.md:5: lists base/gone.c' "$scratch/out"
ok $? "finds: a listed file that is not there"
