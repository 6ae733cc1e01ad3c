# SPDX-License-Identifier: MIT
"""What processes cost, as /proc and rusage tell it: CPU, memory, wake-ups, bytes written."""
import os
import subprocess
import threading
import time

TICK = os.sysconf("SC_CLK_TCK")


def tree(pid):
    """The process and all that it started."""
    found = [pid]
    for one in found:
        try:
            for task in os.listdir("/proc/%d/task" % one):
                with open("/proc/%d/task/%s/children" % (one, task)) as f:
                    found += [int(w) for w in f.read().split()]
        except OSError:
            pass
    return found


def cpu_s(pid):
    """CPU seconds until now of a process, its children, and those that it has buried."""
    total = 0
    for one in tree(pid):
        try:
            with open("/proc/%d/stat" % one) as f:
                fields = f.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(x) for x in fields[11:15])
    return total / TICK


def running_ms(pid):
    """Milliseconds that the threads of a process have run."""
    total = 0
    for task in os.listdir("/proc/%d/task" % pid):
        with open("/proc/%d/task/%s/schedstat" % (pid, task)) as f:
            total += int(f.read().split()[0])
    return total / 1e6


def pss_kb(pid):
    try:
        with open("/proc/%d/smaps_rollup" % pid) as f:
            for line in f:
                if line.startswith("Pss:"):
                    return int(line.split()[1])
    except OSError:
        pass
    return 0


def wakeups(pid):
    """Times that any thread of the process was scheduled away, which is once more than it woke."""
    total = 0
    for one in tree(pid):
        for task in os.listdir("/proc/%d/task" % one):
            with open("/proc/%d/task/%s/status" % (one, task)) as f:
                total += sum(int(line.split()[1]) for line in f if "ctxt_switches" in line)
    return total


def written(pid):
    with open("/proc/%d/io" % pid) as f:
        return next(int(line.split()[1]) for line in f if line.startswith("wchar"))


class Run:
    """A command run to its end. `lines` of its output after which the CPU is noted apart (cpu_lines_s)."""

    def __init__(self, argv, env, lines=0, sample_s=0.1):
        self.cpu_lines_s = self.lines_s = 0.0
        self.peak_sum_kb = self.peak_one_kb = 0
        began = time.perf_counter()
        child = subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        ended = threading.Event()
        errors = []
        drain = threading.Thread(target=lambda: errors.append(child.stderr.read()))
        drain.start()
        watch = threading.Thread(target=self.watch, args=(child.pid, ended, sample_s))
        if sample_s:
            watch.start()
        out = []
        for line in child.stdout:
            out.append(line)
            if len(out) == lines:
                self.cpu_lines_s, self.lines_s = cpu_s(child.pid), time.perf_counter() - began
        ended.set()
        _, status, usage = os.wait4(child.pid, 0)
        self.wall_s = time.perf_counter() - began
        drain.join()
        if sample_s:
            watch.join()
        child.returncode = self.code = os.waitstatus_to_exitcode(status)
        self.out, self.err = b"".join(out).decode(), b"".join(errors).decode()
        self.cpu_s = usage.ru_utime + usage.ru_stime

    def watch(self, pid, ended, sample_s):
        while not ended.wait(sample_s):
            each = [pss_kb(one) for one in tree(pid)]
            self.peak_sum_kb = max(self.peak_sum_kb, sum(each))
            self.peak_one_kb = max(self.peak_one_kb, max(each))
