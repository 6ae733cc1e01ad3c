#!/bin/bash
# SPDX-License-Identifier: MIT
# The manual's generated parts agree with the tables, and the check itself can fail.
set -u
docs=${top_builddir:?}/docs
pages=("${top_srcdir:?}"/man/courant.1 "$top_srcdir"/man/courant-config.5 "$top_srcdir"/man/courant-keys.7)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

out=$("$top_srcdir/build-aux/update-docs" "$docs" --check "${pages[@]}")
echo "1..$((${#pages[@]} + 1))"
grep -v '^1\.\.' <<<"$out"
sed '/BEGIN keys/a .It drift' "${pages[2]}" >"$scratch/courant-keys.7"
if "$top_srcdir/build-aux/update-docs" "$docs" --check "$scratch/courant-keys.7" >/dev/null; then
	echo "not ok 4 - a page that differs is found"
else
	echo "ok 4 - a page that differs is found"
fi
