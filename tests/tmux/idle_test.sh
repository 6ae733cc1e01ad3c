#!/bin/bash
# SPDX-License-Identifier: MIT
# A screen that nobody touches sleeps: no wake-up of any thread, no byte written. And what it has mapped: none of the
# libraries that fetch and parse. And a slow server: keys are answered, quitting does not wait. TAP.
set -u
top=${top_builddir:-.}
if ! command -v tmux >/dev/null || ! command -v python3 >/dev/null; then
	echo "1..0 # SKIP tmux or python3 is not installed"
	exit 0
fi
work=$(mktemp -d) || exit 1
tm() { tmux -S "$work/socket" -f /dev/null -u "$@" </dev/null; }
# Called by the trap below.
# shellcheck disable=SC2317
cleanup() {
	tm kill-server 2>/dev/null
	[ -z "${server:-}" ] || kill "$server" 2>/dev/null
	rm -rf "$work"
}
trap cleanup EXIT

n=0
ok() { # STATUS NAME
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
await() { # WORDS [TRIES]
	local i
	for ((i = 0; i < ${2:-300}; i++)); do
		tm capture-pane -p 2>/dev/null | grep -qF -- "$1" && return 0
		sleep 0.05
	done
	return 1
}

# A server that keeps every answer back for a minute.
cat >"$work/slow.py" <<'PY'
import http.server, sys, time
class Slow(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(60)
        self.send_response(404)
        self.end_headers()
    def log_message(self, *args):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
print(server.server_address[1], flush=True)
server.serve_forever()
PY
python3 "$work/slow.py" >"$work/port" 2>/dev/null &
server=$!
for ((i = 0; i < 100; i++)); do [ -s "$work/port" ] && break; sleep 0.05; done
cat >"$work/slow.yaml" <<YAML
version: 1
sources:
  - {name: Slow, url: 'http://127.0.0.1:$(cat "$work/port")/feed', section: Far}
YAML

echo "1..7"
tm new-session -d -x 100 -y 30 'exec sleep 60'
run() { # WORDS…: the program, as the pane's only one
	local words
	printf -v words '%q ' "$@"
	tm respawn-pane -k \
		"HOME='$work' XDG_CACHE_HOME='$work/cache' LC_ALL=C.UTF-8 '$top/courant' $words; echo ended; sleep 60"
}
pid_of() { pgrep -f "^$top/courant $1" | head -n 1; }

# All threads' waking-ups, and the bytes that the process has written.
wakeups() { cat /proc/"$1"/task/*/status | awk '/ctxt_switches/ { n += $2 } END { print n }'; }
written() { awk '/^wchar/ { print $2 }' "/proc/$1/io"; }
settled() { # until four looks, a second apart, are the same: on a busy machine work can stand still for one
	local before='' now same=0
	for ((i = 0; i < 60; i++)); do
		now="$(wakeups "$1") $(written "$1")"
		if [ "$before" = "$now" ]; then same=$((same + 1)); else same=0; fi
		[ "$same" = 3 ] && return 0
		before=$now
		sleep 1
	done
	return 1
}

run --demo
await 'Harbour Post'
pid=$(pid_of --demo)
settled "$pid"
ok $? "settles after the refresh and the index"
woken=$(wakeups "$pid") bytes=$(written "$pid")
sleep 5
[ "$woken" = "$(wakeups "$pid")" ]
ok $? "idle: no thread wakes up"
[ "$bytes" = "$(written "$pid")" ]
ok $? "idle: not a byte is written"
! grep -qE 'lib(curl|xml2|gumbo|cjson)' "/proc/$pid/maps"
ok $? "the screen maps no library that fetches or parses"

run -c "$work/slow.yaml" -d "$work/slow" --log "$work/log"
await '0/1' || await 'Fetching'
ok $? "a refresh waits for a slow server"
tm send-keys '?'
await 'Moving' 100
ok $? "a key is answered long before the server's answer"
tm send-keys q
tm send-keys Q
await ended 100
ok $? "quitting does not wait for the server"
