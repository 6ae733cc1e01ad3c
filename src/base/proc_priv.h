/* SPDX-License-Identifier: MIT */
/* What proc.c and proc_run.c share: a spawn in the making. */
#ifndef CO_BASE_PROC_PRIV_H
#define CO_BASE_PROC_PRIV_H

#include "base/err.h"
#include <spawn.h>
#include <stdbool.h>
#include <sys/types.h>

struct spawn {
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
};

bool spawn_init(struct spawn *s);
void spawn_release(struct spawn *s);
/* Starts path, or argv[0] by PATH when path is NULL. Descriptors above last_fd are closed in the child.
 * `flags` (POSIX_SPAWN_…) are added to those for a clean set of signals. */
bool spawn_go(struct spawn *s, const char *path, const char *const *argv, int last_fd, short flags,
    pid_t *pid, struct err *err);
int proc_wait(pid_t pid); /* waits; gives the status as in proc_run() */

#endif
