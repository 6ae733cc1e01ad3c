/* SPDX-License-Identifier: MIT */
/* Child processes by argument vector, never by a shell. fds other than 0, 1, 2 and those named are closed
 * (CLOEXEC). Thread: any. */
#ifndef CO_BASE_PROC_H
#define CO_BASE_PROC_H

#include "base/buf.h"
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct proc_limits {
	int timeout_ms;    /* then SIGKILL; 0: none */
	size_t max_stderr; /* the rest is read and dropped */
	int stop_fd;       /* once it is readable the child is killed: ERR_CANCELLED; 0: none */
};

/* Runs argv (NULL-terminated), feeds `input`, collects stdout into out (whose max is the cap; passing it
 * kills the child and what it started: ERR_LIMIT) and stderr into errout (may be NULL). *status is the exit
 * code, or 128 + signal. */
bool proc_run(const char *const *argv, struct str input, const struct proc_limits *lim, struct buf *out,
    struct buf *errout, int *status, struct err *err);
/* Starts a helper whose descriptor 3 is one end of a socket pair (SOCK_STREAM, close-on-exec at our end);
 * stdin and stdout are /dev/null, stderr is inherited. Returns our end in *fd. */
bool proc_helper(const char *path, const char *const *argv, pid_t *pid, int *fd, struct err *err);
/* Waits without blocking: true when pid has ended, *status as in proc_run. */
bool proc_ended(pid_t pid, int *status);
void proc_kill(pid_t pid); /* SIGKILL and reap */
/* CPU time that a running child has taken so far, in ms; of 0: this process's and its buried children's. */
int64_t proc_cpu_ms(pid_t pid);
/* Runs argv in the foreground on the present terminal, waits. SIGINT and SIGQUIT are ignored meanwhile: they
 * are meant for the child. Thread: main only. */
bool proc_foreground(const char *const *argv, int *status, struct err *err);
/* Starts argv detached (own session, /dev/null as 0, 1, 2) and does not wait for it. */
bool proc_detach(const char *const *argv, struct err *err);

#endif
