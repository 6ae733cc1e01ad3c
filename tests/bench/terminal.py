# SPDX-License-Identifier: MIT
"""A program in a pseudo-terminal, and when and how many bytes it writes. Understands nothing of what is written but
that words can be looked for in it."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

SEQUENCES = re.compile(rb"\x1b\[[0-9;?<=>]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[()][0-9A-Z]|\x1b[=>78]|[\x0e\x0f]")


class Burst:
    """What came after a key: how many bytes, and after how many ms the first and the last of them."""

    def __init__(self, data, first_ms, last_ms):
        self.data, self.bytes, self.first_ms, self.last_ms = data, len(data), first_ms, last_ms


class Terminal:
    def __init__(self, argv, env, columns=80, rows=24):
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execve(argv[0], argv, dict(env, TERM="xterm-256color"))
        self.usage = None

    def until(self, words, limit_s=20.0):
        """Reads until the words were written: ms since the start and bytes until then; None when they never are."""
        seen = b""
        words = words.encode()
        while time.perf_counter() - self.started < limit_s:
            data = self.read(limit_s)
            if not data:
                break
            seen += data
            if words in SEQUENCES.sub(b"", seen):
                return (time.perf_counter() - self.started) * 1000, len(seen)
        return None

    def read(self, wait_s):
        if not select.select([self.fd], [], [], wait_s)[0]:
            return b""
        try:
            return os.read(self.fd, 65536)
        except OSError:
            return b""

    def quiet(self, gap_s=0.5, limit_s=20.0):
        """Reads until nothing came for gap_s."""
        end = time.perf_counter() + limit_s
        while time.perf_counter() < end and self.read(gap_s):
            pass

    def key(self, keys, gap_s=0.05):
        """Sends keys, takes what comes until gap_s without a byte."""
        began = time.perf_counter()
        os.write(self.fd, keys.encode())
        data, first, last = b"", 0.0, 0.0
        while True:
            got = self.read(max(gap_s, 0.5 if not data else gap_s))
            if not got:
                return Burst(data, first, last)
            last = (time.perf_counter() - began) * 1000
            first = first or last
            data += got

    def close(self):
        """Ends the program, however it stands."""
        for sent in (signal.SIGHUP, signal.SIGKILL):
            try:
                os.kill(self.pid, sent)
            except ProcessLookupError:
                pass
            end = time.perf_counter() + 2
            while time.perf_counter() < end:
                self.read(0.01)
                pid, _, usage = os.wait4(self.pid, os.WNOHANG)
                if pid:
                    self.usage = usage
                    os.close(self.fd)
                    return
