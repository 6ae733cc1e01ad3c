#!/bin/bash
# SPDX-License-Identifier: MIT
# The whole program in a real tmux, on a socket of its own: start, keys, sizes, suspend, every way out. TAP.
set -u
top=${top_builddir:-.}
plan=22
if ! command -v tmux >/dev/null; then
	echo "1..0 # SKIP tmux is not installed"
	exit 0
fi
work=$(mktemp -d) || exit 1
n=0

tm() { tmux -S "$work/socket" -f /dev/null -u "$@" </dev/null; }
# Called by the trap below.
# shellcheck disable=SC2317
cleanup() {
	tm kill-server 2>/dev/null
	sleep 0.3 # what the screen saves at its end
	rm -rf "$work"
}
trap cleanup EXIT

ok() { # STATUS NAME
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		tm capture-pane -p | sed 's/^/# /'
	fi
}
shows() { tm capture-pane -p | grep -qF -- "$1"; }
# Until the words stand on the screen, 15 s at most.
await() {
	local i
	for ((i = 0; i < 300; i++)); do
		shows "$1" && return 0
		sleep 0.05
	done
	return 1
}
await_gone() {
	local i
	for ((i = 0; i < 300; i++)); do
		shows "$1" || return 0
		sleep 0.05
	done
	return 1
}
await_format() { # FORMAT VALUE
	local i
	for ((i = 0; i < 300; i++)); do
		[ "$(tm display -p "$1")" = "$2" ] && return 0
		sleep 0.05
	done
	return 1
}
# Until four looks, half a second apart, have shown the same screen, 30 s at most; it is in $seen then.
settled() {
	local i old same=0
	seen=
	for ((i = 0; i < 60; i++)); do
		old=$seen
		sleep 0.5
		seen=$(tm capture-pane -p -e)
		if [ "$seen" = "$old" ]; then same=$((same + 1)); else same=0; fi
		[ "$same" = 3 ] && return 0
	done
	return 1
}
keys() { tm send-keys "$@"; }
# A size, once the pane has it.
size() {
	tm resize-window -x "$1" -y "$2"
	await_format '#{pane_width}x#{pane_height}' "$1x$2"
}
start() {
	keys "clear; echo before-it; $program" Enter
	await ' Headlines  Enter read'
}
pid_of() { pgrep -f "^$top/courant --demo -d $work/data" | head -1; }
# The shell is back, with its screen, its cursor and its echo.
is_back() {
	await 'before-it' && await_format '#{alternate_on}#{cursor_flag}' 01 && ! shows ' Headlines ' &&
		keys 'stty -a | grep -q " echo " && echo echo-is-o""n' Enter && await 'echo-is-on'
}

program="$top/courant --demo -d $work/data"
export LC_ALL=C.UTF-8 TZ=UTC HOME="$work" PS1='$ ' NO_COLOR=
echo "1..$plan"

tm new-session -d -x 80 -y 24 "exec bash --norc"
tm set -g status off
tm set -g window-size manual
size 80 24

# The paper is stored and indexed before: stories that come in move the places that are awaited below.
$program update >/dev/null 2>&1
start
ok $? "starts and shows the headlines"
await ' 1/'
ok $? "has the place in the list"
await '●'
ok $? "marks unread stories"

keys j j
await ' 3/'
ok $? "moves the selection"
keys Enter
await ' Article  '
ok $? "opens a story"
keys q
await ' Headlines  '
ok $? "goes back"
keys '?'
await 'One row or line down'
ok $? "shows help"
keys Escape
await_gone 'One row or line down'
ok $? "and closes it by Esc"

# Whatever the size, and however fast it changes, it goes on.
for ((i = 0; i < 200; i++)); do
	tm resize-window -x $((1 + i * 37 % 300)) -y $((1 + i * 13 % 100))
done
tm resize-window -x 1 -y 1
tm resize-window -x 300 -y 100
size 45 20
await ' Enter read  d done  n unread  ? help'
ok $? "lives through 200 sizes, narrow at last"
size 160 45
await ' Headlines   Enter read'
ok $? "is wide again"
keys Enter
await ' Article   '
keys j j k G b Space k
await 'Article'
settled # what was drawn in steps
before=$seen
keys C-l
settled
[ "$before" = "$seen" ]
ok $? "draws in steps what it draws anew"
keys q
await ' Headlines '
size 80 24
await ' Headlines  Enter read'
ok $? "is as it was"

keys C-z
await 'Stopped' && shows 'before-it'
ok $? "suspends to the shell's screen"
keys 'fg' Enter
await ' Headlines  Enter read'
ok $? "and comes back"

keys y
await 'by tmux' && tm show-buffer | grep -q '^https\?://'
ok $? "copies a link to tmux's own buffer"
kill -STOP "$(pid_of)"
await 'Stopped'
keys 'stty sane; clear; echo meanwhile' Enter
await_gone ' Copied ' && await 'meanwhile'
keys 'fg' Enter
await ' Copied ' && ! shows 'meanwhile'
ok $? "comes back from a stop that nobody announced"
keys j
await ' 4/' && ! shows '^[[B'
ok $? "and takes keys as before"

keys Q
is_back
ok $? "quits and gives the terminal back"

for signal in TERM HUP ABRT; do
	start
	kill -$signal "$(pid_of)"
	is_back
	ok $? "gives the terminal back on SIG$signal"
done

program="TERM=vt100 $program"
keys "clear; echo before-it; $program" Enter
await ' Headlines  Enter read' && ! shows '$<'
ok $? "is drawn on a terminal of the old days"
keys Q
