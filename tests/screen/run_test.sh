#!/bin/bash
# SPDX-License-Identifier: MIT
# Runs each script of this folder on a paper of two small feeds, already stored, and compares the screens that it
# prints with its .screen file. UPDATE=1 rewrites those. SCRIPT=name runs that one. TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "${top_builddir:-.}" && pwd)
export LC_ALL=C.UTF-8 TZ=UTC NO_COLOR=
unset TMUX TMUX_PANE SSH_CONNECTION DISPLAY WAYLAND_DISPLAY BROWSER
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
scripts=("$here"/*.script)
[ -z "${SCRIPT:-}" ] || scripts=("$here/$SCRIPT.script")
echo "1..${#scripts[@]}"
n=0
for script in "${scripts[@]}"; do
	n=$((n + 1))
	name=$(basename "$script" .script)
	dir="$work/$name"
	mkdir -p "$dir/home"
	cp "$here"/*.xml "$dir"
	for config in "$here"/*.yaml; do
		sed "s|@DIR@|$dir|" "$config" >"$dir/$(basename "$config")"
	done
	# The paper is stored and indexed before, in one order: what a screen shows must not hang on which feed came first.
	for source in "Tide Table" "Quay Street"; do
		(cd "$dir" && HOME="$dir/home" "$top/courant" -c config.yaml -d data update "$source") >/dev/null 2>>"$work/$name.err"
	done
	(cd "$dir" && HOME="$dir/home" "$top/courant-script" "$script") >"$work/$name.got" 2>>"$work/$name.err"
	status=$?
	if [ "${UPDATE:-}" ] && [ $status = 0 ]; then
		cp "$work/$name.got" "$here/$name.screen"
	fi
	if [ $status = 0 ] && diff -u "$here/$name.screen" "$work/$name.got" >"$work/$name.diff"; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		sed 's/^/# /' "$work/$name.err" "$work/$name.diff" 2>/dev/null
	fi
done
