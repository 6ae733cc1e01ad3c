#!/bin/bash
# SPDX-License-Identifier: MIT
# Every source file with words for readers is listed for translation, and every listed file is there.
set -u
cd "${top_srcdir:?}" || exit 1

listed() { grep -v '^#' po/POTFILES.in | sed '/^$/d' | sort; }
with_words() { grep -rlE '\b(_|N_|P_)\("' src --include='*.c' --include='*.def' --include='*.h' | grep -v base/i18n.h | sort; }

echo "1..2"
missing=$(comm -13 <(listed) <(with_words))
if [ -z "$missing" ]; then
	echo "ok 1 - every file with words for readers is in po/POTFILES.in"
else
	echo "not ok 1 - every file with words for readers is in po/POTFILES.in"
	while IFS= read -r file; do echo "# $file"; done <<<"$missing"
fi
gone=0
while IFS= read -r file; do
	[ -f "$file" ] || { echo "# not there: $file"; gone=1; }
done < <(listed)
if [ "$gone" -eq 0 ]; then echo "ok 2 - every listed file is there"; else echo "not ok 2 - every listed file is there"; fi
