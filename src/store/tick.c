/* SPDX-License-Identifier: MIT */
/* Owns the tick file: 256 slots of 8 bytes, one written by each instance after a commit. */
#include "store/tick.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "config.h"
#ifdef HAVE_SYS_INOTIFY_H
#	include <sys/inotify.h>
#endif

#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"

#define N_SLOTS 256

struct tick {
	pthread_mutex_t lock;
	int file, watch; /* -1: none */
	size_t slot;
	uint64_t own, seen[N_SLOTS];
	bool alone;
};

static int watch_file(const char *path)
{
#ifdef HAVE_SYS_INOTIFY_H
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	if (fd >= 0 && inotify_add_watch(fd, path, IN_MODIFY) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
#else
	(void)path;
	return -1;
#endif
}

static bool read_slots(const struct tick *t, uint64_t slots[N_SLOTS])
{
	const ssize_t want = (ssize_t)(N_SLOTS * sizeof *slots);

	memset(slots, 0, (size_t)want);
	return t->file >= 0 && pread(t->file, slots, (size_t)want, 0) >= 0;
}

static void choose_slot(struct tick *t)
{
	t->slot = (size_t)(random_u64() % N_SLOTS);
	t->own = t->seen[t->slot];
}

struct tick *tick_open(const char *dir)
{
	struct tick *t = mem_new(struct tick);
	SCOPED_STR path = path_join(dir, "tick");

	pthread_mutex_init(&t->lock, NULL);
	t->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (t->file < 0)
		t->file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	t->watch = t->file < 0 || file_on_network(path) ? -1 : watch_file(path);
	if (t->file >= 0) {
		/* whoever can have it alone for a moment is the only one; then all hold it together */
		t->alone = flock(t->file, LOCK_EX | LOCK_NB) == 0;
		(void)flock(t->file, LOCK_SH | LOCK_NB); /* only tells others of us */
	} else {
		log_warn(LOG_STORE, "no tick file in %s: %s", dir, strerror(errno));
	}
	read_slots(t, t->seen);
	choose_slot(t);
	return t;
}

void tick_free(struct tick *t)
{
	if (!t)
		return;
	if (t->watch >= 0)
		close(t->watch);
	if (t->file >= 0)
		close(t->file);
	pthread_mutex_destroy(&t->lock);
	mem_free(t);
}

int tick_fd(const struct tick *t)
{
	return t->watch;
}

bool tick_alone(const struct tick *t)
{
	return t->alone;
}

static void drain(int fd)
{
	char events[4096];

	while (fd >= 0 && read(fd, events, sizeof events) > 0)
		;
}

bool tick_clear(struct tick *t)
{
	uint64_t now[N_SLOTS];
	bool changed;

	pthread_mutex_lock(&t->lock);
	drain(t->watch);
	changed = read_slots(t, now);
	if (changed) {
		t->seen[t->slot] = t->own;
		changed = memcmp(t->seen, now, sizeof now) != 0;
		memcpy(t->seen, now, sizeof now);
		if (now[t->slot] != t->own)
			choose_slot(t); /* another instance drew the same */
	}
	pthread_mutex_unlock(&t->lock);
	return changed;
}

void tick_touch(struct tick *t)
{
	pthread_mutex_lock(&t->lock);
	t->own = random_u64();
	if (t->file >= 0 &&
	    pwrite(t->file, &t->own, sizeof t->own, (off_t)(t->slot * sizeof t->own)) != sizeof t->own)
		log_debug(LOG_STORE, "tick: %s", strerror(errno));
	pthread_mutex_unlock(&t->lock);
}
